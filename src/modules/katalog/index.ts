/**
 * L3: from YAML files to a CompiledKatalog. Everything that a user can get wrong is found here, with
 * file:line:column, before any watch starts.
 */
export type {
  CompiledBlock,
  CompiledCrd,
  CompiledDeletion,
  CompiledDeletionStage,
  CompiledKatalog,
  CompiledStatus,
  CompiledStatusField,
  KatalogMetadata,
  Setting,
  StatusFieldType,
} from './compile/compiled-katalog';

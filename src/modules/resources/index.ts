/**
 * L3: one file per Kubernetes kind: the language of a template entry and the object that it becomes.
 */
export type {
  BuildScope,
  CommonEntryFields,
  CompiledCopy,
  CompiledEntry,
  CompiledForEach,
  EntryCompileContext,
  KindFacts,
  ResourceKind,
  WorkloadDeclaration,
} from './resource-kind';
export { forEachText, nameSource } from './parts/common-entry';
export { deletionEntry } from './parts/deletion-entry';
export { resourceKinds } from './resource-kinds';

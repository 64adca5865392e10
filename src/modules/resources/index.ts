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
export { nameSource } from './parts/common-entry';
export { resourceKinds } from './resource-kinds';

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
  EntryFacts,
  EntryKind,
  KindFacts,
  KnownKind,
  ListFacts,
  ResourceKind,
  WorkloadDeclaration,
} from './resource-kind';
export { forEachText, nameSource } from './parts/common-entry';
export { deletionEntry } from './parts/deletion-entry';
export { entryKinds } from './entry-kinds';
export { resourceKinds } from './resource-kinds';
export { CHILD_PROFILES } from './profiles/child-profiles';
export { type DeclaredProfile, profileClass, type ProfileClass, profileProperty } from './profiles/profile-class';
export { builtInName } from './profiles/profile-names';
export { type OwnProfile, ProfileRegistry, type ProfileUse } from './profiles/profile-registry';
export { literalValues } from './profiles/literal-values';

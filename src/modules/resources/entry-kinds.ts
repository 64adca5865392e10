import { custom } from './kinds/custom';
import { type EntryKind } from './resource-kind';
import { resourceKinds } from './resource-kinds';

/** Every list that a block may have: one for each kind with a language of its own, and one for all others. */
export const entryKinds: readonly EntryKind[] = [...resourceKinds, custom];

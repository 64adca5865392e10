// onCreate / onReconcile / onDelete: docs/reference/katalog.md, block.
import { conditionList } from '../../expression';
import { deletionEntry, entryKinds, type EntryKind, resourceKinds } from '../../resources';
import {
  bool,
  durationBetween,
  type Field,
  ineffective,
  later,
  list,
  literal,
  type Located,
  object,
  optional,
  type Property,
  unsupported,
} from '../../schema';
import { type SourceText } from '../../common';
import { externalList } from './external.fields';
import { type ConditionFields } from '../../expression';

const KIND_NAMES: ReadonlyMap<string, string> = new Map(
  resourceKinds.map(({ facts }) => [facts.listKey, `kind ${facts.resource.kind}`]),
);

function lists(entryOf: (kind: EntryKind) => Field<unknown>): Readonly<Record<string, Property<unknown>>> {
  return Object.fromEntries<Property<unknown>>(
    entryKinds.map((kind) => {
      const { listKey } = kind.facts;
      return [listKey, optional(list(entryOf(kind)), `Entries of ${KIND_NAMES.get(listKey) ?? 'any other kind'}.`)];
    }),
  );
}

const DAY_MS = 86_400_000;

/** Keys of every block beside its lists. */
export const blockProperties = {
  when: optional(conditionList, 'Gate of the whole block: all must pass.'),
  or: optional(conditionList, 'Gate of the whole block: at least one must pass.'),
  external: later(externalList, 'Calls before the entries of the block.', 'external calls'),
  git: unsupported('git hooks'),
  docker: unsupported('docker hooks'),
} as const;

export interface Block extends Located {
  readonly when: readonly ConditionFields[] | undefined;
  readonly or: readonly ConditionFields[] | undefined;
  readonly name: SourceText | undefined;
}

export interface DeletionBlock extends Block {
  readonly ordered: boolean | undefined;
  readonly timeout: number | undefined;
  readonly groups: readonly Block[] | undefined;
}

/** The entries of one list of a block, as decoded by their kind. */
export function entriesOf(block: Block | undefined, listKey: string): readonly unknown[] {
  return ((block as Readonly<Record<string, unknown>> | undefined)?.[listKey] as readonly unknown[] | undefined) ?? [];
}

/** Lists of children, by kind. */
export const entryLists = lists((kind) => kind.entry);

export const blockField = object('block', {
  ...entryLists,
  ...blockProperties,
  name: ineffective('only the groups of onDelete have names'),
}) as unknown as Field<Block>;

const deletionProperties = {
  ...lists(deletionEntry),
  ...blockProperties,
  name: optional(literal, 'Name of the stage, in messages.'),
} as const;

export const deletionField = object('onDelete block', {
  ...deletionProperties,
  ordered: optional(bool, 'Delete in stages, each verified, before the finalizer goes.'),
  timeout: optional(durationBetween(1_000, DAY_MS), 'Deadline of the whole sequence; default 5m.'),
  groups: optional(list(object('group', deletionProperties)), 'The stages.'),
}) as unknown as Field<DeletionBlock>;

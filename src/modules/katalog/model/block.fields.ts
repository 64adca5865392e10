// onCreate / onReconcile / onDelete (spec: katalog §9).
import { conditionList } from '../../expression';
import { resourceKinds } from '../../resources';
import {
  bool,
  duration,
  type Field,
  list,
  literal,
  type Located,
  object,
  optional,
  type Property,
  unsupported,
} from '../../schema';
import { type SourceText } from '../../common';
import { type ConditionFields } from '../../expression';

/** Lists of the language that have no kind here yet. */
const KINDS_TO_COME = [
  'replicaSets',
  'statefulSets',
  'pods',
  'jobs',
  'cronJobs',
  'secrets',
  'serviceAccounts',
  'ingresses',
  'persistentVolumes',
  'persistentVolumeClaims',
  'hpa',
  'pdb',
  'namespaces',
  'roles',
  'roleBindings',
  'clusterRoles',
  'clusterRoleBindings',
  'limitRanges',
  'resourceQuotas',
  'networkPolicies',
  'custom',
] as const;

const lists: Readonly<Record<string, Property<unknown>>> = Object.fromEntries<Property<unknown>>([
  ...resourceKinds.map(
    (kind) =>
      [
        kind.facts.listKey,
        optional(list(kind.entry as Field<unknown>), `Entries of kind ${kind.facts.resource.kind}.`),
      ] as const,
  ),
  ...KINDS_TO_COME.map((key) => [key, unsupported(`children of kind ${key}`)] as const),
]);

const blockProperties = {
  when: optional(conditionList, 'Gate of the whole block: all must pass.'),
  or: optional(conditionList, 'Gate of the whole block: at least one must pass.'),
  name: optional(literal, 'Label for logs and Events.'),
  external: unsupported('external calls'),
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

export const blockField = object('block', { ...lists, ...blockProperties }) as unknown as Field<Block>;

export const deletionField = object('onDelete block', {
  ...lists,
  ...blockProperties,
  ordered: optional(bool, 'Delete in stages, each verified, before the finalizer goes.'),
  timeout: optional(duration, 'Deadline of the whole sequence; default 5m.'),
  groups: optional(list(blockField), 'The stages.'),
}) as unknown as Field<DeletionBlock>;

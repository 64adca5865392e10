// One entry of spec.crds: docs/reference/katalog.md, CRD entry.
import { isQualifiedName, type SourceNode, type SourcePosition } from '../../common';
import {
  bool,
  dnsLabel,
  durationBetween,
  either,
  type Field,
  integer,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  text,
  unsupported,
} from '../../schema';
import { blockField, deletionField } from './block.fields';
import { statusField } from './status.fields';

const isList = (node: SourceNode): boolean => node.kind === 'list';
const condition = oneOf(['started', 'healthy']);

const apiTypes = object('apiTypes', {
  group: optional(literal, 'API group.'),
  version: optional(literal, 'Version, such as v1.'),
  kind: optional(literal, 'Kind.'),
  plural: optional(literal, 'Name in URLs; without it and without crdFile the cluster is asked.'),
  apiPath: unsupported('built-in kinds as custom resources'),
  object: unsupported('typed mode'),
  objectList: unsupported('typed mode'),
  alias: unsupported('typed mode'),
  location: unsupported('typed mode'),
});

/** A resync below makes no sense on a work queue; a timer of Node holds no more than 24 days. */
const resync = durationBetween(100, 24 * 86_400_000);

const queue = object('queue', {
  maxDepth: optional(integer(0), 'Waiting items above which resyncs are not added; 0 = unlimited.'),
  failureThreshold: optional(integer(1), 'Consecutive failures until the CRD counts as degraded.'),
  shared: unsupported('shared queues'),
  type: unsupported('queue types'),
  behaviour: unsupported('queue behaviour'),
  maxQueueDepth: unsupported('an older spelling; write maxDepth'),
  degradeThreshold: unsupported('an older spelling; write failureThreshold'),
  retryBackoff: unsupported('retry backoff of a CRD'),
});

const reconciler = object('reconciler', {
  workers: optional(integer(1, 50), 'Passes at once; default 3.'),
  resync: optional(resync, 'Every CR is looked at again at this pace; default 30s.'),
  queue: optional(queue, 'Work queue.'),
  profile: optional(
    oneOf(['high-throughput', 'conservative', 'development']),
    'Named values for workers, resync and queue.maxDepth; inline values win.',
  ),
  default: unsupported('custom reconcilers'),
  hooks: unsupported('hooks'),
  constructor: unsupported('custom reconcilers'),
  requeue: unsupported('declared requeues'),
  include: unsupported('include files'),
  remote: unsupported('reconcilers in other processes'),
});

const operatorBox = object('operatorBox', {
  reconciler: optional(reconciler, 'Workers, resync, queue.'),
  finalizers: optional(list(literal), 'Finalizers that are put on every CR.'),
  onCreate: optional(blockField, 'Children that are created when absent.'),
  onReconcile: optional(blockField, 'Children that are kept as declared.'),
  onDelete: optional(deletionField, 'What happens before a CR goes.'),
  status: optional(statusField, 'Status of the CR.'),
  reconcile: unsupported('a newer spelling; write operatorBox.reconciler, onCreate, onReconcile, onDelete'),
  runtime: unsupported('a newer spelling; write operatorBox.finalizers'),
  emit: unsupported('a newer spelling; write operatorBox.status'),
  imports: unsupported('Motifs'),
  default: unsupported('custom reconcilers'),
  hooks: unsupported('hooks'),
  constructor: unsupported('custom reconcilers'),
  cleanup: unsupported('condition-driven cleanup'),
  events: unsupported('declared Events'),
  preReconcile: unsupported('gates'),
  providers: unsupported('providers'),
  cross: unsupported('cross reads'),
  observe: unsupported('secondary watches'),
  autoscale: unsupported('autoscaling of the operator'),
  rollback: unsupported('rollback'),
  rollBackOnError: unsupported('rollback'),
  when: unsupported('conditions on a whole operatorBox'),
  or: unsupported('conditions on a whole operatorBox'),
});

export interface DependencyFields {
  readonly condition: 'started' | 'healthy' | undefined;
  readonly position: SourcePosition;
}

const dependencyMap = object('dependency', { condition: optional(condition, 'Default started.') });

/** `healthy`, or `{ condition: healthy }`. */
const dependency: Field<DependencyFields> = {
  typeName: `${condition.typeName}, or a map with "condition"`,
  shape: { kind: 'either', alternatives: [condition, dependencyMap] },
  decode(node, context) {
    const { position } = node;
    if (node.kind === 'scalar') return { condition: condition.decode(node, context), position };
    const decoded = dependencyMap.decode(node, context);
    return decoded === undefined ? undefined : { condition: decoded.condition, position };
  },
};

const labelKey = (key: string): string | undefined =>
  isQualifiedName(key) ? undefined : `"${key}" is not a label key (and keys are never templates)`;
const fieldPath = (key: string): string | undefined =>
  /^[A-Za-z_][-\w]*(\.[A-Za-z_][-\w]*)*$/.test(key)
    ? undefined
    : `expected a path such as metadata.name, found "${key}"`;

export const crdField = object('CRD entry', {
  enabled: optional(bool, 'false: skipped entirely.'),
  description: optional(literal, 'Shown by the HTTP API.'),
  mode: optional(oneOf(['dynamic']), 'dynamic is the only mode yet.'),
  apiTypes: optional(apiTypes, 'Group, version and kind.'),
  crdFile: optional(literal, 'CRD manifest: source of group, version, kind, plural and scope.'),
  crFiles: optional(list(literal), 'CRs that are applied after the CRD in development runs.'),
  namespaced: optional(bool, 'Scope; from crdFile, else true.'),
  namespace: optional(dnsLabel, 'Watch only this namespace.'),
  dependsOn: optional(either(isList, list(literal), mapOf(dependency)), 'CRDs that must be started or healthy first.'),
  labels: optional(mapOf(text, labelKey), 'Labels written onto each CR.'),
  labelSelector: optional(mapOf(literal, labelKey), 'Only CRs with these labels.'),
  fieldSelector: optional(mapOf(literal, fieldPath), 'Only CRs with these field values.'),
  operatorBox: optional(operatorBox, 'What the operator does.'),
  endpoints: optional(
    object('endpoints', {
      enabled: optional(bool, 'All.'),
      health: optional(bool, 'Health.'),
      info: optional(bool, 'Info, CRs, Events.'),
    }),
    'HTTP endpoints of the CRD.',
  ),
  forceConflict: optional(bool, 'Server-side apply takes over fields that others own; default true.'),
  ignoreStatusPatch: optional(bool, 'Never write status.'),
  ignoreObservedGeneration: optional(bool, 'Leave status.observedGeneration out.'),
  setup: unsupported('setup manifests'),
  enrich: unsupported('enrichment'),
  enrichAll: unsupported('enrichment'),
  normalize: unsupported('normalize'),
  validation: unsupported('validation rules'),
  mutation: unsupported('mutation rules'),
  conversion: unsupported('conversion'),
  webhooks: unsupported('webhooks'),
  restrictedNamespaces: unsupported('namespace rules'),
  allowedNamespaces: unsupported('namespace rules'),
  deletionProtection: unsupported('deletion protection'),
  imports: unsupported('Motifs'),
  serve: unsupported('the serve API'),
  crossAccess: unsupported('cross reads'),
  workers: unsupported('an older spelling; write operatorBox.reconciler.workers'),
  resync: unsupported('an older spelling; write operatorBox.reconciler.resync'),
  queue: unsupported('an older spelling; write operatorBox.reconciler.queue'),
  idp: unsupported('an older spelling of serve'),
  removeFinalizers: unsupported('removeFinalizers'),
  katalogNamespace: unsupported('expanded bundles'),
  katalogDescription: unsupported('expanded bundles'),
  katalogVersion: unsupported('expanded bundles'),
});

export type CrdEntry = NonNullable<ReturnType<typeof crdField.decode>>;

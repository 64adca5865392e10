// One entry of spec.crds: docs/reference/katalog.md, CRD entry.
import { type SourceNode, type SourcePosition } from '../../common';
import { conditionList } from '../../expression';
import { profileProperty } from '../../resources';
import {
  bool,
  dnsLabel,
  either,
  type Field,
  identifier,
  labelKey,
  later,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  text,
} from '../../schema';
import { reconcilerProfiles } from '../profiles/reconciler-profiles';
import { autoscaleField } from './autoscale.fields';
import { blockField, deletionField } from './block.fields';
import { cleanupField, eventsField, rollbackField } from './box.fields';
import { constructorField, hooksField, remoteField } from './code.fields';
import { conversionField } from './conversion.fields';
import { crossField } from './cross.fields';
import { enrichField, normalizeField } from './enrich.fields';
import { filePath, modulePath } from './file-path';
import { preReconcileField } from './gates.fields';
import { include } from './include';
import { motifImportField } from './motif.fields';
import { observeField } from './observe.fields';
import { providerBlocksField } from './providers.fields';
import { queueField, requeueField, resync, workers } from './queue.fields';
import { mutationField, validationField } from './rules.fields';
import { crdProtectionField, crdWebhooksField, namespacesField } from './security.fields';
import { fieldName, serveProperties, serveTargetProperties } from './serve.fields';
import { setupField } from './setup.fields';
import { statusField } from './status.fields';

const isList = (node: SourceNode): boolean => node.kind === 'list';
const condition = oneOf(['started', 'healthy']);

const TYPED = 'typed mode';
const apiTypes = object('apiTypes', {
  group: optional(literal, 'API group.'),
  version: optional(literal, 'Version, such as v1.'),
  kind: optional(literal, 'Kind.'),
  plural: optional(literal, 'Name in URLs; without it and without crdFile the cluster is asked.'),
  apiPath: later(oneOf(['/apis', '/api']), '/api for kinds of the core group.', 'built-in kinds as custom resources', {
    default: '/apis',
    runs: (path) => path === '/apis',
  }),
  object: later(identifier, 'Type of the object.', TYPED),
  objectList: later(identifier, 'Type of the list.', TYPED),
  alias: later(identifier, 'Name of the import in generated code.', TYPED),
  location: later(modulePath, 'Module with the types: a package, or a path relative to the file.', TYPED),
});

const reconciler = object('reconciler', {
  workers: optional(workers, 'Passes at once; default 3.'),
  resync: optional(resync, 'Every CR is looked at again at this pace; default 30s.'),
  queue: optional(queueField, 'Work queue.'),
  profile: profileProperty(reconcilerProfiles, 'values of workers, resync and queue.maxDepth; inline values win'),
  default: optional(bool, 'false: the constructor is all there is; templates and hooks do not run.', {
    default: 'true',
  }),
  hooks: later(hooksField, 'Code beside the templates.', 'hooks'),
  constructor: later(constructorField, 'Code in place of the templates.', 'custom reconcilers'),
  requeue: later(requeueField, 'When a CR is looked at again.', 'declared requeues'),
  include: include('reconciler'),
  remote: later(remoteField, 'A reconciler in another process.', 'reconcilers in other processes'),
});

const operatorBox = object('operatorBox', {
  reconciler: optional(reconciler, 'Workers, resync, queue.'),
  finalizers: optional(list(literal), 'Finalizers that are put on every CR.'),
  onCreate: optional(blockField, 'Children that are created when absent.'),
  onReconcile: optional(blockField, 'Children that are kept as declared.'),
  onDelete: optional(deletionField, 'What happens before a CR goes.'),
  status: optional(statusField, 'Status of the CR.'),
  cleanup: later(cleanupField, 'Children go when these conditions pass.', 'condition-driven cleanup'),
  events: later(eventsField, 'Events that are written on the CR.', 'declared Events'),
  preReconcile: later(preReconcileField, 'Gates before the queue and before a pass.', 'gates'),
  providers: later(providerBlocksField, 'What providers make, by provider.', 'providers'),
  cross: later(crossField, 'CRs of other CRDs, for templates and conditions.', 'cross reads'),
  observe: later(observeField, 'Other resources that wake CRs.', 'secondary watches'),
  autoscale: later(autoscaleField, 'Scaling of the operator itself.', 'autoscaling of the operator'),
  rollback: later(rollbackField, 'Back to the last good spec.', 'rollback'),
  rollBackOnError: later(bool, 'Back to the last good spec after three failures.', 'rollback', {
    default: 'false',
    runs: (it) => !it,
  }),
  when: later(conditionList, 'All must pass, else nothing is done for a CR.', 'conditions on a whole operatorBox'),
  or: later(conditionList, 'At least one must pass.', 'conditions on a whole operatorBox'),
});

const serve = object('serve', {
  ...serveProperties,
  target: optional(
    mapOf(
      object('serve target', {
        ...serveTargetProperties,
        operatorBox: optional(operatorBox, 'What the operator does for CRs of this target.'),
      }),
      fieldName,
    ),
    'Names that CRs are asked for by.',
  ),
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

const fieldPath = (key: string): string | undefined =>
  /^[A-Za-z_][-\w]*(\.[A-Za-z_][-\w]*)*$/.test(key)
    ? undefined
    : `expected a path such as metadata.name, found "${key}"`;

export const crdField = object('CRD entry', {
  enabled: optional(bool, 'false: skipped entirely.'),
  description: optional(literal, 'Shown by the HTTP API.'),
  mode: later(oneOf(['dynamic', 'typed']), 'Plain objects, or those of a module of your own.', TYPED, {
    default: 'dynamic; typed with apiTypes.location',
    runs: (mode) => mode === 'dynamic',
  }),
  apiTypes: optional(apiTypes, 'Group, version and kind.'),
  crdFile: optional(filePath, 'CRD manifest: source of group, version, kind, plural and scope.'),
  crFiles: optional(list(filePath), 'CRs that are applied after the CRD in development runs.'),
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
  setup: later(setupField, 'Manifests that are applied before the start.', 'setup manifests'),
  enrich: later(enrichField, 'Related objects in the data of a CR.', 'enrichment'),
  enrichAll: later(bool, 'All related objects in the data of a CR.', 'enrichment', {
    default: 'false',
    runs: (it) => !it,
  }),
  normalize: later(normalizeField, 'Another spec for the templates.', 'normalize'),
  validation: later(validationField, 'Rules that CRs must keep.', 'validation rules'),
  mutation: later(mutationField, 'Values that CRs get.', 'mutation rules'),
  conversion: later(conversionField, 'Between versions of the CRD.', 'conversion'),
  webhooks: later(crdWebhooksField, 'Rules at admission.', 'webhooks'),
  restrictedNamespaces: later(namespacesField, 'No CR may be here; excludes allowedNamespaces.', 'namespace rules'),
  allowedNamespaces: later(namespacesField, 'CRs may be here only; excludes restrictedNamespaces.', 'namespace rules'),
  deletionProtection: later(crdProtectionField, 'Against deletion by accident.', 'deletion protection'),
  imports: optional(list(motifImportField), 'Motifs whose resources, status and rules join those of this entry.'),
  serve: later(serve, 'CRs over HTTP.', 'the serve API'),
  crossAccess: later(bool, 'Other CRDs may read these CRs.', 'cross reads', {
    default: 'that of the Katalog',
    runs: (it) => it,
  }),
  removeFinalizers: later(bool, 'Finalizers are taken off CRs: an aid for tests.', 'removeFinalizers', {
    default: 'false',
    runs: (it) => !it,
  }),
  katalogNamespace: optional(dnsLabel, 'metadata.namespace of the Katalog that it came from.', {
    default: 'set when Katalogs are joined',
  }),
  katalogDescription: optional(literal, 'metadata.description of the Katalog that it came from.', {
    default: 'set when Katalogs are joined',
  }),
  katalogVersion: optional(literal, 'metadata.version of the Katalog that it came from.', {
    default: 'set when Katalogs are joined',
  }),
});

export type CrdEntry = NonNullable<ReturnType<typeof crdField.decode>>;

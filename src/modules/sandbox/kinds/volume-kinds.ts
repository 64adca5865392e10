// PersistentVolume, PersistentVolumeClaim, StorageClass.
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { ensurePart, fill, items, part, textAt } from './draft';
import { forbiddenDiff } from './go-form';
import { type KindStrategy } from './kind-strategy';
import { immutable, labelSelector, nanoOf, oneOf } from './rules';

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
/** Where the class stood before it was a field. */
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';
const VOLUME_MODES = ['Block', 'Filesystem'];
/** Members of a volume's spec that are no source. */
const COMMON = [
  'capacity',
  'accessModes',
  'claimRef',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'mountOptions',
  'volumeMode',
  'nodeAffinity',
  'volumeAttributesClassName',
];

function protect(draft: MutableJsonObject, finalizer: string): void {
  const metadata = ensurePart(draft, 'metadata');
  const finalizers = items(metadata, 'finalizers');
  if (!finalizers.includes(finalizer)) metadata['finalizers'] = [...finalizers, finalizer];
}

function modeProblems(spec: JsonObject | undefined, detail: string): readonly FieldCause[] {
  const modes = items(spec, 'accessModes');
  if (modes.length === 0) return [requiredCause('spec.accessModes', detail)];
  return modes.flatMap((mode) =>
    typeof mode === 'string' && MODES.includes(mode) ? [] : [notSupportedCause('spec.accessModes', mode, MODES)],
  );
}

function claimProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const storage = part(part(spec, 'resources'), 'requests')?.['storage'];
  const problems = [...modeProblems(spec, 'at least 1 access mode is required')];
  problems.push(...labelSelector(part(spec, 'selector'), 'spec.selector'));
  if (storage === undefined) problems.push(requiredCause('spec.resources[storage]'));
  else if ((nanoOf(storage) ?? 0n) <= 0n) {
    problems.push(invalidCause('spec.resources[storage]', storage, 'must be greater than zero'));
  }
  return [...problems, ...oneOf(textAt(spec, 'volumeMode'), VOLUME_MODES, 'spec.volumeMode')];
}

function claimKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const spec: MutableJsonObject = { ...part(object, 'spec') };
  const before: MutableJsonObject = { ...part(old, 'spec') };
  const sizeOf = (one: JsonObject | undefined): JsonValue | undefined =>
    part(part(one, 'resources'), 'requests')?.['storage'];
  const [size, oldSize] = [sizeOf(spec), sizeOf(before)];
  const { volumeMode } = spec;
  // The controller names the volume, and a class may be given to a claim that had none.
  if (textAt(before, 'volumeName') === '' && spec['volumeName'] !== undefined) {
    before['volumeName'] = spec['volumeName'];
  }
  if (
    before['storageClassName'] === undefined &&
    part(part(old, 'metadata'), 'annotations')?.[BETA_CLASS] === undefined
  ) {
    delete spec['storageClassName'];
  }
  if (part(object, 'status')?.['phase'] === 'Bound') {
    const resources = part(spec, 'resources');
    const requests = part(resources, 'requests');
    if (requests !== undefined && oldSize !== undefined) {
      spec['resources'] = { ...resources, requests: { ...requests, storage: oldSize } };
    }
    delete spec['volumeAttributesClassName'];
    const { volumeAttributesClassName: attributes } = before;
    if (attributes !== undefined) spec['volumeAttributesClassName'] = attributes;
  }
  const problems: FieldCause[] = [];
  if (!jsonEquals(spec, before)) {
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    problems.push(forbiddenDiff('spec', 'core.PersistentVolumeClaimSpec', before, spec, detail));
  }
  const capacity = part(part(old, 'status'), 'capacity')?.['storage'];
  if ((nanoOf(size) ?? 0n) < (nanoOf(oldSize) ?? 0n) && (nanoOf(size) ?? 0n) <= (nanoOf(capacity) ?? 0n)) {
    problems.push(forbiddenCause('spec.resources.requests.storage', 'field can not be less than status.capacity'));
  }
  return [...problems, ...immutable(volumeMode, part(old, 'spec')?.['volumeMode'], 'volumeMode')];
}

/** The older and the newer field for where the first content comes from say the same. */
function alignSources(spec: MutableJsonObject): void {
  const { dataSource: older, dataSourceRef: newer } = spec;
  if (isJsonObject(older) && newer === undefined) spec['dataSourceRef'] = { ...older };
  else if (isJsonObject(newer) && older === undefined && textAt(newer, 'namespace') === '') {
    const { namespace: _namespace, ...source } = newer;
    spec['dataSource'] = source;
  }
}

export const claims: KindStrategy = {
  default: (draft) => {
    fill(ensurePart(draft, 'spec'), { volumeMode: 'Filesystem' });
    fill(ensurePart(draft, 'status'), { phase: 'Pending' });
  },
  prepareForCreate: (draft) => {
    draft['status'] = { phase: 'Pending' };
    protect(draft, 'kubernetes.io/pvc-protection');
    alignSources(ensurePart(draft, 'spec'));
  },
  prepareForUpdate: (draft) => alignSources(ensurePart(draft, 'spec')),
  validate: claimProblems,
  validateUpdate: (object, old) => [...claimProblems(object), ...claimKept(object, old)],
  hasGeneration: false,
  returnsDeleted: true,
};

function volumeProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec') ?? {};
  const capacity = part(spec, 'capacity') ?? {};
  const problems = [...modeProblems(spec, '')];
  if (Object.keys(capacity).length === 0) problems.push(requiredCause('spec.capacity'));
  if (capacity['storage'] === undefined || Object.keys(capacity).length > 1) {
    const shown = Object.keys(capacity).length === 0 ? null : capacity;
    problems.push(notSupportedCause('spec.capacity', shown, ['storage']));
  } else if ((nanoOf(capacity['storage']) ?? 0n) <= 0n) {
    problems.push(invalidCause('spec.capacity[storage]', capacity['storage'], 'must be greater than zero'));
  }
  const reclaim = textAt(spec, 'persistentVolumeReclaimPolicy');
  problems.push(...oneOf(reclaim, ['Delete', 'Recycle', 'Retain'], 'spec.persistentVolumeReclaimPolicy'));
  const sources = Object.keys(spec).filter((member) => !COMMON.includes(member));
  sources.slice(1).forEach((source) => {
    problems.push(forbiddenCause(`spec.${source}`, 'may not specify more than 1 volume type'));
  });
  if (sources.length === 0) problems.push(requiredCause('spec', 'must specify a volume type'));
  const hostPath = part(spec, 'hostPath');
  if (hostPath !== undefined && textAt(hostPath, 'path') === '') problems.push(requiredCause('spec.hostPath.path'));
  return [...problems, ...oneOf(textAt(spec, 'volumeMode'), VOLUME_MODES, 'spec.volumeMode')];
}

function volumeKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const source = (one: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(part(one, 'spec') ?? {}).filter(([member]) => !COMMON.includes(member)));
  const [now, before] = [source(object), source(old)];
  const problems = jsonEquals(now, before)
    ? []
    : [
        forbiddenDiff(
          'spec.persistentvolumesource',
          'core.PersistentVolumeSource',
          before,
          now,
          'spec.persistentvolumesource is immutable after creation',
        ),
      ];
  const modes = immutable(part(object, 'spec')?.['volumeMode'], part(old, 'spec')?.['volumeMode'], 'volumeMode');
  return [...problems, ...modes];
}

export const volumes: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    fill(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' });
    fill(part(spec, 'hostPath'), { type: '' });
    fill(ensurePart(draft, 'status'), { phase: 'Pending' });
  },
  prepareForCreate: (draft) => {
    // It was Pending from the moment on that it was made.
    const lastPhaseTransitionTime = part(draft, 'metadata')?.['creationTimestamp'] ?? null;
    draft['status'] = { phase: 'Pending', lastPhaseTransitionTime };
    protect(draft, 'kubernetes.io/pv-protection');
  },
  validate: volumeProblems,
  validateUpdate: (object, old) => [...volumeProblems(object), ...volumeKept(object, old)],
  hasGeneration: false,
  returnsDeleted: true,
};

function storageClassProblems(object: JsonObject): readonly FieldCause[] {
  return [
    ...(textAt(object, 'provisioner') === '' ? [requiredCause('provisioner')] : []),
    ...oneOf(textAt(object, 'reclaimPolicy'), ['Delete', 'Retain'], 'reclaimPolicy'),
    ...oneOf(textAt(object, 'volumeBindingMode'), ['Immediate', 'WaitForFirstConsumer'], 'volumeBindingMode'),
  ];
}

function storageClassKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const isKept = (member: string): boolean => jsonEquals(object[member], old[member]);
  const detail = 'updates to parameters are forbidden.';
  return [
    ...(isKept('parameters') ? [] : [forbiddenCause('parameters', detail)]),
    ...(isKept('provisioner') ? [] : [forbiddenCause('provisioner', 'updates to provisioner are forbidden.')]),
    ...(isKept('reclaimPolicy') ? [] : [forbiddenCause('reclaimPolicy', 'updates to reclaimPolicy are forbidden.')]),
    ...immutable(object['volumeBindingMode'], old['volumeBindingMode'], 'volumeBindingMode'),
  ];
}

export const storageClasses: KindStrategy = {
  default: (draft) => fill(draft, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: storageClassProblems,
  validateUpdate: (object, old) => [...storageClassProblems(object), ...storageClassKept(object, old)],
  hasGeneration: false,
  returnsDeleted: true,
};

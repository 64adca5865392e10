// The columns of everything else that people list: configuration, storage, nodes, events, access.
import { isJsonObject, type JsonObject, type JsonValue, scalarText } from '../../common';
import { items, part, parts, textAt } from '../kinds';
import { type Cells, count, keyCount, NONE, orNone, specOf, statusOf } from './cell';
import { ageOf } from './human-duration';

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const ROLE = 'node-role.kubernetes.io/';

function modesText(modes: readonly JsonValue[]): string {
  return modes.map((mode) => SHORT_MODES[scalarText(mode)] ?? '').join(',');
}

function phaseText(object: JsonObject): string {
  const isDying = part(object, 'metadata')?.['deletionTimestamp'] !== undefined;
  return isDying ? 'Terminating' : textAt(statusOf(object), 'phase');
}

const storage: Cells = {
  Capacity: (object) => scalarText(part(statusOf(object) ?? {}, 'capacity')?.['storage']),
  StorageClass: (object) => textAt(specOf(object), 'storageClassName'),
  VolumeAttributesClass: (object) => textAt(specOf(object), 'volumeAttributesClassName') || '<unset>',
  VolumeMode: (object) => textAt(specOf(object), 'volumeMode') || '<unset>',
  Status: phaseText,
};

export const claimCells: Cells = {
  ...storage,
  Volume: (object) => textAt(specOf(object), 'volumeName'),
  'Access Modes': (object) => modesText(items(statusOf(object), 'accessModes')),
};

export const volumeCells: Cells = {
  ...storage,
  Capacity: (object) => scalarText(part(specOf(object), 'capacity')?.['storage']),
  'Access Modes': (object) => modesText(items(specOf(object), 'accessModes')),
  'Reclaim Policy': (object) => textAt(specOf(object), 'persistentVolumeReclaimPolicy'),
  Claim: (object) => {
    const claim = part(specOf(object), 'claimRef');
    return claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`;
  },
  Reason: (object) => textAt(statusOf(object), 'reason'),
};

function nodeStatus(node: JsonObject): string {
  const ready = parts(statusOf(node), 'conditions').find((condition) => condition['type'] === 'Ready');
  const text = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady';
  return specOf(node)?.['unschedulable'] === true ? `${text},SchedulingDisabled` : text;
}

function rolesText(node: JsonObject): string {
  const labels = Object.keys(part(part(node, 'metadata'), 'labels') ?? {});
  const roles = labels.filter((label) => label.startsWith(ROLE)).map((label) => label.slice(ROLE.length));
  return orNone(roles.sort().join(','));
}

function addressOf(node: JsonObject, type: string): string {
  const address = parts(statusOf(node), 'addresses').find((entry) => entry['type'] === type);
  return orNone(textAt(address, 'address'));
}

function nodeInfo(node: JsonObject, member: string): string {
  return textAt(part(statusOf(node), 'nodeInfo'), member) || '<unknown>';
}

export const nodeCells: Cells = {
  Status: nodeStatus,
  Roles: rolesText,
  Version: (node) => textAt(part(statusOf(node), 'nodeInfo'), 'kubeletVersion'),
  'Internal-IP': (node) => addressOf(node, 'InternalIP'),
  'External-IP': (node) => addressOf(node, 'ExternalIP'),
  'OS-Image': (node) => nodeInfo(node, 'osImage'),
  'Kernel-Version': (node) => nodeInfo(node, 'kernelVersion'),
  'Container-Runtime': (node) => nodeInfo(node, 'containerRuntimeVersion'),
};

/** An Event in either of its forms. */
function involved(event: JsonObject): JsonObject | undefined {
  return part(event, 'involvedObject') ?? part(event, 'regarding');
}

function eventTime(event: JsonObject, members: readonly string[]): string {
  return members.map((member) => textAt(event, member)).find((text) => text !== '') ?? '';
}

export const eventCells: Cells = {
  'Last Seen': (event, nowMs) => {
    const series = textAt(part(event, 'series'), 'lastObservedTime');
    return ageOf(series || eventTime(event, ['lastTimestamp', 'deprecatedLastTimestamp', 'eventTime']), nowMs);
  },
  Type: (event) => textAt(event, 'type'),
  Reason: (event) => textAt(event, 'reason'),
  Object: (event) => `${textAt(involved(event), 'kind').toLowerCase()}/${textAt(involved(event), 'name')}`,
  Subobject: (event) => textAt(involved(event), 'fieldPath'),
  Source: (event) => {
    const source = part(event, 'source') ?? part(event, 'deprecatedSource');
    const component = textAt(source, 'component') || eventTime(event, ['reportingComponent', 'reportingController']);
    const host = textAt(source, 'host') || textAt(event, 'reportingInstance');
    return host === '' ? component : `${component}, ${host}`;
  },
  Message: (event) => (textAt(event, 'message') || textAt(event, 'note')).trim(),
  'First Seen': (event, nowMs) =>
    ageOf(eventTime(event, ['firstTimestamp', 'deprecatedFirstTimestamp', 'eventTime']), nowMs),
  Count: (event) =>
    Math.max(count(event, 'count') || count(event, 'deprecatedCount'), count(part(event, 'series'), 'count'), 1),
};

function subjects(binding: JsonObject, kind: string): string {
  return parts(binding, 'subjects')
    .filter((subject) => subject['kind'] === kind)
    .map((subject) => [textAt(subject, 'namespace'), textAt(subject, 'name')].filter((text) => text !== '').join('/'))
    .join(', ');
}

export const bindingCells: Cells = {
  Role: (object) => `${textAt(part(object, 'roleRef'), 'kind')}/${textAt(part(object, 'roleRef'), 'name')}`,
  Users: (object) => subjects(object, 'User'),
  Groups: (object) => subjects(object, 'Group'),
  ServiceAccounts: (object) => subjects(object, 'ServiceAccount'),
};

function hardText(quota: JsonObject, isLimit: boolean): string {
  const used = part(statusOf(quota), 'used') ?? {};
  const hard = part(statusOf(quota), 'hard') ?? {};
  return Object.keys(hard)
    .filter((name) => /^limits\./.test(name) === isLimit)
    .sort()
    .map((name) => `${name}: ${scalarText(used[name]) || '0'}/${scalarText(hard[name])}`)
    .join(', ');
}

/** Of kinds with few columns, by their plural. */
export const SMALL_CELLS: Readonly<Record<string, Cells>> = {
  configmaps: { Data: (object) => keyCount(object['data'], object['binaryData']) },
  secrets: { Type: (object) => textAt(object, 'type'), Data: (object) => keyCount(object['data']) },
  namespaces: { Status: (object) => textAt(statusOf(object), 'phase') },
  leases: { Holder: (object) => textAt(specOf(object), 'holderIdentity') },
  storageclasses: {
    Provisioner: (object) => textAt(object, 'provisioner'),
    ReclaimPolicy: (object) => textAt(object, 'reclaimPolicy') || 'Delete',
    VolumeBindingMode: (object) => textAt(object, 'volumeBindingMode') || 'Immediate',
    AllowVolumeExpansion: (object) => object['allowVolumeExpansion'] === true,
  },
  priorityclasses: {
    Value: (object) => count(object, 'value'),
    'Global-Default': (object) => object['globalDefault'] === true,
    PreemptionPolicy: (object) => textAt(object, 'preemptionPolicy'),
  },
  resourcequotas: { Request: (object) => hardText(object, false), Limit: (object) => hardText(object, true) },
  mutatingwebhookconfigurations: { Webhooks: (object) => items(object, 'webhooks').length },
  validatingwebhookconfigurations: { Webhooks: (object) => items(object, 'webhooks').length },
  ingressclasses: {
    Controller: (object) => textAt(specOf(object), 'controller'),
    Parameters: (object) => (isJsonObject(specOf(object)?.['parameters']) ? 'Parameters' : NONE),
  },
  controllerrevisions: {
    Controller: (object) => {
      const owner = parts(part(object, 'metadata'), 'ownerReferences').find((entry) => entry['controller'] === true);
      return owner === undefined ? NONE : `${textAt(owner, 'kind').toLowerCase()}/${textAt(owner, 'name')}`;
    },
    Revision: (object) => count(object, 'revision'),
  },
  runtimeclasses: { Handler: (object) => textAt(object, 'handler') },
};

// Namespace, Node, Lease, Event, Endpoints, EndpointSlice, PriorityClass, ResourceQuota, LimitRange.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, requiredCause } from '../../schema';
import { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
import { type KindStrategy } from './kind-strategy';
import { immutable, nonNegative, oneOf } from './rules';

const NAME_LABEL = 'kubernetes.io/metadata.name';
const KUBERNETES = 'kubernetes';

/** Which finalizers of a namespace still wait for its content to go. */
export function namespaceFinalizers(namespace: JsonObject): readonly string[] {
  return items(part(namespace, 'spec'), 'finalizers').filter((name) => typeof name === 'string');
}

function labelWithName(draft: MutableJsonObject): void {
  const metadata = ensurePart(draft, 'metadata');
  const name = textAt(metadata, 'name');
  if (name !== '') ensurePart(metadata, 'labels')[NAME_LABEL] = name;
}

export const namespaces: KindStrategy = {
  default: (draft) => {
    labelWithName(draft);
    fill(ensurePart(draft, 'status'), { phase: 'Active' });
  },
  prepareForCreate: (draft) => {
    labelWithName(draft);
    draft['status'] = { phase: 'Active' };
    const spec = ensurePart(draft, 'spec');
    const others = items(spec, 'finalizers');
    if (!others.includes(KUBERNETES)) spec['finalizers'] = [...others, KUBERNETES];
  },
  prepareForUpdate: (draft, old) => {
    // Only the subresource `finalize` takes them off.
    draft['spec'] = old['spec'] ?? {};
    draft['status'] = old['status'] ?? {};
  },
  validateUpdate: () => [],
  hasGeneration: false,
  nameForm: 'label',
  staysWhileDeleting: (namespace) => namespaceFinalizers(namespace).length > 0,
  markDeleting: (draft) => void (ensurePart(draft, 'status')['phase'] = 'Terminating'),
  returnsDeleted: true,
  selectableFields: {
    'status.phase': (object) => textAt(part(object, 'status'), 'phase'),
    name: (object) => textAt(part(object, 'metadata'), 'name'),
  },
};

export const nodes: KindStrategy = {
  default: (draft) => {
    const status = part(draft, 'status');
    if (status?.['capacity'] !== undefined) fill(status, { allocatable: status['capacity'] });
  },
  hasGeneration: false,
  selectableFields: { 'spec.unschedulable': (object) => String(part(object, 'spec')?.['unschedulable'] === true) },
};

function leaseProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const seconds = numberAt(spec, 'leaseDurationSeconds');
  const isBad = seconds !== undefined && seconds <= 0;
  return [
    ...(isBad ? [invalidCause('spec.leaseDurationSeconds', seconds, 'must be greater than 0')] : []),
    ...nonNegative(spec, 'leaseTransitions', 'spec'),
  ];
}

export const leases: KindStrategy = {
  validate: leaseProblems,
  validateUpdate: leaseProblems,
  hasGeneration: false,
  allowsUnconditionalUpdate: false,
  allowsCreateOnUpdate: true,
};

function eventProblems(object: JsonObject): readonly FieldCause[] {
  const namespace = textAt(part(object, 'metadata'), 'namespace');
  const involved = textAt(part(object, 'involvedObject') ?? part(object, 'regarding'), 'namespace');
  const isFitting = involved === namespace || (involved === '' && namespace === 'default');
  const problems: FieldCause[] = [];
  if (!isFitting) {
    problems.push(invalidCause('involvedObject.namespace', involved, 'does not match event.namespace'));
  }
  return problems;
}

/** Between the core form of an Event and that of events.k8s.io. */
export function convertEvent(object: JsonObject, apiVersion: string): JsonObject {
  const isCore = apiVersion === 'v1';
  const names = isCore ? TO_CORE : FROM_CORE;
  const made: MutableJsonObject = {};
  for (const [member, value] of Object.entries(object)) made[names[member] ?? member] = value;
  made['apiVersion'] = apiVersion;
  if (isCore) {
    fill(made, { involvedObject: {}, source: {}, reportingComponent: '', reportingInstance: '' });
    for (const member of ['firstTimestamp', 'lastTimestamp', 'eventTime']) made[member] ??= null;
    delete made['deprecatedCount'];
  }
  return made;
}

const FROM_CORE: Readonly<Record<string, string>> = {
  involvedObject: 'regarding',
  message: 'note',
  source: 'deprecatedSource',
  firstTimestamp: 'deprecatedFirstTimestamp',
  lastTimestamp: 'deprecatedLastTimestamp',
  count: 'deprecatedCount',
  reportingComponent: 'reportingController',
};
const TO_CORE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(FROM_CORE).map(([core, newer]) => [newer, core]),
);

export const events: KindStrategy = {
  validate: eventProblems,
  validateUpdate: eventProblems,
  hasGeneration: false,
  allowsCreateOnUpdate: true,
  selectableFields: {
    ...Object.fromEntries(
      ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((member) => [
        `involvedObject.${member}`,
        (object: JsonObject) => textAt(part(object, 'involvedObject'), member),
      ]),
    ),
    reason: (object) => textAt(object, 'reason'),
    type: (object) => textAt(object, 'type'),
    reportingComponent: (object) => textAt(object, 'reportingComponent'),
    source: (object) => textAt(part(object, 'source'), 'component') || textAt(object, 'reportingComponent'),
  },
};

/** Of the newer API: the same content under other names. */
export const newerEvents: KindStrategy = {
  ...events,
  selectableFields: Object.fromEntries(
    Object.entries({
      ...Object.fromEntries(
        ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map((member) => [
          `regarding.${member}`,
          (object: JsonObject) => textAt(part(object, 'regarding'), member),
        ]),
      ),
      reason: (object: JsonObject) => textAt(object, 'reason'),
      type: (object: JsonObject) => textAt(object, 'type'),
      reportingController: (object: JsonObject) => textAt(object, 'reportingController'),
    }),
  ),
};

export const endpoints: KindStrategy = {
  default: (draft) => {
    for (const subset of parts(draft, 'subsets')) {
      for (const port of parts(subset, 'ports')) fill(port, { protocol: 'TCP' });
    }
  },
  hasGeneration: false,
  allowsCreateOnUpdate: true,
  warnings: () => ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
};

function endpointSliceProblems(object: JsonObject): readonly FieldCause[] {
  const type = textAt(object, 'addressType');
  if (type === '') return [requiredCause('addressType')];
  return oneOf(type, ['IPv4', 'IPv6', 'FQDN'], 'addressType');
}

export const endpointSlices: KindStrategy = {
  default: (draft) => {
    for (const port of parts(draft, 'ports')) {
      port['name'] ??= '';
      fill(port, { protocol: 'TCP' });
    }
  },
  validate: endpointSliceProblems,
  validateUpdate: (object, old) => [
    ...endpointSliceProblems(object),
    ...immutable(object['addressType'], old['addressType'], 'addressType'),
  ],
  hasGeneration: true,
};

const MOST_PRIORITY = 1_000_000_000;

function priorityProblems(object: JsonObject): readonly FieldCause[] {
  const name = textAt(part(object, 'metadata'), 'name');
  const value = numberAt(object, 'value') ?? 0;
  if (name.startsWith('system-')) {
    const detail = "priority class names with 'system-' prefix are reserved for system use only. error: ";
    return [forbiddenCause('metadata.name', `${detail}${name} is not a known system priority class`)];
  }
  if (value <= MOST_PRIORITY) return [];
  return [forbiddenCause('value', `maximum allowed value of a user defined priority is ${MOST_PRIORITY}`)];
}

export const priorityClasses: KindStrategy = {
  default: (draft) => fill(draft, { preemptionPolicy: 'PreemptLowerPriority' }),
  validate: priorityProblems,
  validateUpdate: (object, old) => [
    ...((object['value'] ?? 0) === (old['value'] ?? 0)
      ? []
      : [forbiddenCause('value', 'may not be changed in an update.')]),
    ...immutable(object['preemptionPolicy'], old['preemptionPolicy'], 'preemptionPolicy'),
  ],
  hasGeneration: true,
};

export const resourceQuotas: KindStrategy = { hasGeneration: false, returnsDeleted: true };

export const limitRanges: KindStrategy = {
  default: (draft) => {
    for (const limit of parts(part(draft, 'spec'), 'limits')) {
      if (limit['type'] !== 'Container') continue;
      const fallback = ensurePart(limit, 'default');
      fill(fallback, part(limit, 'max') ?? {});
      const request = ensurePart(limit, 'defaultRequest');
      fill(request, fallback);
      fill(request, part(limit, 'min') ?? {});
    }
  },
  hasGeneration: false,
  allowsCreateOnUpdate: true,
};

// Namespace, Node, Lease, Endpoints, EndpointSlice, PriorityClass, ResourceQuota, LimitRange.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, requiredCause } from '../../schema';
import { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
import { type KindStrategy, type StorageView } from './kind-strategy';
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

export const endpoints: KindStrategy = {
  default: (draft) => {
    for (const subset of parts(draft, 'subsets')) {
      for (const port of parts(subset, 'ports')) fill(port, { protocol: 'TCP' });
    }
  },
  hasGeneration: false,
  allowsCreateOnUpdate: true,
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

/** At most one class is the default. */
function otherDefault(draft: JsonObject, view: StorageView): string | undefined {
  if (draft['globalDefault'] !== true) return undefined;
  for (const one of view.list('scheduling.k8s.io/priorityclasses')) {
    if (one['globalDefault'] !== true) continue;
    const name = textAt(part(one, 'metadata'), 'name');
    return `PriorityClass ${name} is already marked as default. Only one default can exist`;
  }
  return undefined;
}

export const priorityClasses: KindStrategy = {
  admit: otherDefault,
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

// Rules for the free keys of an entry: what the API server would refuse on every pass is refused at load.
import { ANNOTATION, didYouMean, isConfigKey, isQualifiedName, LABEL } from '../../common';
import { type KeyRule } from '../../schema';

export const labelKey: KeyRule = (key) =>
  isQualifiedName(key) ? undefined : `"${key}" is not a label key (and keys are never templates)`;

export const annotationKey: KeyRule = (key) => {
  if (key === ANNOTATION.applied) return `the annotation "${key}" is written by Orkestra itself`;
  return isQualifiedName(key) ? undefined : `"${key}" is not an annotation key (and keys are never templates)`;
};

export const configKey: KeyRule = (key) =>
  isConfigKey(key) ? undefined : `"${key}" is not a key for data: expected letters, digits, "-", "_" and "."`;

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

function resourceRule(known: readonly string[]): KeyRule {
  return (key) => {
    if (known.includes(key) || key.startsWith('hugepages-') || (key.includes('/') && isQualifiedName(key))) {
      return undefined;
    }
    const hint = didYouMean(key, known);
    return `"${key}" is not a resource${hint}; expected ${known.join(', ')}, hugepages-<size> or example.org/name`;
  };
}

export const resourceKey = resourceRule(RESOURCES);

const LIMITED = [...RESOURCES, 'storage'];

/** What a LimitRange limits. */
export const limitKey = resourceRule(LIMITED);

const COUNTED = [
  'pods',
  'services',
  'services.loadbalancers',
  'services.nodeports',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
];
const QUOTAS = [
  ...RESOURCES,
  ...LIMITED.map((key) => `requests.${key}`),
  ...RESOURCES.map((key) => `limits.${key}`),
  ...COUNTED,
];

/** What a ResourceQuota counts: a resource that Kubernetes knows, or one with a domain (`count/jobs.batch`). */
export const quotaKey: KeyRule = (key) => {
  if (QUOTAS.includes(key) || /^(requests\.)?hugepages-/.test(key)) return undefined;
  if (key.includes('/') && isQualifiedName(key.replace(/^(requests|limits)\./, ''))) return undefined;
  const hint = didYouMean(key, QUOTAS);
  return `"${key}" is not a resource of a quota${hint}; expected ${QUOTAS.join(', ')}, count/<plural>.<group> or example.org/name`;
};

/** Labels that Orkestra stamps on every child. */
export const SYSTEM_LABELS: ReadonlySet<string> = new Set([
  LABEL.managed,
  LABEL.owner,
  LABEL.ownerUid,
  LABEL.entry,
  LABEL.component,
]);

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

export const resourceKey: KeyRule = (key) => {
  if (RESOURCES.includes(key) || key.startsWith('hugepages-') || (key.includes('/') && isQualifiedName(key))) {
    return undefined;
  }
  const hint = didYouMean(key, RESOURCES);
  return `"${key}" is not a resource${hint}; expected ${RESOURCES.join(', ')}, hugepages-<size> or example.org/name`;
};

/** Labels that Orkestra stamps on every child. */
export const SYSTEM_LABELS: ReadonlySet<string> = new Set([
  LABEL.managed,
  LABEL.owner,
  LABEL.ownerUid,
  LABEL.entry,
  LABEL.component,
]);

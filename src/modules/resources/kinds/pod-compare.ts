import { type CompareHints } from '../../schema';

/**
 * Merge keys and number forms of a pod, as the Kubernetes OpenAPI schema states them. `pod`: path of the pod spec;
 * `more`: what the rest of the kind has.
 */
export function podCompare(pod: string, more: Partial<CompareHints> = {}): CompareHints {
  const container = `${pod}.containers[]`;
  const { mergeKeys = {}, sets = [], quantities = [], intOrString = [], ...rest } = more;
  return {
    mergeKeys: {
      'metadata.ownerReferences[]': ['uid'],
      [container]: ['name'],
      [`${container}.ports[]`]: ['containerPort', 'protocol'],
      [`${container}.env[]`]: ['name'],
      [`${container}.volumeMounts[]`]: ['mountPath'],
      [`${pod}.volumes[]`]: ['name'],
      [`${pod}.imagePullSecrets[]`]: ['name'],
      ...mergeKeys,
    },
    sets,
    quantities: [`${container}.resources.requests.*`, `${container}.resources.limits.*`, ...quantities],
    intOrString,
    ...rest,
    atomicMaps: [
      `${pod}.nodeSelector`,
      `${container}.env[].valueFrom.secretKeyRef`,
      `${container}.env[].valueFrom.configMapKeyRef`,
    ],
    zeroOmitted: [
      `${container}.env[].value`,
      `${container}.volumeMounts[].readOnly`,
      `${pod}.volumes[].persistentVolumeClaim.readOnly`,
      ...['startupProbe', 'livenessProbe', 'readinessProbe'].map((key) => `${container}.${key}.initialDelaySeconds`),
    ],
  };
}

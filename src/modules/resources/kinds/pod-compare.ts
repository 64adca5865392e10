import { type CompareHints } from '../../schema';

const CONTAINER = 'spec.template.spec.containers[]';

/** Merge keys and number forms of a pod template, as the Kubernetes OpenAPI schema states them. */
export const POD_COMPARE: CompareHints = {
  mergeKeys: {
    'metadata.ownerReferences[]': ['uid'],
    [CONTAINER]: ['name'],
    [`${CONTAINER}.ports[]`]: ['containerPort', 'protocol'],
    [`${CONTAINER}.env[]`]: ['name'],
    [`${CONTAINER}.volumeMounts[]`]: ['mountPath'],
    'spec.template.spec.volumes[]': ['name'],
    'spec.template.spec.imagePullSecrets[]': ['name'],
  },
  sets: [],
  quantities: [`${CONTAINER}.resources.requests.*`, `${CONTAINER}.resources.limits.*`],
  intOrString: ['spec.strategy.rollingUpdate.maxSurge', 'spec.strategy.rollingUpdate.maxUnavailable'],
  atomicMaps: [
    'spec.template.spec.nodeSelector',
    `${CONTAINER}.env[].valueFrom.secretKeyRef`,
    `${CONTAINER}.env[].valueFrom.configMapKeyRef`,
  ],
  zeroOmitted: [
    `${CONTAINER}.env[].value`,
    `${CONTAINER}.volumeMounts[].readOnly`,
    'spec.template.spec.volumes[].persistentVolumeClaim.readOnly',
    ...['startupProbe', 'livenessProbe', 'readinessProbe'].map((key) => `${CONTAINER}.${key}.initialDelaySeconds`),
  ],
};

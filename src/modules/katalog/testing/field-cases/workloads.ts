// Deployments, ReplicaSets, StatefulSets, Pods.
import { COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { CONTAINER, POD } from './pod';
import { podFields } from './pod-fields';

export const ANNOTATIONS = field(
  'annotations.*',
  'annotations: { example.org/a: "{{ .spec.tier }}" }',
  'metadata.annotations.example.org/a',
  'gold',
  'annotations: { §a b: x }',
  'not an annotation key',
);

const REPLICATED: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  ...podFields(POD),
  field(
    'replicas',
    'replicas: "{{ .spec.replicas }}"',
    'spec.replicas',
    2,
    'replicas: §-1',
    'expected a number of replicas',
  ),
];

export const DEPLOYMENT: readonly FieldCase[] = [
  ...REPLICATED,
  field(
    'rollingUpdate.profile',
    'rollingUpdate: { profile: safe }',
    'spec.strategy',
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    'rollingUpdate: { profile: §save }',
    '(did you mean "safe"?)',
  ),
  field(
    'rollingUpdate.maxSurge',
    'rollingUpdate: { maxSurge: 25% }',
    'spec.strategy.rollingUpdate.maxSurge',
    '25%',
    'rollingUpdate: { maxSurge: §some }',
    'expected a whole number or a percentage',
  ),
  field(
    'rollingUpdate.maxUnavailable',
    'rollingUpdate: { maxUnavailable: 1 }',
    'spec.strategy.rollingUpdate.maxUnavailable',
    1,
    'rollingUpdate: { maxUnavailable: §-1 }',
    'expected a whole number or a percentage',
  ),
];

export const REPLICA_SET: readonly FieldCase[] = REPLICATED;

const CLAIM = 'spec.volumeClaimTemplates.0';
const claim = (yaml: string): string => `volumeClaimTemplates: [{ ${yaml} }]`;

export const STATEFUL_SET: readonly FieldCase[] = [
  ...REPLICATED,
  field(
    'tag',
    'tag: "{{ .spec.tier }}"',
    `${CONTAINER}.image`,
    'acme/web:1:gold',
    'tag: §{}',
    'expected string, found a map',
  ),
  field(
    'serviceName',
    'serviceName: "{{ .metadata.name }}-peers"',
    'spec.serviceName',
    'shop-peers',
    'serviceName: §[a]',
    'expected string, found a list',
  ),
  field(
    'volumeClaimTemplates[].name',
    claim('name: logs, storageSize: 1Gi'),
    `${CONTAINER}.volumeMounts`,
    [{ name: 'logs', mountPath: '/data' }],
    claim('name: §Logs, storageSize: 1Gi'),
    'expected a DNS label as name of the volume',
  ),
  field(
    'volumeClaimTemplates[].storageSize',
    claim('storageSize: 10Gi'),
    CLAIM,
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    },
    claim('storageSize: §big'),
    'expected a quantity',
  ),
  field(
    'volumeClaimTemplates[].storageClass',
    claim('storageSize: 1Gi, storageClass: "{{ .spec.tier }}"'),
    `${CLAIM}.spec.storageClassName`,
    'gold',
    claim('storageSize: 1Gi, storageClass: §{}'),
    'expected string, found a map',
  ),
  field(
    'volumeClaimTemplates[].mountPath',
    claim('storageSize: 1Gi, mountPath: /srv'),
    `${CONTAINER}.volumeMounts.0.mountPath`,
    '/srv',
    claim('storageSize: 1Gi, mountPath: §[]'),
    'expected string, found a list',
  ),
  field(
    'volumeClaimTemplates[].accessModes[]',
    claim('storageSize: 1Gi, accessModes: [ReadWriteMany]'),
    `${CLAIM}.spec.accessModes`,
    ['ReadWriteMany'],
    claim('storageSize: 1Gi, accessModes: [§ReadWriteMani]'),
    '(did you mean "ReadWriteMany"?)',
  ),
  field(
    'rollingUpdate.profile',
    'rollingUpdate: { profile: fast }',
    'spec.updateStrategy',
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%' } },
    'rollingUpdate: { profile: §fsat }',
    '(did you mean "fast"?)',
  ),
  field(
    'rollingUpdate.maxUnavailable',
    'rollingUpdate: { maxUnavailable: 2 }',
    'spec.updateStrategy.rollingUpdate.maxUnavailable',
    2,
    'rollingUpdate: { maxUnavailable: §0% }',
    'no pod could ever be replaced',
  ),
];

export const POD_KIND: readonly FieldCase[] = [...COMMON, ANNOTATIONS, ...podFields('spec')];

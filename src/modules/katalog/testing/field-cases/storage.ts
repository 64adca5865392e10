import { CLUSTER_COMMON, COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './identity';

const SHARED: readonly FieldCase[] = [
  field(
    'accessModes[]',
    'accessModes: [ReadWriteMany]',
    'spec.accessModes',
    ['ReadWriteMany'],
    'accessModes: [§ReadWriteMeny]',
    '(did you mean "ReadWriteMany"?)',
  ),
  field('volumeMode', 'volumeMode: Block', 'spec.volumeMode', 'Block', 'volumeMode: §Blok', '(did you mean "Block"?)'),
];

export const PERSISTENT_VOLUME: readonly FieldCase[] = [
  ...CLUSTER_COMMON,
  ANNOTATIONS,
  ...SHARED,
  field('capacity', 'capacity: 10Gi', 'spec.capacity', { storage: '10Gi' }, 'capacity: §big', 'expected a quantity'),
  field(
    'reclaimPolicy',
    'reclaimPolicy: delete',
    'spec.persistentVolumeReclaimPolicy',
    'Delete',
    'reclaimPolicy: §Keep',
    'expected a reclaim policy (Retain, Delete, Recycle)',
  ),
  field(
    'storageClassName',
    'storageClassName: "{{ .spec.tier }}"',
    'spec.storageClassName',
    'gold',
    'storageClassName: §[]',
    'expected string',
  ),
  field('mountOptions[]', 'mountOptions: [ro]', 'spec.mountOptions', ['ro'], 'mountOptions: §ro', 'expected a list'),
  field(
    'hostPath',
    'hostPath: "/data/{{ .metadata.name }}"',
    'spec.hostPath',
    { path: '/data/shop' },
    'hostPath: §""',
    'hostPath is empty',
  ),
  field(
    'csiDriver',
    'hostPath:\ncsiDriver: csi.example.org\ncsiVolumeHandle: v1',
    'spec.csi',
    { driver: 'csi.example.org', volumeHandle: 'v1' },
    'hostPath:\ncsiDriver: §""\ncsiVolumeHandle: v1',
    'csiDriver is empty',
  ),
  field(
    'csiVolumeHandle',
    'hostPath:\ncsiDriver: csi.example.org\ncsiVolumeHandle: "{{ .metadata.name }}"',
    'spec.csi.volumeHandle',
    'shop',
    'hostPath:\ncsiDriver: csi.example.org\ncsiVolumeHandle: §""',
    'csiVolumeHandle is empty',
  ),
];

export const PERSISTENT_VOLUME_CLAIM: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  ...SHARED,
  field(
    'storage',
    'storage: "{{ .spec.replicas }}Gi"',
    'spec.resources.requests.storage',
    '2Gi',
    'storage: §""',
    'storage is empty',
  ),
  field(
    'storageClassName',
    'storageClassName: "{{ .spec.gone }}"',
    'spec.storageClassName',
    undefined,
    'storageClassName: §[]',
    'expected string',
  ),
  field('volumeName', 'volumeName: v1', 'spec.volumeName', 'v1', 'volumeName: §{}', 'expected string, found a map'),
];

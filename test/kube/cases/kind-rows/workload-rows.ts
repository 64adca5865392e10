import { type KindRow } from './kind-row';

export const WORKLOAD_ROWS: readonly KindRow[] = [
  {
    listKey: 'deployments',
    entry: ['image: nginx:1.27', 'replicas: 2', 'port: 80', 'resources: { requests: { cpu: 1000m } }'],
    edit: { spec: { replicas: 5 } },
  },
  {
    listKey: 'replicaSets',
    entry: ['image: nginx:1.27', 'command: [nginx, -g, daemon off;]', 'env: [{ name: LEVEL, value: "1" }]'],
    edit: { spec: { replicas: 0 } },
  },
  {
    listKey: 'statefulSets',
    entry: [
      'image: postgres',
      'tag: "17"',
      'port: 5432',
      'annotations: { example.org/team: data }',
      'volumeClaimTemplates:',
      '  - { storageSize: 1024Mi }',
      '  - { name: wal, storageSize: 1Gi, storageClass: fast, mountPath: /wal, accessModes: [ReadWriteOncePod] }',
      'rollingUpdate: { profile: safe }',
    ],
    edit: { spec: { updateStrategy: { type: 'OnDelete', rollingUpdate: null } } },
  },
  {
    listKey: 'pods',
    entry: [
      'image: nginx:1.27',
      'args: [--quiet]',
      'port: 80',
      'resources: { limits: { memory: 0.5Gi } }',
      'nodeSelector: { disk: ssd }',
    ],
    edit: { metadata: { labels: { 'orkestra.orkspace.io/component': 'edited' } } },
  },
];

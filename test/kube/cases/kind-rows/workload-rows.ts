import { type KindRow } from './kind-row';

export const WORKLOAD_ROWS: readonly KindRow[] = [
  {
    listKey: 'deployments',
    entry: [
      'image: nginx:1.27',
      'replicas: 2',
      'port: 80',
      'resources: { profile: "{{ .metadata.name }}" }',
      'probes: { readiness: { type: tcp, profile: rows } }',
      'securityContext: { profile: rows }',
      'podSecurity: { profile: rows }',
      'rollingUpdate: { profile: rows }',
    ],
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
  {
    listKey: 'jobs',
    entry: [
      'image: migrate:3',
      'command: [migrate, up]',
      'backoffLimit: 0',
      'activeDeadlineSeconds: 600',
      'resources: { profile: compute-heavy }',
    ],
    edit: { spec: { parallelism: 0 } },
    keepsEdits: true,
  },
  {
    listKey: 'cronJobs',
    entry: [
      'image: backup:1',
      'args: [--all]',
      'schedule: "0 2 * * *"',
      'timeZone: Europe/Berlin',
      'concurrencyPolicy: forbid',
      'startingDeadlineSeconds: 60',
      'ttlSecondsAfterFinished: 3600',
      'resources: { requests: { cpu: 1000m } }',
    ],
    edit: { spec: { suspend: true, failedJobsHistoryLimit: 9 } },
  },
  {
    listKey: 'hpa',
    entry: [
      'scaleTargetRef: { kind: Deployment, name: elsewhere }',
      'minReplicas: 2',
      'maxReplicas: 5',
      'behavior: { profile: web }',
    ],
    edit: { spec: { maxReplicas: 50, behavior: { scaleDown: { stabilizationWindowSeconds: 0 } } } },
  },
  {
    listKey: 'pdb',
    entry: ['behavior: { profile: rows }', 'selector: { app: web }'],
    edit: { spec: { minAvailable: 0, selector: { matchLabels: { app: 'edited', more: 'x' } } } },
  },
];

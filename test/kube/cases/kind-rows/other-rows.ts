import { type KindRow } from './kind-row';

/** Kinds without pods of their own. */
export const OTHER_ROWS: readonly KindRow[] = [
  { listKey: 'configMaps', entry: ['data: { level: "{{ .spec.message }}" }'], edit: { data: { level: 'edited' } } },
  {
    listKey: 'services',
    entry: ['port: 80', 'selector: { app: web }'],
    edit: { spec: { selector: { app: 'edited' } } },
  },
  {
    listKey: 'serviceAccounts',
    entry: ['imagePullSecrets: [registry]', 'annotations: { role: reader }', 'automountServiceAccountToken: false'],
    edit: { automountServiceAccountToken: true, imagePullSecrets: [{ name: 'edited' }] },
  },
  {
    listKey: 'namespaces',
    entry: ['labels: { tier: web }', 'annotations: { note: "{{ .spec.message }}" }'],
    edit: { metadata: { labels: { tier: 'edited' } } },
    isRetained: true,
  },
  {
    listKey: 'roles',
    entry: ['rules: [{ apiGroups: ["", apps], resources: [pods, deployments], verbs: [get, list] }]'],
    edit: { rules: [] },
  },
  {
    listKey: 'roleBindings',
    entry: [
      'roleRef: { kind: ClusterRole, name: view }',
      'subjects: [{ kind: ServiceAccount, name: robot }, { kind: Group, name: team }]',
    ],
    edit: { subjects: [{ kind: 'ServiceAccount', name: 'edited', namespace: 'default' }] },
  },
  {
    listKey: 'clusterRoles',
    entry: ['rules: [{ nonResourceURLs: [/healthz], verbs: [get] }]'],
    edit: { rules: [] },
  },
  {
    listKey: 'clusterRoleBindings',
    entry: ['roleRef: { name: view }', 'subjects: [{ kind: User, name: ada }]'],
    edit: { subjects: [] },
  },
  {
    listKey: 'resourceQuotas',
    // Nothing that other rows make: nobody keeps the status of a quota here.
    entry: ['profile: rows'],
    edit: { spec: { hard: { 'count/widgets.example.org': '7' } } },
  },
  {
    listKey: 'limitRanges',
    // The server gives limits of containers to the pods of other rows.
    entry: ['profile: rows'],
    edit: { spec: { limits: [] } },
  },
  {
    listKey: 'networkPolicies',
    entry: ['profile: rows'],
    edit: { spec: { podSelector: { matchLabels: { app: 'edited' } } } },
  },
  {
    listKey: 'persistentVolumes',
    entry: ['capacity: 1Gi', 'storageClassName: slow', 'hostPath: /data'],
    edit: { spec: { persistentVolumeReclaimPolicy: 'Delete' } },
    isRetained: true,
  },
  {
    listKey: 'persistentVolumeClaims',
    entry: ['storage: 0.5Gi', 'storageClassName: slow', 'labels: { tier: web }'],
    edit: { metadata: { labels: { tier: 'edited' } } },
    isRetained: true,
    needsVolume: true,
  },
  {
    listKey: 'ingresses',
    entry: ['host: www.example.org', 'serviceName: web', 'servicePort: 80', 'tls: { secretName: www-cert }'],
    edit: { spec: { rules: [{ host: 'edited.example.org' }] } },
  },
  {
    listKey: 'secrets',
    entry: ['type: example.org/login', 'data: { user: ada, note: "{{ .spec.message }}" }'],
    edit: { data: { user: 'ZXZl' } },
  },
  {
    listKey: 'custom',
    resource: {
      group: 'coordination.k8s.io',
      version: 'v1',
      kind: 'Lease',
      plural: 'leases',
      namespaced: true,
    },
    entry: [
      'apiVersion: coordination.k8s.io/v1',
      'kind: Lease',
      'spec: { holderIdentity: "{{ .metadata.name }}", leaseDurationSeconds: "{{ .spec.replicas }}" }',
    ],
    edit: { spec: { holderIdentity: 'edited' } },
  },
];

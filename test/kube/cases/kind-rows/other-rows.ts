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
];

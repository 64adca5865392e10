import { CLUSTER_COMMON, COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { ANNOTATIONS } from './identity';

const RULES: readonly FieldCase[] = [
  field(
    'rules[].apiGroups[]',
    'rules: [{ apiGroups: ["", apps], resources: [pods], verbs: [get] }]',
    'rules.0.apiGroups',
    ['', 'apps'],
    'rules: [§{ resources: [pods], verbs: [get] }]',
    'a rule needs apiGroups and resources',
  ),
  field(
    'rules[].resources[]',
    'rules: [{ apiGroups: [""], resources: [pods, pods/log], verbs: [get] }]',
    'rules.0.resources',
    ['pods', 'pods/log'],
    'rules: [{ apiGroups: [""], resources: [§""], verbs: [get] }]',
    'an item of resources is empty',
  ),
  field(
    'rules[].verbs[]',
    'rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list] }]',
    'rules.0.verbs',
    ['get', 'list'],
    'rules: [§{ apiGroups: [""], resources: [pods], verbs: [] }]',
    'a rule needs verbs',
  ),
  field(
    'rules[].resourceNames[]',
    'rules: [{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: ["{{ .metadata.name }}-db"] }]',
    'rules.0.resourceNames',
    ['shop-db'],
    'rules: [{ apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [§""] }]',
    'an item of resourceNames is empty',
  ),
];

const SUBJECTS: readonly FieldCase[] = [
  field(
    'subjects[].kind',
    'subjects: [{ kind: Group, name: team }]',
    'subjects',
    [{ kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'team' }],
    'subjects: [{ kind: §Grup, name: team }]',
    '(did you mean "Group"?)',
  ),
  field(
    'subjects[].name',
    'subjects: [{ kind: User, name: "{{ .spec.tier }}@example.org" }]',
    'subjects.0.name',
    'gold@example.org',
    'subjects: [{ kind: User, name: §"" }]',
    'the name of the subject is empty',
  ),
  field(
    'subjects[].namespace',
    'subjects: [{ kind: ServiceAccount, name: a }, { kind: ServiceAccount, name: b, namespace: other }]',
    'subjects',
    [
      { kind: 'ServiceAccount', name: 'a', namespace: 'apps' },
      { kind: 'ServiceAccount', name: 'b', namespace: 'other' },
    ],
    'subjects: [{ kind: User, name: a, namespace: §other }]',
    'a User has no namespace',
  ),
];

const ROLE_NAME: FieldCase = field(
  'roleRef.name',
  'roleRef: { name: "{{ .metadata.name }}-reader" }',
  'roleRef.name',
  'shop-reader',
  'roleRef: { name: §"" }',
  'the name of the role is empty',
);

export const ROLE: readonly FieldCase[] = [...COMMON, ANNOTATIONS, ...RULES];

export const CLUSTER_ROLE: readonly FieldCase[] = [
  ...CLUSTER_COMMON,
  ANNOTATIONS,
  ...RULES,
  field(
    'rules[].nonResourceURLs[]',
    'rules: [{ nonResourceURLs: [/healthz], verbs: [get] }]',
    'rules.0',
    { verbs: ['get'], nonResourceURLs: ['/healthz'] },
    'rules: [§{ apiGroups: [""], resources: [pods], nonResourceURLs: [/x], verbs: [get] }]',
    'either for resources or for nonResourceURLs',
  ),
];

export const ROLE_BINDING: readonly FieldCase[] = [
  ...COMMON,
  ANNOTATIONS,
  ...SUBJECTS,
  ROLE_NAME,
  field(
    'roleRef.kind',
    'roleRef: { kind: ClusterRole, name: view }',
    'roleRef',
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    'roleRef: { kind: §Rolle, name: view }',
    '(did you mean "Role"?)',
  ),
];

export const CLUSTER_ROLE_BINDING: readonly FieldCase[] = [
  ...CLUSTER_COMMON,
  ANNOTATIONS,
  ...SUBJECTS,
  ROLE_NAME,
  field(
    'roleRef.kind',
    'roleRef: { kind: ClusterRole, name: view }',
    'roleRef.kind',
    'ClusterRole',
    'roleRef: { kind: §Role, name: view }',
    'expected one of ClusterRole',
  ),
];

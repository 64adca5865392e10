// rbac.authorization.k8s.io/v1 RoleBinding: docs/reference/katalog.md, role binding.
import { list, object, oneOf, optional, required, text } from '../../schema';
import { commonProperties } from '../parts/common-entry';
import { annotationsProperty } from '../parts/metadata';
import { RBAC_GROUP, subjectField } from '../parts/rights';
import { type KindFacts } from '../resource-kind';
import { BINDING_COMPARE } from './plain-compare';
import { RIGHTS_FACTS, bindingKind } from './rights-kinds';

const facts: KindFacts = {
  listKey: 'roleBindings',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'RoleBinding', plural: 'rolebindings', namespaced: true },
  childKeys: { map: 'rolebindings', single: 'rolebinding' },
  order: 11,
  ...RIGHTS_FACTS,
  recreatedOn: { field: 'roleRef', reason: 'FieldValueInvalid' },
  compare: BINDING_COMPARE,
  // Nobody may give away a role that he has not, unless he may bind it.
  rights: [
    { group: RBAC_GROUP, plural: 'roles', verbs: ['bind'] },
    { group: RBAC_GROUP, plural: 'clusterroles', verbs: ['bind'] },
  ],
};

const roleRef = object('role reference', {
  kind: optional(oneOf(['Role', 'ClusterRole']), 'Role (default) or ClusterRole.'),
  name: required(text, 'Name of the role.'),
});

const entry = object('role binding', {
  ...commonProperties,
  annotations: annotationsProperty,
  roleRef: required(roleRef, 'The role. Another one means another binding: it is deleted and made again.'),
  subjects: optional(list(subjectField), 'Who gets it.'),
});

export const roleBindings = bindingKind(facts, entry, 'Role');

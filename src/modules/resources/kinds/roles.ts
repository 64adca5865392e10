// rbac.authorization.k8s.io/v1 Role: docs/reference/katalog.md, role.
import { list, object, optional } from '../../schema';
import { commonProperties } from '../parts/common-entry';
import { annotationsProperty } from '../parts/metadata';
import { RBAC_GROUP, roleRuleField } from '../parts/rights';
import { type KindFacts } from '../resource-kind';
import { PLAIN_COMPARE } from './plain-compare';
import { RIGHTS_FACTS, roleKind } from './rights-kinds';

const facts: KindFacts = {
  listKey: 'roles',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'Role', plural: 'roles', namespaced: true },
  childKeys: { map: 'roles', single: 'role' },
  order: 10,
  ...RIGHTS_FACTS,
  compare: PLAIN_COMPARE,
  // Nobody may grant what he has not, unless he may escalate.
  rights: [{ group: RBAC_GROUP, plural: 'roles', verbs: ['escalate'] }],
};

const entry = object('role', {
  ...commonProperties,
  annotations: annotationsProperty,
  rules: optional(list(roleRuleField), 'What the role allows.'),
});

export const roles = roleKind(facts, entry);

// rbac.authorization.k8s.io/v1 ClusterRole: docs/reference/katalog.md, cluster role.
import { list, object, optional } from '../../schema';
import { clusterProperties } from '../parts/common-entry';
import { annotationsProperty } from '../parts/metadata';
import { RBAC_GROUP, clusterRoleRuleField } from '../parts/rights';
import { type KindFacts } from '../resource-kind';
import { PLAIN_COMPARE } from './plain-compare';
import { RIGHTS_FACTS, roleKind } from './rights-kinds';

const facts: KindFacts = {
  listKey: 'clusterRoles',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
  childKeys: { map: 'clusterroles', single: 'clusterrole' },
  order: 7,
  ...RIGHTS_FACTS,
  compare: PLAIN_COMPARE,
  // Nobody may grant what he has not, unless he may escalate.
  rights: [{ group: RBAC_GROUP, plural: 'clusterroles', verbs: ['escalate'] }],
};

const entry = object('cluster role', {
  ...clusterProperties,
  annotations: annotationsProperty,
  rules: optional(list(clusterRoleRuleField), 'What the role allows.'),
});

export const clusterRoles = roleKind(facts, entry);

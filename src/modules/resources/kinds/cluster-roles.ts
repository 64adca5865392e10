// rbac.authorization.k8s.io/v1 ClusterRole: docs/reference/katalog.md, cluster role.
import { type JsonObject } from '../../common';
import { list, object, optional } from '../../schema';
import { clusterProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compileRules, RBAC_GROUP, clusterRoleRuleField } from '../parts/rights';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'clusterRoles',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
  childKeys: { map: 'clusterroles', single: 'clusterrole' },
  order: 7,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: PLAIN_COMPARE,
  // Nobody may grant what he has not, unless he may escalate.
  rights: [{ group: RBAC_GROUP, plural: 'clusterroles', verbs: ['escalate'] }],
};

const entry = object('cluster role', {
  ...clusterProperties,
  annotations: annotationsProperty,
  rules: optional(list(clusterRoleRuleField), 'What the role allows.'),
});

export const clusterRoles: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const rules = compileRules(decoded.rules, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      return { apiVersion: `${RBAC_GROUP}/v1`, kind: 'ClusterRole', metadata: metadata(scope), rules: rules(scope) };
    });
  },
};

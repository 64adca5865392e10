// rbac.authorization.k8s.io/v1 Role: docs/reference/katalog.md, role.
import { type JsonObject } from '../../common';
import { list, object, optional } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compileRules, RBAC_GROUP, roleRuleField } from '../parts/rights';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'roles',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'Role', plural: 'roles', namespaced: true },
  childKeys: { map: 'roles', single: 'role' },
  order: 10,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: PLAIN_COMPARE,
  // Nobody may grant what he has not, unless he may escalate.
  rights: [{ group: RBAC_GROUP, plural: 'roles', verbs: ['escalate'] }],
};

const entry = object('role', {
  ...commonProperties,
  annotations: annotationsProperty,
  rules: optional(list(roleRuleField), 'What the role allows.'),
});

export const roles: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const rules = compileRules(decoded.rules, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      return { apiVersion: `${RBAC_GROUP}/v1`, kind: 'Role', metadata: metadata(scope), rules: rules(scope) };
    });
  },
};

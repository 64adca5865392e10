// rbac.authorization.k8s.io/v1 RoleBinding: docs/reference/katalog.md, role binding.
import { type JsonObject } from '../../common';
import { list, object, oneOf, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compileRoleRef, compileSubjects, RBAC_GROUP, subjectField } from '../parts/rights';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { BINDING_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'roleBindings',
  resource: { group: RBAC_GROUP, version: 'v1', kind: 'RoleBinding', plural: 'rolebindings', namespaced: true },
  childKeys: { map: 'rolebindings', single: 'rolebinding' },
  order: 11,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  recreatedOn: { field: 'roleRef', reason: 'FieldValueInvalid' },
  defaultDeletionPolicy: 'delete',
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

export const roleBindings: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const role = compileRoleRef(decoded.roleRef, 'Role', compiler);
    const subjects = compileSubjects(decoded.subjects, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => ({
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: 'RoleBinding',
      metadata: metadata(scope),
      roleRef: role(scope),
      subjects: subjects(scope),
    }));
  },
};

// rbac.authorization.k8s.io/v1 ClusterRoleBinding: docs/reference/katalog.md, cluster role binding.
import { type JsonObject } from '../../common';
import { list, object, oneOf, optional, required, text } from '../../schema';
import { clusterProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compileRoleRef, compileSubjects, RBAC_GROUP, subjectField } from '../parts/rights';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { BINDING_COMPARE } from './plain-compare';

const facts: KindFacts = {
  listKey: 'clusterRoleBindings',
  resource: {
    group: RBAC_GROUP,
    version: 'v1',
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
  },
  childKeys: { map: 'clusterrolebindings', single: 'clusterrolebinding' },
  order: 8,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  recreatedOn: { field: 'roleRef', reason: 'FieldValueInvalid' },
  defaultDeletionPolicy: 'delete',
  compare: BINDING_COMPARE,
  // Nobody may give away a role that he has not, unless he may bind it.
  rights: [{ group: RBAC_GROUP, plural: 'clusterroles', verbs: ['bind'] }],
};

const roleRef = object('role reference', {
  kind: optional(oneOf(['ClusterRole']), 'ClusterRole.'),
  name: required(text, 'Name of the role.'),
});

const entry = object('cluster role binding', {
  ...clusterProperties,
  annotations: annotationsProperty,
  roleRef: required(roleRef, 'The role. Another one means another binding: it is deleted and made again.'),
  subjects: optional(list(subjectField), 'Who gets it.'),
});

export const clusterRoleBindings: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const role = compileRoleRef(decoded.roleRef, 'ClusterRole', compiler);
    const subjects = compileSubjects(decoded.subjects, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => ({
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: metadata(scope),
      roleRef: role(scope),
      subjects: subjects(scope),
    }));
  },
};

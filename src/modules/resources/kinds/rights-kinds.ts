// Roles and bindings stand in a namespace or in none; what they say is the same.
import { type JsonObject } from '../../common';
import { type Field } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { metadataPart } from '../parts/metadata';
import { compileRoleRef, compileRules, compileSubjects, RBAC_GROUP } from '../parts/rights';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';

type Common = Parameters<EntryCompiler['finish']>[1] & Parameters<typeof metadataPart>[0];

/** A role as decoded. */
type Role = Common & { readonly rules: Parameters<typeof compileRules>[0] };

/** A binding as decoded. */
type Binding = Common & {
  readonly roleRef: Parameters<typeof compileRoleRef>[0];
  readonly subjects: Parameters<typeof compileSubjects>[0];
};

/** What all four are. */
export const RIGHTS_FACTS = {
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
} as const;

export function roleKind<E extends Role>(facts: KindFacts, entry: Field<E>): ResourceKind<E> {
  return {
    facts,
    entry,
    compile(decoded, context) {
      const compiler = new EntryCompiler(context);
      const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
      const metadata = metadataPart(decoded, compiler);
      const rules = compileRules(decoded.rules, compiler);
      return compiler.finish(facts, decoded, name, (scope): JsonObject => {
        return { ...typeOf(facts), metadata: metadata(scope), rules: rules(scope) };
      });
    },
  };
}

/** `role`: the kind of role that is meant where the entry doesn't say it. */
export function bindingKind<E extends Binding>(
  facts: KindFacts,
  entry: Field<E>,
  role: 'Role' | 'ClusterRole',
): ResourceKind<E> {
  return {
    facts,
    entry,
    compile(decoded, context) {
      const compiler = new EntryCompiler(context);
      const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
      const metadata = metadataPart(decoded, compiler);
      const roleRef = compileRoleRef(decoded.roleRef, role, compiler);
      const subjects = compileSubjects(decoded.subjects, compiler);
      return compiler.finish(facts, decoded, name, (scope): JsonObject => ({
        ...typeOf(facts),
        metadata: metadata(scope),
        roleRef: roleRef(scope),
        subjects: subjects(scope),
      }));
    },
  };
}

function typeOf({ resource }: KindFacts): JsonObject {
  return { apiVersion: `${RBAC_GROUP}/v1`, kind: resource.kind };
}

// The rules of roles, and whom bindings give them to (rbac.authorization.k8s.io/v1).
import { type JsonObject, type MutableJsonObject, type SourceText } from '../../common';
import { list, object, oneOf, optional, required, text } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { type Part, put, requiredTextPart, textPart } from './part';
import { fullTextListPart } from './text-list';

/** API group of roles, bindings, users and groups. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

const ruleProperties = {
  apiGroups: optional(list(text), 'Groups of the resources; "" is the core group.'),
  resources: optional(list(text), 'Plural names: pods, deployments, pods/log.'),
  verbs: required(list(text), 'get, list, watch, create, update, patch, delete, ...'),
  resourceNames: optional(list(text), 'Only objects of these names.'),
} as const;

export const roleRuleField = object('role rule', ruleProperties);
export const clusterRoleRuleField = object('cluster role rule', {
  ...ruleProperties,
  nonResourceURLs: optional(list(text), 'Paths of the API server that are no resources: /healthz, /metrics/*.'),
});

interface Rule {
  readonly node: NonNullable<ReturnType<typeof roleRuleField.decode>>['node'];
  readonly apiGroups: readonly SourceText[] | undefined;
  readonly resources: readonly SourceText[] | undefined;
  readonly verbs: readonly SourceText[] | undefined;
  readonly resourceNames: readonly SourceText[] | undefined;
  readonly nonResourceURLs?: readonly SourceText[] | undefined;
}

/** An item that renders empty is an error: without resource names a rule grants all objects. */
export function compileRules(
  rules: readonly Rule[] | undefined,
  compiler: EntryCompiler,
): (scope: BuildScope) => readonly JsonObject[] {
  const parts = (rules ?? []).map((rule) => compileRule(rule, compiler));
  return (scope) => parts.map((part) => part(scope) ?? {});
}

function compileRule(rule: Rule, compiler: EntryCompiler): Part<JsonObject> {
  checkRule(rule, compiler);
  // "" is the core group.
  const groups = rule.apiGroups?.map((group) => compiler.text(group));
  const lists = (['resources', 'verbs', 'resourceNames', 'nonResourceURLs'] as const).map((key) => ({
    key,
    part: fullTextListPart(rule[key], compiler, `an item of ${key}`),
  }));
  return (scope) => {
    const built: MutableJsonObject = {};
    put(
      built,
      'apiGroups',
      groups?.map((group) => group.resolve(scope.data, scope.evaluation)),
    );
    for (const { key, part } of lists) put(built, key, part?.(scope));
    return built;
  };
}

/** What the API server refuses in any case. */
function checkRule(
  { node, apiGroups, resources, verbs, resourceNames, nonResourceURLs }: Rule,
  compiler: EntryCompiler,
): void {
  if (verbs?.length === 0) compiler.report(node, 'a rule needs verbs');
  const hasPaths = (nonResourceURLs?.length ?? 0) > 0;
  if (hasPaths && [apiGroups, resources, resourceNames].some((items) => items !== undefined)) {
    compiler.report(node, 'a rule is either for resources or for nonResourceURLs');
  } else if (!hasPaths && ((resources?.length ?? 0) === 0 || (apiGroups?.length ?? 0) === 0)) {
    compiler.report(node, 'a rule needs apiGroups and resources ("" is the core group)');
  }
}

export const subjectField = object('subject', {
  kind: required(oneOf(['ServiceAccount', 'User', 'Group']), 'Who is meant.'),
  name: required(text, 'Name of the account, user or group.'),
  namespace: optional(text, 'Of a ServiceAccount; default: that of the binding, or else of the CR.'),
});

type Subject = NonNullable<ReturnType<typeof subjectField.decode>>;

/** Everything that the server would add is there, so that what comes back is what was sent. */
export function compileSubjects(
  subjects: readonly Subject[] | undefined,
  compiler: EntryCompiler,
): (scope: BuildScope) => readonly JsonObject[] {
  const parts = (subjects ?? []).map((subject) => compileSubject(subject, compiler));
  return (scope) => parts.map((part) => part(scope) ?? {});
}

function compileSubject({ kind = 'User', name, namespace }: Subject, compiler: EntryCompiler): Part<JsonObject> {
  const isAccount = kind === 'ServiceAccount';
  if (!isAccount && namespace !== undefined) compiler.report(namespace.node, `a ${kind} has no namespace`);
  const nameOf = name === undefined ? undefined : requiredTextPart(name, compiler, 'the name of the subject');
  const namespaceOf = textPart(namespace, compiler);
  return (scope) => {
    const built: MutableJsonObject = { kind };
    if (!isAccount) built['apiGroup'] = RBAC_GROUP;
    built['name'] = nameOf?.(scope) ?? '';
    if (isAccount) built['namespace'] = namespaceOf?.(scope) ?? scope.namespace ?? ownNamespace(scope);
    return built;
  };
}

function ownNamespace({ data }: BuildScope): string {
  const { metadata } = data as { readonly metadata?: { readonly namespace?: string } };
  return metadata?.namespace ?? 'default';
}

/** The referred role; the server takes no change of it. */
export function compileRoleRef(
  reference: { readonly kind: string | undefined; readonly name: SourceText | undefined } | undefined,
  fallback: 'Role' | 'ClusterRole',
  compiler: EntryCompiler,
): (scope: BuildScope) => JsonObject {
  const source = reference?.name;
  const name = source === undefined ? undefined : requiredTextPart(source, compiler, 'the name of the role');
  return (scope) => ({ apiGroup: RBAC_GROUP, kind: reference?.kind ?? fallback, name: name?.(scope) ?? '' });
}

// The rules of a schema (x-kubernetes-validations): compiled once, then asked about objects. A rule that looks at oldSelf
// runs only where there is an old value at the same place; other rules do not count where an update changed nothing.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { invalidCause, invalidShownCause, NO_FIELD } from '../causes';
import { type DeclaredType, TypeDeclarations } from './declared-types';
import { compileRule, type CompiledRule, mistakeCause, type RuleEnvironments } from './compiled-rule';
import { newEnvironment } from './environment';
import { type CelEnvironment, type CelLibrary, celLibrary } from './library';
import { GO_RULE } from '../structural/crd-schema/go-schema';
import { entriesAt, isTrue, nodeAt, nodesAt, textAt } from '../structural/crd-schema/nodes';
import { own } from '../structural/own-keys';
import { Correlation } from '../structural/validate/correlation';
import { type FieldCause, type TypeSchema } from '../types/type-schema';

export interface RuleSet {
  /** What is wrong with the rules of a CRD. `path`: of its openAPIV3Schema, as in `CrdSchemaOptions`. */
  problems(path: string): readonly FieldCause[];
  /**
   * Rules that an object breaks. `earlier`: what is wrong with it already; rules are not asked about an object whose fields
   * are missing or of a wrong type, one more cause says so. With `old` it is an update.
   */
  validate(value: JsonValue, options?: RuleOptions): readonly FieldCause[];
}

export interface RuleOptions {
  readonly old?: JsonValue;
  readonly earlier?: readonly FieldCause[];
  /** Where the value stands; '' (the default) for a whole object. */
  readonly path?: string;
  /** Rules count although nothing changed: `old` is there for rules that ask for it. */
  readonly countsUnchanged?: boolean;
}

interface RuleNode {
  readonly node: JsonObject;
  readonly type: DeclaredType | undefined;
  readonly rules: readonly CompiledRule[];
  readonly properties: ReadonlyMap<string, RuleNode>;
  readonly values: RuleNode | undefined;
  readonly items: RuleNode | undefined;
  readonly none: () => unknown;
  readonly some: (value: unknown) => unknown;
}

/** With these the object is not what the rules were written for. */
const BLOCKING = new Set([
  ...[
    'FieldValueNotSupported',
    'FieldValueRequired',
    'FieldValueTooLong',
    'FieldValueTooMany',
    'FieldValueTypeInvalid',
  ],
]);
const NOT_CHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** Whether a schema has rules anywhere. */
export function hasRules(schema: TypeSchema): boolean {
  return schema.source !== undefined && nodeHasRules(schema.source);
}

function nodeHasRules(node: JsonObject): boolean {
  return nodesAt(node, 'x-kubernetes-validations').length > 0 || childrenOf(node).some(nodeHasRules);
}

function childrenOf(node: JsonObject): readonly JsonObject[] {
  const children = [nodeAt(node, 'items'), nodeAt(node, 'additionalProperties')];
  return [
    ...children.filter((child) => child !== undefined),
    ...entriesAt(node, 'properties').map(([, child]) => child),
  ];
}

const compiledSets = new WeakMap<TypeSchema, RuleSet | undefined>();

/**
 * The rules of a schema, compiled once; undefined (and no library is loaded) when there are none. `isResource`: it is that
 * of an object with apiVersion, kind and metadata.
 */
export function compileRules(schema: TypeSchema, isResource = true): RuleSet | undefined {
  if (!compiledSets.has(schema)) compiledSets.set(schema, newRuleSet(schema, isResource));
  return compiledSets.get(schema);
}

function newRuleSet(schema: TypeSchema, isResource: boolean): RuleSet | undefined {
  if (schema.source === undefined || !hasRules(schema)) return undefined;
  const root = compileNode(celLibrary(), schema.source, isResource);
  if (root === undefined) return undefined;
  return {
    problems: (path) => problemsOf(root, path, undefined),
    validate: (value, { old, earlier = [], path = '', countsUnchanged = false } = {}) => {
      if (earlier.some(({ reason }) => BLOCKING.has(reason))) return [invalidCause(NO_FIELD, null, NOT_CHECKED)];
      const current = old === undefined || countsUnchanged ? undefined : new Correlation(value, old, root.node);
      return validateNode(root, { value, old, path, current, parent: undefined });
    },
  };
}

/** Undefined where neither the node nor anything below has rules. */
function compileNode(library: CelLibrary, node: JsonObject, isResource: boolean): RuleNode | undefined {
  if (!nodeHasRules(node)) return undefined;
  const sources = nodesAt(node, 'x-kubernetes-validations');
  const declared = sources.length === 0 ? undefined : declareSelf(library, node, isResource);
  const below = (child: JsonObject | undefined): RuleNode | undefined =>
    child && compileNode(library, child, isTrue(child, 'x-kubernetes-embedded-resource'));
  const properties = new Map<string, RuleNode>();
  for (const [name, child] of entriesAt(node, 'properties')) {
    const compiled = below(child);
    if (compiled !== undefined) properties.set(name, compiled);
  }
  return {
    node,
    type: declared?.type,
    rules: declared === undefined ? [] : sources.map((rule) => compileRule(rule, node, declared.environments)),
    properties,
    values: below(nodeAt(node, 'additionalProperties')),
    items: below(nodeAt(node, 'items')),
    none: () => library.Optional.none(),
    some: (value) => library.Optional.of(value),
  };
}

interface DeclaredSelf {
  readonly type: DeclaredType;
  readonly environments: RuleEnvironments;
}

/** The variables of a node in four environments: oldSelf as it is or optional, lists of one type or of any. */
function declareSelf(library: CelLibrary, node: JsonObject, isResource: boolean): DeclaredSelf | undefined {
  const pair = (
    isHomogeneous: boolean,
  ): { readonly type: DeclaredType; readonly plain: CelEnvironment; readonly optional: CelEnvironment } | undefined => {
    const base = newEnvironment(library, isHomogeneous);
    const type = new TypeDeclarations(base).declare(node, isResource);
    if (type === undefined) return undefined;
    const plain = base.clone().registerVariable('self', type.name).registerVariable('oldSelf', type.name);
    const optional = base
      .clone()
      .registerVariable('self', type.name)
      .registerVariable('oldSelf', `optional<${type.name}>`);
    return { type, plain, optional };
  };
  const strict = pair(true);
  const mixed = strict === undefined ? undefined : pair(false);
  if (strict === undefined || mixed === undefined) return undefined;
  return { type: strict.type, environments: { plain: strict.plain, optional: strict.optional, mixed } };
}

interface Place {
  readonly value: JsonValue;
  readonly old: JsonValue | undefined;
  readonly path: string;
  /** What belongs together in an update; undefined where nothing does. */
  readonly current: Correlation | undefined;
  /** The nearest place above where something did. */
  readonly parent: Correlation | undefined;
}

function validateNode(compiled: RuleNode, place: Place): readonly FieldCause[] {
  if (place.value === null) return [];
  return [...ownCauses(compiled, place), ...listCauses(compiled, place), ...mapCauses(compiled, place)];
}

function ownCauses(compiled: RuleNode, place: Place): readonly FieldCause[] {
  const { rules, type, node } = compiled;
  if (rules.length === 0 || type === undefined) return [];
  try {
    return brokenRules(compiled, type, place);
  } catch (error) {
    // A value that is not what the schema says (a text that is no duration).
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return [mistakeCause(place.path, textAt(node, 'type'), detail)];
  }
}

function brokenRules({ rules, node, none, some }: RuleNode, type: DeclaredType, place: Place): readonly FieldCause[] {
  const { value, old, path, current, parent } = place;
  const self = type.toCel(value);
  const before = old === undefined || old === null ? undefined : type.toCel(old);
  const found: FieldCause[] = [];
  for (const rule of rules) {
    if (rule.usesOldSelf && before === undefined && !rule.isOldSelfOptional) continue;
    const optional = before === undefined ? none() : some(before);
    const verdict = rule.verdict({ self, oldSelf: rule.isOldSelfOptional ? optional : before });
    if (verdict === undefined) continue;
    const isRatcheted = !rule.usesOldSelf && (current ?? parent)?.isUnchanged === true;
    if (verdict.isMistake) found.push(mistakeCause(path, textAt(node, 'type'), verdict.detail));
    else if (!isRatcheted) found.push(rule.cause(path, value, verdict.detail));
  }
  return found;
}

function listCauses({ items, node }: RuleNode, { value, old, path, current, parent }: Place): readonly FieldCause[] {
  if (items === undefined || !isJsonArray(value)) return [];
  const lists = new Correlation(value, old ?? null, node);
  return value.flatMap((item, index) =>
    validateNode(items, {
      value: item,
      old: lists.item(index)?.old,
      path: `${path}[${index}]`,
      current: current?.item(index),
      parent: current ?? parent,
    }),
  );
}

function mapCauses({ properties, values }: RuleNode, place: Place): readonly FieldCause[] {
  const { value, old, path, current, parent } = place;
  if (!isJsonObject(value)) return [];
  const below = (name: string, child: RuleNode, childPath: string): readonly FieldCause[] => {
    // What a client sends there is converted away, in old and new alike.
    const isTypeMeta = current !== undefined && parent === undefined && (name === 'apiVersion' || name === 'kind');
    return validateNode(child, {
      value: own(value, name) ?? null,
      old: isJsonObject(old) ? own(old, name) : undefined,
      path: childPath,
      current: isTypeMeta ? undefined : current?.field(name),
      parent: isTypeMeta ? undefined : (current ?? parent),
    });
  };
  const found = Object.keys(value).flatMap((name) =>
    values === undefined ? [] : below(name, values, `${path}[${name}]`),
  );
  for (const [name, child] of properties) {
    if (!Object.hasOwn(value, name)) continue;
    found.push(...below(name, child, path === '' ? name : `${path}.${name}`));
  }
  return found;
}

function problemsOf(compiled: RuleNode, path: string, uncorrelatable: string | undefined): readonly FieldCause[] {
  const { node, rules, properties, values, items } = compiled;
  const sources = nodesAt(node, 'x-kubernetes-validations');
  const found: FieldCause[] = [];
  const isList = textAt(node, 'type') === 'array';
  if (values !== undefined) found.push(...problemsOf(values, `${path}.additionalProperties`, uncorrelatable));
  for (const [name, child] of properties) {
    found.push(...problemsOf(child, `${path}.properties[${name}]`, uncorrelatable));
  }
  const ofItems = isList && own(node, 'x-kubernetes-list-type') !== 'map' ? (uncorrelatable ?? path) : uncorrelatable;
  if (items !== undefined) found.push(...problemsOf(items, `${path}.items`, ofItems));
  rules.forEach((rule, index) => {
    found.push(
      ...ruleProblems(rule, sources[index] ?? {}, `${path}.x-kubernetes-validations[${index}]`, uncorrelatable),
    );
  });
  return found;
}

function ruleProblems(
  rule: CompiledRule,
  source: JsonObject,
  path: string,
  uncorrelatable: string | undefined,
): readonly FieldCause[] {
  const found: FieldCause[] = [];
  if (rule.problem !== undefined) {
    found.push(invalidShownCause(`${path}.${rule.problem.key}`, GO_RULE(source), rule.problem.text));
  }
  if (rule.usesOldSelf && uncorrelatable !== undefined) {
    const detail = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`;
    found.push(invalidCause(`${path}.rule`, textAt(source, 'rule'), detail));
  } else if (!rule.usesOldSelf && own(source, 'optionalOldSelf') !== undefined) {
    const detail = 'may not be set if oldSelf is not used in rule';
    found.push(invalidCause(`${path}.optionalOldSelf`, own(source, 'optionalOldSelf'), detail));
  }
  return found;
}

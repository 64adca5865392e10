// Objects, lists and maps of fields. Objects are strict at every depth: an unknown key is an error with the nearest
// allowed name.
import { didYouMean, type MapNode, type Problem, type SourceNode, type SourcePosition } from '../../common';
import { describeNode } from './describe-node';
import { type DecodeContext, type Decoded, type Field, type Property, type PropertyInfo } from './field.types';
import { CODE_BAD_VALUE, CODE_WRONG_TYPE, reportAt } from './scalars';

export const CODE_UNKNOWN_FIELD = 'ORK1101';
export const CODE_REQUIRED = 'ORK1104';
export const CODE_UNSUPPORTED = 'ORK1105';
export const CODE_INEFFECTIVE = 'ORK1106';

/** Where a decoded object stands; the node itself allows rules to point at single keys. */
export interface Located {
  readonly node: MapNode;
}

type Properties = Readonly<Record<string, Property<unknown>>>;
/** What an object field decodes to. */
export type ObjectOf<P extends Properties> = Decoded<P> & Located;

/** A property that may be left out. */
export function optional<T>(field: Field<T>, doc: string, info: PropertyInfo = {}): Property<T> {
  return { field, doc, required: false, ...info };
}

/** A property that must be there (null counts as absent). */
export function required<T>(field: Field<T>, doc: string): Property<T> {
  return { field, doc, required: true };
}

/**
 * A property that is read and checked as any other, and that this version cannot run: using it adds a problem of the
 * severity `unrunnable`, which a check accepts and a run refuses. `what` names the part of the product that is to come.
 */
export function later<T>(
  field: Field<T>,
  doc: string,
  what: string,
  { runs, ...info }: LaterInfo<T> = {},
): Property<T> {
  const isRun = runs === undefined ? {} : { runs: (value: unknown): boolean => runs(value as T) };
  return { field, doc, required: false, later: what, ...isRun, ...info };
}

interface LaterInfo<T> extends PropertyInfo {
  /** A value that a run can do without: the one that counts when the key is left out. */
  readonly runs?: (value: T) => boolean;
}

/** Part of the language that this version does not read at all: using it is an error that says so (DESIGN: never accepted and ignored). */
export function unsupported(doc: string): Property<SourceNode> {
  return { field: anything, doc, required: false, unsupported: doc };
}

/** A property that does nothing in this place: it is reported as a warning, and left out. */
export function ineffective(reason: string): Property<SourceNode> {
  return { field: anything, doc: reason, required: false, ineffective: reason };
}

/** Any YAML, kept as it is. */
export const anything: Field<SourceNode> = { typeName: 'any value', decode: (node) => node };

/** A map with known keys; any other key is an error with the nearest name. */
export function object<const P extends Properties>(typeName: string, properties: P): Field<ObjectOf<P>> {
  return {
    typeName,
    shape: { kind: 'object', properties },
    decode(node, context) {
      if (node.kind === 'scalar' && node.value === null) return undefined;
      if (node.kind !== 'map') {
        reportAt(node, CODE_WRONG_TYPE, `expected ${typeName} (a map), found ${describeNode(node)}`, context);
        return undefined;
      }
      reportUnknownKeys(node, typeName, properties, context);
      const decoded: Record<string, unknown> = { node };
      for (const [name, property] of Object.entries(properties)) {
        decoded[name] = decodeProperty(node, name, property, context);
      }
      return decoded as ObjectOf<P>;
    },
  };
}

function decodeProperty(node: MapNode, name: string, property: Property<unknown>, context: DecodeContext): unknown {
  const entry = node.entries.get(name);
  const isAbsent = entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null);
  if (isAbsent) {
    if (property.required) {
      reportAt(node, CODE_REQUIRED, `missing required field "${name}" (${property.field.typeName})`, context);
    }
    return undefined;
  }
  if (property.unsupported !== undefined) {
    const message = `"${name}" is not supported yet: ${property.unsupported}`;
    report(entry.keyPosition, node, name, CODE_UNSUPPORTED, message, context);
    return undefined;
  }
  if (property.ineffective !== undefined) {
    const message = `"${name}" has no effect here: ${property.ineffective}`;
    report(entry.keyPosition, node, name, CODE_INEFFECTIVE, message, context, 'warning');
    return undefined;
  }
  if (property.later === undefined || context.isUnrunnable === true) return property.field.decode(entry.value, context);
  const value = property.field.decode(entry.value, { ...context, isUnrunnable: true });
  if (value !== undefined && property.runs?.(value) === true) return value;
  const message = `"${name}" can't run with this version yet: ${property.later}`;
  report(entry.keyPosition, node, name, CODE_UNSUPPORTED, message, context, 'unrunnable');
  return value;
}

function isRefused(property: Property<unknown> | undefined): boolean {
  return property?.unsupported !== undefined || property?.ineffective !== undefined;
}

function reportUnknownKeys(node: MapNode, typeName: string, properties: Properties, context: DecodeContext): void {
  for (const entry of node.entries.values()) {
    if (Object.hasOwn(properties, entry.key)) continue;
    const allowed = Object.keys(properties);
    const hint = didYouMean(entry.key, allowed);
    const usable = allowed.filter((key) => !isRefused(properties[key]));
    const list = hint === '' ? `; allowed: ${usable.sort().join(', ')}` : '';
    report(
      entry.keyPosition,
      node,
      entry.key,
      CODE_UNKNOWN_FIELD,
      `unknown field "${entry.key}" in ${typeName}${hint}${list}`,
      context,
    );
  }
}

function report(
  position: SourcePosition,
  node: MapNode,
  key: string,
  code: string,
  message: string,
  context: DecodeContext,
  severity: Problem['severity'] = 'error',
): void {
  context.problems.add({
    severity,
    code,
    message,
    position,
    path: node.path === '' ? key : `${node.path}.${key}`,
  });
}

/** Items that fail to decode are reported and left out. */
export function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    typeName: `list of ${item.typeName}`,
    shape: { kind: 'list', item },
    decode(node, context) {
      if (node.kind !== 'list') {
        reportAt(node, CODE_WRONG_TYPE, `expected a list of ${item.typeName}, found ${describeNode(node)}`, context);
        return undefined;
      }
      return node.items
        .map((child) => (isNothing(child, item.typeName, context) ? undefined : item.decode(child, context)))
        .filter((value) => value !== undefined);
    },
  };
}

/** Null in a list or under a free key would vanish without a word. */
function isNothing(node: SourceNode, typeName: string, context: DecodeContext): boolean {
  if (node.kind !== 'scalar' || node.value !== null) return false;
  reportAt(node, CODE_WRONG_TYPE, `expected ${typeName}, found nothing`, context);
  return true;
}

/** What is wrong with a key, as a sentence; undefined when nothing is. */
export type KeyRule = (key: string) => string | undefined;

/** A map with free keys, in file order. */
export function mapOf<T>(value: Field<T>, checkKey?: KeyRule): Field<ReadonlyMap<string, T>> {
  return {
    typeName: `map of ${value.typeName}`,
    shape: { kind: 'map', value, ...(checkKey === undefined ? {} : { checkKey }) },
    decode(node, context) {
      if (node.kind !== 'map') {
        reportAt(node, CODE_WRONG_TYPE, `expected a map of ${value.typeName}, found ${describeNode(node)}`, context);
        return undefined;
      }
      const decoded = new Map<string, T>();
      for (const entry of node.entries.values()) {
        const problem = checkKey?.(entry.key);
        if (problem !== undefined) report(entry.keyPosition, node, entry.key, CODE_BAD_VALUE, problem, context);
        if (isNothing(entry.value, value.typeName, context)) continue;
        const item = value.decode(entry.value, context);
        if (item !== undefined) decoded.set(entry.key, item);
      }
      return decoded;
    },
  };
}

/** The first alternative whose node kind fits: `dependsOn: [a]` or `dependsOn: {a: healthy}`. */
export function either<A, B>(when: (node: SourceNode) => boolean, then: Field<A>, otherwise: Field<B>): Field<A | B> {
  return {
    typeName: `${then.typeName} or ${otherwise.typeName}`,
    shape: { kind: 'either', alternatives: [then, otherwise] },
    decode: (node, context) => (when(node) ? then.decode(node, context) : otherwise.decode(node, context)),
  };
}

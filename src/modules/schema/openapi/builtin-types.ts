// Schemas of the built-in kinds, from the definitions that scripts/openapi-tables.js recorded. A definition is compiled
// when it is first met and once; definitions that hold themselves (JSONSchemaProps) are linked, not copied.
import { type JsonValue } from '../../common';
import { type ListType, type TypeSchema } from '../types/type-schema';
import { readTable } from './tables';

/** A node of types.br. */
interface RawNode {
  readonly type?: TypeSchema['type'];
  readonly format?: string;
  readonly default?: JsonValue;
  readonly required?: readonly string[];
  readonly ref?: string;
  readonly items?: RawNode;
  readonly values?: RawNode;
  readonly properties?: Readonly<Record<string, RawNode>>;
  readonly goType?: string;
  readonly goPath?: string;
  readonly listType?: ListType;
  readonly listMapKeys?: readonly string[];
  readonly mapType?: 'atomic' | 'granular';
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  readonly keepsUnknown?: boolean;
}

interface RawTypes {
  readonly version: string;
  readonly kinds: readonly (readonly [group: string, version: string, kind: string, definition: string])[];
  readonly definitions: Readonly<Record<string, RawNode>>;
}

/** A kind that the recorded server knows. Kinds without a resource of their own are among them (lists, Status, Eviction). */
export interface BuiltinKind {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The name in the OpenAPI documents: `io.k8s.api.apps.v1.Deployment`. */
  readonly definition: string;
}

type Draft = { -readonly [Key in keyof TypeSchema]: TypeSchema[Key] };

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const MICRO_TIME = 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime';
/** Published as maps without fields: any content is kept as it is, and merged as one value. */
const FREE_FORM = new Set([
  'io.k8s.apimachinery.pkg.runtime.RawExtension',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1',
]);

interface Tables {
  readonly version: string;
  readonly kinds: readonly BuiltinKind[];
  readonly definitionOf: ReadonlyMap<string, string>;
  readonly raw: ReadonlyMap<string, RawNode>;
  readonly compiled: Map<string, TypeSchema>;
  /** Copies of definitions that may be under construction; `done`: how many definitions are complete. */
  readonly unfinished: {
    readonly copies: { readonly copy: Draft; readonly target: TypeSchema; readonly marks: TypeSchema }[];
    done: number;
  };
}

let loaded: Tables | undefined;

function tables(): Tables {
  if (loaded !== undefined) return loaded;
  const { version, kinds, definitions } = JSON.parse(readTable('types.br').toString('utf8')) as RawTypes;
  loaded = {
    version,
    kinds: kinds.map(([group, apiVersion, kind, definition]) => ({ group, version: apiVersion, kind, definition })),
    definitionOf: new Map(kinds.map(([group, apiVersion, kind, name]) => [keyOf(group, apiVersion, kind), name])),
    raw: new Map(Object.entries(definitions)),
    compiled: new Map(),
    unfinished: { copies: [], done: 0 },
  };
  return loaded;
}

function keyOf(group: string, version: string, kind: string): string {
  return `${group}/${version}/${kind}`;
}

/** The version of Kubernetes that the tables were recorded from: `v1.36.3`. */
export function kubernetesVersion(): string {
  return tables().version;
}

/** Every kind that `builtinSchema` knows. */
export function builtinKinds(): readonly BuiltinKind[] {
  return tables().kinds;
}

/**
 * The schema of the whole object (apiVersion, kind, metadata, ...) of a built-in kind; undefined for an unknown one.
 * The same object on every call. Nodes may hold themselves: never walk one without a value that ends.
 */
export function builtinSchema(group: string, version: string, kind: string): TypeSchema | undefined {
  const name = tables().definitionOf.get(keyOf(group, version, kind));
  return name === undefined ? undefined : builtinDefinition(name);
}

/** The schema of a definition by its name in the documents: `io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta`. */
export function builtinDefinition(name: string): TypeSchema | undefined {
  const { raw, compiled, unfinished } = tables();
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const node = raw.get(name);
  if (node === undefined) return undefined;
  const isOutermost = compiled.size === unfinished.done;
  const draft: Draft = { goType: shortName(name) };
  // Before its content: a definition that holds itself finds this very object.
  compiled.set(name, draft);
  Object.assign(draft, compile(node), { goType: draft.goType }, special(name, node));
  if (isOutermost) finish(compiled.size, unfinished);
  return draft;
}

/** Copies are filled when every definition that was under construction is complete. */
function finish(size: number, unfinished: Tables['unfinished']): void {
  for (const { copy, target, marks } of unfinished.copies.splice(0)) Object.assign(copy, target, marks);
  unfinished.done = size;
}

function special(name: string, { type, format }: RawNode): TypeSchema {
  if (name === QUANTITY) return { format: 'quantity' };
  if (name === MICRO_TIME) return { format: 'micro-time' };
  if (FREE_FORM.has(name)) return { keepsUnknown: true, isAtomicMap: true };
  // No type at all: any JSON (defaults and examples of a CRD's schema).
  return type === undefined && format === undefined ? { keepsUnknown: true } : {};
}

/** As Go prints a type: its package and its name. */
function shortName(definition: string): string {
  return definition.split('.').slice(-2).join('.');
}

function compile(node: RawNode): TypeSchema {
  if (node.ref !== undefined) return reference(node, node.ref);
  const draft: Draft = {};
  if (node.type !== undefined) draft.type = node.type;
  if (node.format !== undefined) draft.format = node.format;
  if (node.required !== undefined) draft.required = node.required;
  if (node.keepsUnknown !== undefined) draft.keepsUnknown = node.keepsUnknown;
  if (node.properties !== undefined) {
    draft.properties = new Map(Object.entries(node.properties).map(([key, child]) => [key, compile(child)]));
  }
  if (node.values !== undefined) draft.additionalProperties = compile(node.values);
  if (node.items !== undefined) draft.items = compileItems(node.items, node.goType);
  return Object.assign(draft, ownMarks(node), { goType: node.goType ?? goTypeOf(draft) });
}

/** What stands at a field beside the reference is added to a copy; a plain reference is the definition itself. */
function reference(node: RawNode, name: string): TypeSchema {
  const target = builtinDefinition(name) ?? {};
  const marks = ownMarks(node);
  if (Object.keys(marks).length === 0) return target;
  const copy: Draft = { goType: shortName(name) };
  tables().unfinished.copies.push({ copy, target, marks });
  return copy;
}

/** A list of a named type tells the type of its items: `[]v1.Capability`. */
function compileItems(items: RawNode, goType: string | undefined): TypeSchema {
  const compiled = compile(items);
  if (items.ref !== undefined || goType?.startsWith('[]') !== true) return compiled;
  return { ...compiled, goType: goType.slice(2) };
}

function ownMarks(node: RawNode): TypeSchema {
  const draft: Draft = {};
  if (node.default !== undefined) draft.default = node.default;
  if (node.goPath !== undefined) draft.goPath = node.goPath;
  if (node.listType !== undefined) draft.listType = node.listType;
  if (node.listMapKeys !== undefined) draft.listMapKeys = node.listMapKeys;
  if (node.mapType === 'atomic') draft.isAtomicMap = true;
  if (node.patchMergeKey !== undefined) draft.patchMergeKey = node.patchMergeKey;
  if (node.patchStrategy !== undefined) {
    draft.patchStrategy = node.patchStrategy.split(',') as NonNullable<TypeSchema['patchStrategy']>;
  }
  return draft;
}

/** Where the server did not say otherwise; scripts/openapi-go-types.js leaves out what follows from this. */
function goTypeOf(node: TypeSchema): string {
  switch (node.type) {
    case 'array':
      return `[]${node.items?.goType ?? 'string'}`;
    case 'object':
      return `map[string]${node.additionalProperties?.goType ?? 'string'}`;
    case 'integer':
      return node.format ?? 'int64';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    case 'string':
    case undefined:
      return node.format === 'byte' ? '[]uint8' : 'string';
  }
}

// A CRD's structural schema as a TypeSchema. Only structure is compiled: value validations are read from `source`, because
// they may stand in nested nodes (allOf, not) that have no structure of their own.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { builtinDefinition } from '../openapi';
import { type ListType, type TypeSchema } from '../types/type-schema';
import { own } from './own-keys';

type Draft = { -readonly [Key in keyof TypeSchema]: TypeSchema[Key] };

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const TEXT: TypeSchema = { type: 'string', goType: 'string' };
/** What `additionalProperties: true` says of the values: nothing, so that fields of theirs are pruned. */
const UNKNOWN: TypeSchema = {};

/**
 * Compiles the openAPIV3Schema of a version of a CRD; `crdSchemaCauses` must have found nothing wrong with it. The result
 * describes the whole object: apiVersion, kind and metadata are there whether the schema names them or not.
 */
export function compileStructuralSchema(openApiV3Schema: JsonObject): TypeSchema {
  return compileNode(openApiV3Schema, true);
}

/** Compiles a schema of a part of an object (`properties.status`). */
export function compileStructuralPart(schema: JsonObject): TypeSchema {
  return compileNode(schema, false);
}

function compileNode(node: JsonObject, isRoot: boolean): TypeSchema {
  const draft: Draft = { source: node };
  const isEmbedded = own(node, 'x-kubernetes-embedded-resource') === true;
  compileForm(node, draft);
  compileMerge(node, draft);
  if (own(node, 'x-kubernetes-preserve-unknown-fields') === true) draft.keepsUnknown = true;
  if (isEmbedded) draft.isEmbeddedResource = true;
  const properties = compileProperties(own(node, 'properties'));
  if (isRoot || isEmbedded) draft.properties = withMeta(properties);
  else if (properties !== undefined) draft.properties = properties;
  const additional = own(node, 'additionalProperties');
  if (isJsonObject(additional)) draft.additionalProperties = compileNode(additional, false);
  else if (typeof additional === 'boolean') draft.additionalProperties = UNKNOWN;
  const items = own(node, 'items');
  if (isJsonObject(items)) draft.items = compileNode(items, false);
  return draft;
}

function compileForm(node: JsonObject, draft: Draft): void {
  const isIntOrString = own(node, 'x-kubernetes-int-or-string') === true;
  const type = own(node, 'type');
  const format = own(node, 'format');
  if (isIntOrString) draft.format = 'int-or-string';
  else {
    if (typeof type === 'string' && type !== '') draft.type = type as NonNullable<TypeSchema['type']>;
    if (typeof format === 'string' && format !== '') draft.format = format;
  }
  if (own(node, 'nullable') === true) draft.nullable = true;
  const fallback = own(node, 'default');
  if (fallback !== undefined && fallback !== null) draft.default = fallback;
  const required = texts(own(node, 'required'));
  if (required.length > 0) draft.required = required;
}

function compileMerge(node: JsonObject, draft: Draft): void {
  const listType = own(node, 'x-kubernetes-list-type');
  const keys = texts(own(node, 'x-kubernetes-list-map-keys'));
  if (typeof listType === 'string') draft.listType = listType as ListType;
  if (keys.length > 0) draft.listMapKeys = keys;
  if (own(node, 'x-kubernetes-map-type') === 'atomic') draft.isAtomicMap = true;
}

function compileProperties(properties: JsonValue | undefined): Map<string, TypeSchema> | undefined {
  if (!isJsonObject(properties)) return undefined;
  const entries = Object.entries(properties).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
  return new Map(entries.map(([name, child]) => [name, compileNode(child, false)]));
}

/** The server knows these fields better than the schema, which may only restrict them. */
function withMeta(properties: ReadonlyMap<string, TypeSchema> = new Map()): ReadonlyMap<string, TypeSchema> {
  const metadata = builtinDefinition(OBJECT_META) ?? UNKNOWN;
  return new Map([['apiVersion', TEXT], ['kind', TEXT], ['metadata', metadata], ...without(properties)]);
}

function without(properties: ReadonlyMap<string, TypeSchema>): readonly (readonly [string, TypeSchema])[] {
  return [...properties].filter(([name]) => name !== 'apiVersion' && name !== 'kind' && name !== 'metadata');
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

// What the functions of managed fields have to know of a kind, and the fields that nobody ever owns.
import { type JsonObject, type JsonValue, type MutableJsonObject, setOwn } from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { FieldSet } from './field-set';
import { fieldPath } from './path-element';

/** The resource (or subresource) that is written, in the version of the request. */
export interface ManagedType {
  /** `apps/v1`, `v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty or absent for the main resource. */
  readonly subresource?: string;
  /** Of the whole object; undefined for a version that is not served (any more): its entries are dropped. */
  readonly schemaOf: (apiVersion: string) => TypeSchema | undefined;
  /**
   * A custom resource starts as nothing but apiVersion and kind; an object of a built-in kind starts with the fields that
   * its type always writes (`spec: {}`, `strategy: {}`), so that nobody owns these.
   */
  readonly isCustom: boolean;
  /** Fields that a write of this (sub)resource can't change, so that it doesn't own them: `status`, or `spec`. */
  readonly resetFields?: FieldSet;
}

/** Fields of the server, and of the identity of the object. */
export const NEVER_OWNED = FieldSet.of(
  fieldPath('apiVersion'),
  fieldPath('kind'),
  fieldPath('metadata'),
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => fieldPath('metadata', name)),
);

/** The object that a create starts from. */
export function emptyObject(type: ManagedType): JsonObject {
  const identity = { apiVersion: type.apiVersion, kind: type.kind };
  const schema = type.schemaOf(type.apiVersion);
  if (type.isCustom || schema === undefined) return identity;
  return { ...zeroObject(schema, ZERO_DEPTH), ...identity };
}

/** Structs in structs; types that hold themselves are held by pointers or lists, so this is a guard only. */
const ZERO_DEPTH = 20;

/**
 * What a value of a built-in type writes before anything is set. The published schemas tell it: a struct that is no
 * pointer has the default `{}`, a required scalar its zero value, a required list or map is null.
 */
function zeroObject(schema: TypeSchema, depth: number): JsonObject {
  const zero: MutableJsonObject = {};
  for (const [name, field] of schema.properties ?? []) {
    const value = zeroValue(field, schema.required?.includes(name) === true, depth);
    if (value !== undefined) setOwn(zero, name, value);
  }
  return zero;
}

function zeroValue(field: TypeSchema, isRequired: boolean, depth: number): JsonValue | undefined {
  const { default: preset } = field;
  if (preset === '' || preset === 0 || preset === false) return preset;
  if (isEmptyMap(preset) && depth > 0) return zeroObject(field, depth - 1);
  return isRequired && preset === undefined ? null : undefined;
}

function isEmptyMap(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** The same object in another served version (conversion None). */
export function inVersion(object: JsonObject, apiVersion: string): JsonObject {
  return object['apiVersion'] === apiVersion ? object : { ...object, apiVersion };
}

/** Without metadata.managedFields: they don't own themselves. */
export function withoutEntries(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return object;
  if (!Object.hasOwn(metadata, 'managedFields')) return object;
  const { managedFields: _, ...rest } = metadata as JsonObject;
  return { ...object, metadata: rest };
}

/** With these entries in place of those it has. */
export function withEntries(object: JsonObject, entries: JsonValue | undefined): JsonObject {
  const bare = withoutEntries(object);
  if (entries === undefined) return bare;
  const { metadata } = bare;
  return { ...bare, metadata: { ...(metadata as JsonObject | undefined), managedFields: entries } };
}

export function entriesOf(object: JsonObject): JsonValue | undefined {
  const { metadata } = object;
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
    ? (metadata as JsonObject)['managedFields']
    : undefined;
}

// Defaults of a structural schema, and null: a null that is not nullable counts as absent.
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { own, setOwn } from './own-keys';

/**
 * Fills in what is absent; the very object when nothing is. A default is put where the field is missing or null and not
 * nullable, then what stands in it is looked at again. A null without a default is dropped from maps where it is not
 * nullable, and stays in lists. Only schemas of CRDs have defaults here: built-in kinds have code for theirs.
 */
export function applyDefaults(value: JsonObject, schema: TypeSchema): JsonObject {
  return withDefaults(value, schema) as JsonObject;
}

function withDefaults(value: JsonValue, schema: TypeSchema): JsonValue {
  if (schema.source === undefined) return value;
  if (isJsonArray(value)) return listWithDefaults(value, schema.items);
  return isJsonObject(value) ? mapWithDefaults(value, schema) : value;
}

function listWithDefaults(list: JsonArray, items: TypeSchema | undefined): JsonArray {
  if (items === undefined) return list;
  let changed: JsonValue[] | undefined;
  list.forEach((item, index) => {
    const filled = withDefaults(isAbsent(item, items) ? (items.default ?? null) : item, items);
    if (filled !== item) (changed ??= [...list])[index] = filled;
  });
  return changed ?? list;
}

function mapWithDefaults(map: JsonObject, schema: TypeSchema): JsonObject {
  let changed: MutableJsonObject | undefined;
  const change = (): MutableJsonObject => (changed ??= copyOf(map));
  for (const [key, value] of Object.entries(map)) {
    const child = schema.properties?.get(key) ?? schema.additionalProperties;
    if (child === undefined || value === undefined) continue;
    const given = isAbsent(value, child) ? child.default : value;
    const filled = given === undefined ? undefined : withDefaults(given, child);
    if (filled === undefined) Reflect.deleteProperty(change(), key);
    else if (filled !== value) setOwn(change(), key, filled);
  }
  for (const [key, child] of schema.properties ?? []) {
    if (child.default === undefined || child.source === undefined || own(map, key) !== undefined) continue;
    setOwn(change(), key, withDefaults(child.default, child));
  }
  return changed ?? map;
}

/** A copy with all own keys, `__proto__` too. */
function copyOf(map: JsonObject): MutableJsonObject {
  const copy: MutableJsonObject = {};
  for (const [key, value] of Object.entries(map)) if (value !== undefined) setOwn(copy, key, value);
  return copy;
}

/** Fields of built-in types (metadata) are left alone. */
function isAbsent(value: JsonValue, schema: TypeSchema): boolean {
  return value === null && schema.source !== undefined && schema.nullable !== true;
}

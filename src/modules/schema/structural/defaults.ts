// Defaults of a structural schema, and null: a null that is not nullable counts as absent.
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
} from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { own } from './own-keys';

/**
 * Fills in what is absent; the very object when nothing is. A default is put where the field is missing or null and not
 * nullable, then what stands in it is looked at again. A null without a default is dropped from maps where it is not
 * nullable, and stays in lists. Only schemas of CRDs have defaults here: built-in kinds have code for theirs.
 */
export function applyDefaults(value: JsonObject, schema: TypeSchema, nulls: Nulls = 'dropped'): JsonObject {
  return withDefaults(value, schema, nulls) as JsonObject;
}

/** What becomes of a null that is not nullable and has no default: what is sent loses it, what apply merged keeps it. */
export type Nulls = 'dropped' | 'kept';

function withDefaults(value: JsonValue, schema: TypeSchema, nulls: Nulls): JsonValue {
  if (schema.source === undefined) return value;
  if (isJsonArray(value)) return listWithDefaults(value, schema.items, nulls);
  return isJsonObject(value) ? mapWithDefaults(value, schema, nulls) : value;
}

function listWithDefaults(list: JsonArray, items: TypeSchema | undefined, nulls: Nulls): JsonArray {
  if (items === undefined) return list;
  let changed: JsonValue[] | undefined;
  list.forEach((item, index) => {
    const filled = withDefaults(isAbsent(item, items) ? (items.default ?? null) : item, items, nulls);
    if (filled !== item) (changed ??= [...list])[index] = filled;
  });
  return changed ?? list;
}

function mapWithDefaults(map: JsonObject, schema: TypeSchema, nulls: Nulls): JsonObject {
  let changed: MutableJsonObject | undefined;
  const change = (): MutableJsonObject => (changed ??= copyOf(map));
  for (const [key, value] of Object.entries(map)) {
    const child = schema.properties?.get(key) ?? schema.additionalProperties;
    if (child === undefined || value === undefined) continue;
    const given = isAbsent(value, child) ? (child.default ?? (nulls === 'kept' ? null : undefined)) : value;
    const filled = given === undefined ? undefined : withDefaults(given, child, nulls);
    if (filled === undefined) Reflect.deleteProperty(change(), key);
    else if (filled !== value) setOwn(change(), key, filled);
  }
  for (const [key, child] of schema.properties ?? []) {
    if (child.default === undefined || child.source === undefined || own(map, key) !== undefined) continue;
    setOwn(change(), key, withDefaults(child.default, child, nulls));
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

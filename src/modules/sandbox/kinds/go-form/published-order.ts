// The order in which the real server writes the fields of an object. Objects here keep the order in which they came;
// it matters only where an answer quotes one.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { type TypeSchema } from '../../../schema';
import { GO_FIELDS } from '../recorded/go-fields.table';

/** The same value: structs in the order of their Go types, maps by key. Fields that the schema does not know come last. */
export function inGoOrder(value: JsonValue, schema: TypeSchema): JsonValue {
  if (isJsonArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item) => inGoOrder(item, items));
  }
  if (!isJsonObject(value) || schema.keepsUnknown === true) return value;
  const made: Record<string, JsonValue> = {};
  for (const key of orderOf(value, schema)) {
    const child = schema.properties?.get(key) ?? schema.additionalProperties;
    const member = value[key];
    if (member !== undefined) made[key] = child === undefined ? member : inGoOrder(member, child);
  }
  return made;
}

function orderOf(value: JsonObject, { goType = '' }: TypeSchema): readonly string[] {
  const keys = Object.keys(value).sort();
  const order = Object.hasOwn(GO_FIELDS, goType) ? GO_FIELDS[goType]?.order : undefined;
  if (order === undefined) return keys;
  const known = order.split(' ').filter((name) => Object.hasOwn(value, name));
  return [...known, ...keys.filter((key) => !known.includes(key))];
}

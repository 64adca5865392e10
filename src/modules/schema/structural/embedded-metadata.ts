// Metadata of an object inside of an object went through a Go type: what says nothing is not there any more.
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

/** Without empty members in the metadata of embedded objects; the very object when there are none. */
export function settleEmbedded(object: JsonObject, schema: TypeSchema): JsonObject {
  return settleMap(object, schema);
}

function settle(value: JsonValue, schema: TypeSchema): JsonValue {
  if (schema.source === undefined) return value;
  if (isJsonArray(value)) return settleList(value, schema.items);
  return isJsonObject(value) ? settleMap(value, schema) : value;
}

function settleList(list: JsonArray, items: TypeSchema | undefined): JsonArray {
  if (items === undefined) return list;
  const settled = list.map((item) => settle(item, items));
  return settled.every((item, index) => item === list[index]) ? list : settled;
}

function settleMap(map: JsonObject, schema: TypeSchema): JsonObject {
  const settled: MutableJsonObject = {};
  let isSame = true;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const next = key === 'metadata' && schema.isEmbeddedResource === true ? settledMetadata(value) : below(key, value);
    isSame &&= next === value;
    setOwn(settled, key, next);
  }
  return isSame ? map : settled;

  function below(key: string, value: JsonValue): JsonValue {
    const child = schema.properties?.get(key) ?? schema.additionalProperties;
    return child === undefined ? value : settle(value, child);
  }
}

function settledMetadata(value: JsonValue): JsonValue {
  if (value === null) return {};
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => !isEmpty(member));
  return kept.length === Object.keys(value).length ? value : Object.fromEntries(kept);
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  if (isJsonArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, setOwn } from '../../../common';

/** A value that is new in the object: what carries `$patch` is left out, undefined for the value itself. */
export function withoutDirectives(value: JsonValue): JsonValue | undefined {
  if (isJsonArray(value)) {
    return value.map(withoutDirectives).filter((item): item is JsonValue => item !== undefined);
  }
  if (!isJsonObject(value)) return value;
  if (Object.hasOwn(value, '$patch')) return undefined;
  return mapped(value, withoutDirectives);
}

/** Members of maps that are null are left out, at any depth. */
export function withoutNulls(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return mapped(value, (item) => (item === null ? undefined : withoutNulls(item)));
}

function mapped(map: JsonObject, change: (value: JsonValue) => JsonValue | undefined): JsonObject {
  const changed: Record<string, JsonValue | undefined> = {};
  for (const key of Object.keys(map)) {
    const item = map[key];
    const value = item === undefined ? undefined : change(item);
    if (value !== undefined) setOwn(changed, key, value);
  }
  return changed;
}

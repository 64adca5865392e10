import { type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';

/** A deep copy of plain JSON; a member named __proto__ stays an ordinary member. */
export function cloneJson(value: JsonObject): MutableJsonObject {
  return cloneObject(value);
}

function cloneValue(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(cloneValue);
  return cloneObject(value as JsonObject);
}

function cloneObject(value: JsonObject): MutableJsonObject {
  const made: MutableJsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    const copy = cloneValue(member);
    if (key === '__proto__') {
      Object.defineProperty(made, key, { value: copy, enumerable: true, writable: true, configurable: true });
    } else made[key] = copy;
  }
  return made;
}

// Fields are data of users: `__proto__` and `constructor` are names like any other.
import { type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';

/** The value of an own key. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets an own key, whatever its name is. */
export function setOwn(object: MutableJsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  } else object[key] = value;
}

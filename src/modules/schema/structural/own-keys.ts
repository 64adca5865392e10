// Fields are data of users: `__proto__` and `constructor` are names like any other.
import { type JsonObject, type JsonValue } from '../../common';

/** The value of an own key. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

import { createHash } from 'node:crypto';
import { type JsonArray, type JsonObject, type JsonValue, type MutableJsonObject } from './json.types';

/** A map: neither null nor a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that keeps the element type of a read-only list. */
export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** A number of either form (see JsonValue). */
export function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Without a fraction. */
export function isWhole(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isInteger(value);
}

const INT64_BOUND = 2 ** 63;

/** A whole number that an API server holds as an int64; it takes every other number for a float64. */
export function isInt64(value: number | bigint): boolean {
  return isWhole(value) && value >= -INT64_BOUND && value < INT64_BOUND;
}

/** A scalar as text; '' for null, a list, a map and an absent value. */
export function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/**
 * Deep equality of plain JSON; a key with the value undefined equals an absent key, and numbers are compared by value
 * (1e17 is a number here, and comes back from a server as a bigint).
 */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    a === undefined ||
    b === undefined
  ) {
    return isSameNumber(a, b);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) {
      if (!jsonEquals(a[index] as JsonValue, b[index] as JsonValue)) return false;
    }
    return true;
  }
  return objectEquals(a as JsonObject, b as JsonObject);
}

/** Of a number and a bigint. */
export function isSameNumber(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (typeof a === 'bigint') return typeof b === 'number' && a === exactly(b);
  return typeof b === 'bigint' && typeof a === 'number' && b === exactly(a);
}

/** As it comes back from a server: written in its shortest digits, which need not be those of the float64. */
function exactly(value: number): bigint | undefined {
  return isInt64(value) ? BigInt(String(value)) : undefined;
}

function objectEquals(a: JsonObject, b: JsonObject): boolean {
  let defined = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    defined++;
    if (!jsonEquals(a[key], b[key])) return false;
  }
  for (const key in b) if (b[key] !== undefined) defined--;
  return defined === 0;
}

/** JSON text with sorted keys: equal values give equal text. */
export function stableStringify(value: JsonValue | undefined): string {
  if (value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => stableStringify(item as JsonValue)).join(',')}]`;
  const object = value as JsonObject;
  const parts: string[] = [];
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) parts.push(`${JSON.stringify(key)}:${stableStringify(object[key])}`);
  }
  return `{${parts.join(',')}}`;
}

/** Lower-case hex SHA-256 of UTF-8 text. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The value at a path of map keys, or undefined where a step is missing or not a map. Only own keys count. */
export function valueAt(root: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let value = root;
  for (const key of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** Sets a value at a path, making maps on the way; a scalar in the way is replaced by a map. Only own keys count. */
export function setAt(root: MutableJsonObject, path: readonly string[], value: JsonValue): void {
  let target = root;
  path.forEach((key, index) => {
    if (index === path.length - 1) {
      setOwn(target, key, value);
      return;
    }
    const next = Object.hasOwn(target, key) ? target[key] : undefined;
    const child: MutableJsonObject = isJsonObject(next) ? next : {};
    setOwn(target, key, child);
    target = child;
  });
}

/** Sets an own key, whatever its name is (`__proto__` too). */
export function setOwn(target: MutableJsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  } else target[key] = value;
}

/** A deep copy without absent members; a member named `__proto__` stays an ordinary member. */
export function cloneJson(value: JsonObject): MutableJsonObject;
export function cloneJson(value: JsonValue): JsonValue;
export function cloneJson(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map((item) => cloneJson(item));
  if (!isJsonObject(value)) return value;
  const copy: MutableJsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member !== undefined) setOwn(copy, key, cloneJson(member));
  }
  return copy;
}

/** Freezes a tree in place and returns it; for tests and for compile results. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
  return value;
}

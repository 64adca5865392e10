// Does the live object still say what we want? Only paths of the desired object count: fields that others own, defaults
// of the server, status are not looked at (engine contract §2.3). Lists are matched by merge key, as server-side apply
// does; quantities and int-or-string are compared by value, because the server rewrites them (`1000m` comes back as `1`).
import {
  isJsonObject,
  isSameNumber,
  jsonEquals,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  quantityEquals,
  scalarText,
} from '../../common';
import { type CompareHints } from './compare-hints';

/** One place where live is not as desired. */
export interface Difference {
  /** Dotted path; items of keyed lists as `containers[name=web]`. */
  readonly path: string;
  readonly desired: JsonValue;
  readonly live: JsonValue | undefined;
}

/** How desired and live objects of one kind are compared. */
export interface Comparison {
  /** Path of the first place where live differs at a desired path; undefined when nothing differs. Allocates nothing then. */
  firstDifference(desired: JsonObject, live: JsonObject): string | undefined;
  /** All of them, in the order of the desired object. */
  differences(desired: JsonObject, live: JsonObject): readonly Difference[];
}

interface Shape {
  readonly fields: Map<string, Shape>;
  anyField?: Shape;
  item?: Shape;
  mergeKeys?: readonly string[];
  isSet?: boolean;
  form?: 'quantity' | 'intOrString';
  isAtomic?: boolean;
  hasCompletedItems?: boolean;
  omitsZero?: boolean;
}

/** Compiles the hints of a kind once. */
export function compileComparison(hints: CompareHints): Comparison {
  const root = newShape();
  for (const [path, keys] of Object.entries(hints.mergeKeys)) shapeAt(root, path.replace(/\[\]$/, '')).mergeKeys = keys;
  for (const path of hints.sets) shapeAt(root, path).isSet = true;
  for (const path of hints.quantities) shapeAt(root, path).form = 'quantity';
  for (const path of hints.intOrString) shapeAt(root, path).form = 'intOrString';
  for (const path of hints.atomicMaps ?? []) shapeAt(root, path).isAtomic = true;
  for (const path of hints.completedItems ?? []) shapeAt(root, path).hasCompletedItems = true;
  for (const path of hints.zeroOmitted ?? []) shapeAt(root, path).omitsZero = true;
  return {
    firstDifference(desired, live) {
      if (sameObject(desired, live, root)) return undefined;
      return collect(desired, live, root, 1)[0]?.path;
    },
    differences: (desired, live) => collect(desired, live, root, Number.MAX_SAFE_INTEGER),
  };
}

function newShape(): Shape {
  return { fields: new Map() };
}

function shapeAt(root: Shape, path: string): Shape {
  let shape = root;
  for (const segment of path.split('.')) {
    const name = segment.replace(/\[\]$/, '');
    shape = name === '*' ? (shape.anyField ??= newShape()) : child(shape, name);
    if (segment.endsWith('[]')) shape = shape.item ??= newShape();
  }
  return shape;
}

function child(shape: Shape, name: string): Shape {
  const existing = shape.fields.get(name);
  if (existing !== undefined) return existing;
  const created = newShape();
  shape.fields.set(name, created);
  return created;
}

function shapeOf(shape: Shape | undefined, key: string): Shape | undefined {
  return shape === undefined ? undefined : (shape.fields.get(key) ?? shape.anyField);
}

// ---- the fast path: yes or no

function same(desired: JsonValue, live: JsonValue | undefined, shape: Shape | undefined): boolean {
  if (desired === live) return true;
  if (Array.isArray(desired)) {
    return Array.isArray(live)
      ? sameList(desired as JsonArray, live as JsonArray, shape)
      : desired.length === 0 && live === undefined;
  }
  if (isJsonObject(desired)) {
    return isJsonObject(live) ? sameObject(desired, live, shape) : live === undefined && isBlank(desired);
  }
  return sameScalar(desired, live, shape);
}

function sameObject(desired: JsonObject, live: JsonObject, shape: Shape | undefined): boolean {
  for (const key in desired) {
    const value = desired[key];
    if (value !== undefined && !same(value, live[key], shapeOf(shape, key))) return false;
  }
  return shape?.isAtomic !== true || sameKeys(desired, live);
}

function sameList(desired: JsonArray, live: JsonArray, shape: Shape | undefined): boolean {
  if (shape?.mergeKeys !== undefined) {
    for (let index = 0; index < desired.length; index++) {
      const item = desired[index] as JsonValue;
      const match = itemLike(item, live, shape.mergeKeys, index);
      if (match === undefined || !same(item, match, shape.item)) return false;
    }
    return true;
  }
  if (shape?.isSet === true) return desired.every((item) => live.some((other) => jsonEquals(item, other)));
  if (desired.length !== live.length) return false;
  const isCompleted = shape?.hasCompletedItems === true;
  return desired.every(
    (item, index) => same(item, live[index], shape?.item) && (isCompleted || sameKeys(item, live[index])),
  );
}

/** Items of an atomic list and atomic maps are whole values: no extra keys. */
function sameKeys(desired: JsonValue, live: JsonValue | undefined): boolean {
  return !isJsonObject(desired) || (isJsonObject(live) && Object.keys(live).every((key) => desired[key] !== undefined));
}

/** The item of a keyed list; the same index is tried first, because order rarely changes. */
function itemLike(item: JsonValue, live: JsonArray, keys: readonly string[], index: number): JsonObject | undefined {
  if (!isJsonObject(item)) return undefined;
  const matches = (other: JsonValue | undefined): other is JsonObject =>
    isJsonObject(other) && keys.every((key) => item[key] === other[key]);
  const guess = live[index];
  return matches(guess) ? guess : live.find(matches);
}

function sameScalar(desired: JsonValue, live: JsonValue | undefined, shape: Shape | undefined): boolean {
  if (live === undefined) return shape?.omitsZero === true && (desired === false || desired === 0 || desired === '');
  if (typeof live === 'object') return false;
  if (isSameNumber(desired, live)) return true;
  if (shape?.form === 'quantity') return quantityEquals(desired as string, live as string);
  return shape?.form === 'intOrString' && scalarText(desired) === scalarText(live);
}

function isBlank(object: JsonObject): boolean {
  for (const key in object) if (object[key] !== undefined) return false;
  return true;
}

// ---- the slow path: where

function collect(desired: JsonObject, live: JsonObject, shape: Shape | undefined, limit: number): Difference[] {
  const found: Difference[] = [];
  visit(desired, live, shape, '', found, limit);
  return found;
}

function visit(
  desired: JsonValue,
  live: JsonValue | undefined,
  shape: Shape | undefined,
  path: string,
  found: Difference[],
  limit: number,
): void {
  if (found.length >= limit || same(desired, live, shape)) return;
  if (isJsonObject(desired) && isJsonObject(live) && shape?.isAtomic !== true) {
    for (const key of Object.keys(desired)) {
      const value = desired[key];
      if (value !== undefined) {
        visit(value, live[key], shapeOf(shape, key), path === '' ? key : `${path}.${key}`, found, limit);
      }
    }
    return;
  }
  if (Array.isArray(desired) && Array.isArray(live) && shape?.mergeKeys !== undefined) {
    const keys = shape.mergeKeys;
    (desired as JsonArray).forEach((item, index) => {
      const label = keys.map((key) => `${key}=${scalarText((item as JsonObject)[key])}`).join(',');
      visit(item, itemLike(item, live as JsonArray, keys, index), shape.item, `${path}[${label}]`, found, limit);
    });
    return;
  }
  found.push({ path, desired, live });
}

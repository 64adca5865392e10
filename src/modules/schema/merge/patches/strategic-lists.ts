// Lists in a strategic merge patch: merged by key or as a set, and ordered by the patch first, by the live list second.
import { isJsonArray, isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../../../common';
import { type TypeSchema } from '../../types/type-schema';
import { goPrinted } from '../go-text';
import { PatchRefused } from '../merge.errors';
import { badType, failure, type ListType, missingKey, unknownDirective } from './strategic-types';

const DIRECTIVE = '$patch';

export type ListKind = 'maps' | 'scalars';

export interface ListMerge {
  readonly type: ListType;
  /** The patch names scalars that go. */
  readonly isDeletion: boolean;
  readonly mergeMaps: (live: JsonObject, patch: JsonObject, schema: TypeSchema | undefined) => JsonObject;
}

export function mergeLists(list: JsonArray, patch: JsonArray, merge: ListMerge): JsonArray {
  if (list.length === 0 && patch.length === 0) return list;
  const { mergeKey } = merge.type;
  const kind = listKind([list, patch]);
  if (kind === 'scalars') {
    if (merge.isDeletion) return list.filter((item) => !patch.includes(item));
    return inOrder(unique([...list, ...patch]), { wanted: patch, live: list }, kind, mergeKey);
  }
  if (mergeKey === '') throw failure(`cannot merge lists without merge key for struct`);
  const { live, items } = splitDirectives(list as readonly JsonObject[], patch as readonly JsonObject[], mergeKey);
  const merged = mergeItems(live, items, merge);
  return inOrder(merged, { wanted: items, live }, kind, mergeKey);
}

/** @throws PatchRefused for items of several types, and for lists of lists. */
export function listKind(lists: readonly JsonArray[]): ListKind {
  let first: string | undefined;
  for (const item of lists.flat()) {
    const kind = kindOf(item);
    first ??= kind;
    if (first === 'list') throw new PatchRefused(422, 'Invalid', 'lists of lists are not supported');
    if (kind !== first) throw failure(`list element types are not identical: [${lists.map(goPrinted).join(' ')}]`);
  }
  if (first === undefined) throw failure('no elements in any of the given slices');
  return first === 'map' ? 'maps' : 'scalars';
}

function kindOf(item: JsonValue): string {
  if (isJsonArray(item)) return 'list';
  if (isJsonObject(item)) return 'map';
  return item === null ? 'null' : typeof item;
}

/** Without duplicates; the last item takes the place of one that goes. */
function unique(items: readonly JsonValue[]): JsonValue[] {
  const left = [...items];
  for (let at = 0; at < left.length - 1; at++) {
    for (let other = at + 1; other < left.length; other++) {
      if (left[at] !== left[other]) continue;
      const last = left.pop() as JsonValue;
      if (other < left.length) left[other] = last;
      other--;
    }
  }
  return left;
}

function splitDirectives(
  list: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
): { readonly live: readonly JsonObject[]; readonly items: readonly JsonObject[] } {
  let live = list;
  let isReplaced = false;
  const items: JsonObject[] = [];
  for (const item of patch) {
    const directive = Object.hasOwn(item, DIRECTIVE) ? item[DIRECTIVE] : undefined;
    if (directive === undefined) items.push(item);
    else if (directive === 'replace') isReplaced = true;
    else if (directive === 'merge') throw failure('merging lists cannot yet be specified in the patch');
    else if (directive !== 'delete') throw unknownDirective(directive, item);
    else {
      const key = keyOf(item, mergeKey);
      if (key === undefined) throw missingKey(item, mergeKey);
      live = live.filter((other) => keyOf(other, mergeKey) !== key);
    }
  }
  return isReplaced ? { live: items, items: [] } : { live, items };
}

function keyOf(item: JsonValue, mergeKey: string): JsonValue | undefined {
  return isJsonObject(item) && Object.hasOwn(item, mergeKey) ? item[mergeKey] : undefined;
}

function mergeItems(live: readonly JsonObject[], patch: readonly JsonObject[], merge: ListMerge): JsonObject[] {
  const { mergeKey, items } = merge.type;
  const merged = [...live];
  for (const item of patch) {
    const key = keyOf(item, mergeKey);
    if (key === undefined) throw missingKey(item, mergeKey);
    const at = merged.findIndex((other) => keyOf(other, mergeKey) === key);
    const twin = merged[at];
    if (twin === undefined) merged.push(item);
    else merged[at] = merge.mergeMaps(twin, item, items);
  }
  return merged;
}

/**
 * Items that the wanted order names stand in it; the others stay in the live order, as far as possible before those that
 * they were before.
 */
export function inOrder(
  items: JsonArray,
  { wanted, live }: { readonly wanted: JsonArray; readonly live: JsonArray },
  kind: ListKind,
  mergeKey: string,
): JsonArray {
  const sameAs = sameness(kind, mergeKey);
  const indexIn = (list: JsonArray, item: JsonValue): number => list.findIndex((other) => sameAs(other, item));
  if (mergeKey !== '') for (const item of items) refuseWithoutKey(item, wanted, mergeKey);
  const named = sorted(
    items.filter((item) => indexIn(wanted, item) >= 0),
    (item) => indexIn(wanted, item),
  );
  const others = sorted(
    items.filter((item) => indexIn(wanted, item) < 0),
    (item) => indexIn(live, item),
  );
  if (kind === 'maps') for (const item of wanted) refuseWithoutKey(item, [], mergeKey);
  const result: JsonValue[] = [];
  let [next, nextNamed] = [0, 0];
  while (next < others.length && nextNamed < named.length) {
    const [other, mine] = [others[next] as JsonValue, named[nextNamed] as JsonValue];
    const [otherAt, mineAt] = [indexIn(live, other), indexIn(live, mine)];
    const isBefore = otherAt >= 0 && mineAt >= 0 && otherAt < mineAt;
    result.push(isBefore ? other : mine);
    if (isBefore) next++;
    else nextNamed++;
  }
  return [...result, ...others.slice(next), ...named.slice(nextNamed)];
}

function sameness(kind: ListKind, mergeKey: string): (a: JsonValue, b: JsonValue) => boolean {
  if (kind === 'scalars') return (a, b) => a === b;
  return (a, b) => {
    const key = keyOf(a, mergeKey);
    return key !== undefined && key === keyOf(b, mergeKey);
  };
}

function refuseWithoutKey(item: JsonValue, others: JsonArray, mergeKey: string): void {
  if (!isJsonObject(item)) throw badType('map[string]interface {}', item);
  if (keyOf(item, mergeKey) === undefined) throw missingKey(item, mergeKey);
  const wrong = others.findIndex((other) => !isJsonObject(other));
  if (wrong >= 0) throw failure(`value for key ${wrong} is not a map`);
}

/** An item without an index goes in front of the one before it. */
function sorted(items: JsonArray, indexOf: (item: JsonValue) => number): JsonArray {
  const result: JsonValue[] = [];
  for (const item of items) {
    let at = result.length;
    while (at > 0 && isBefore(indexOf(item), indexOf(result[at - 1] as JsonValue))) at--;
    result.splice(at, 0, item);
  }
  return result;
}

function isBefore(index: number, other: number): boolean {
  return index < 0 || other < 0 || index < other;
}

/** Items of a patch must be in the order that the patch itself names. */
export function refuseOtherOrder(patch: JsonArray, order: JsonArray, mergeKey: string): void {
  if (patch.length === 0 || order.length === 0) return;
  const items = mergeKey === '' ? patch : patch.filter((item) => !isDeleted(item));
  let [at, inOrderAt] = [0, 0];
  while (at < items.length && inOrderAt < order.length) {
    const item = items[at] as JsonValue;
    if (isJsonObject(item) && Object.hasOwn(item, DIRECTIVE)) {
      at++;
      continue;
    }
    if (isSameItem(item, order[inOrderAt] as JsonValue, mergeKey)) at++;
    inOrderAt++;
  }
  if (at >= items.length) return;
  throw failure(
    `The order in patch list:\n${goPrinted(patch)}\n doesn't match $setElementOrder list:\n${goPrinted(order)}\n`,
  );
}

function isDeleted(item: JsonValue): boolean {
  if (!isJsonObject(item)) throw badType('map[string]interface {}', item);
  return Object.hasOwn(item, DIRECTIVE) && item[DIRECTIVE] === 'delete';
}

function isSameItem(item: JsonValue, ordered: JsonValue, mergeKey: string): boolean {
  if (mergeKey === '') return item === ordered;
  for (const one of [item, ordered]) {
    if (!isJsonObject(one)) throw badType('map[string]interface {}', one);
    if (keyOf(one, mergeKey) === undefined) throw missingKey(one, mergeKey);
  }
  return keyOf(item, mergeKey) === keyOf(ordered, mergeKey);
}

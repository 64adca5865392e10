// Strategic merge patch of built-in kinds: lists are merged by the merge keys of their types, and directives in the patch
// say what else is meant (`$patch`, `$retainKeys`, `$setElementOrder/x`, `$deleteFromPrimitiveList/x`).
import {
  goQuote,
  isJsonArray,
  isJsonObject,
  isNumber,
  isWhole,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  setOwn,
} from '../../../common';
import { type TypeSchema } from '../../types/type-schema';
import { goPrinted } from '../go-text';
import { PatchRefused } from '../merge.errors';
import { unmarshalProblem } from './body-kinds';
import { withoutDirectives, withoutNulls } from './directives';
import { restoreProblem } from './restore';
import { inOrder, type ListKind, listKind, mergeLists, refuseOtherOrder } from './strategic-lists';
import { badType, fieldOf, type ListType, listTypeOf, unknownDirective } from './strategic-types';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const ORDER = '$setElementOrder';
const DELETE = '$deleteFromPrimitiveList';

/**
 * The object with the patch merged in; as the server has it before decoding, which leaves out null and what the schema
 * does not have.
 * @throws PatchRefused: 400 for a patch of a wrong form, 500 (as a real server answers) for one that can't be merged, 422
 *   when the result does not fit the type.
 */
export function applyStrategicPatch(object: JsonObject, patch: JsonValue, schema: TypeSchema): JsonObject {
  if (patch === null) return object;
  if (!isJsonObject(patch)) {
    throw new PatchRefused(400, 'BadRequest', unmarshalProblem(patch, 'map[string]interface {}'));
  }
  const merged = mergeMaps(object, patch, schema);
  const problem = restoreProblem(merged, schema);
  if (problem !== undefined) throw unfit(patch, problem);
  return merged;
}

function unfit(patch: JsonObject, problem: string): PatchRefused {
  const message = `Invalid value: ${goQuote(goPrinted(patch))}: ${problem}`;
  return new PatchRefused(422, 'Invalid', ` "" is invalid: patch: ${message}`, [
    { reason: 'FieldValueInvalid', message, field: 'patch' },
  ]);
}

type Draft = Map<string, JsonValue>;

/** @param schema of the maps; undefined where nothing is known of their fields. */
function mergeMaps(object: JsonObject, patch: JsonObject, schema: TypeSchema | undefined): JsonObject {
  const directive = own(patch, DIRECTIVE);
  if (directive !== undefined) return byDirective(directive, patch);
  const merged = draftOf(object);
  const wanted = draftOf(patch);
  retainKeys(merged, wanted);
  orderLists(merged, wanted, schema);
  for (const [key, value] of wanted) mergeField(merged, key, value, schema);
  return objectOf(merged);
}

function byDirective(directive: JsonValue, patch: JsonObject): JsonObject {
  if (directive === 'delete') return {};
  if (directive !== 'replace') throw unknownDirective(directive, patch);
  const replacement = draftOf(patch);
  replacement.delete(DIRECTIVE);
  return objectOf(replacement);
}

/** Of a union: what the patch does not name goes. */
function retainKeys(merged: Draft, wanted: Draft): void {
  const keys = wanted.get(RETAIN_KEYS);
  if (keys === undefined) return;
  wanted.delete(RETAIN_KEYS);
  const refused = new PatchRefused(400, 'BadRequest', 'invalid patch format of retainKeys');
  if (!isJsonArray(keys)) throw refused;
  const retained = new Set(keys);
  for (const [key, value] of wanted) {
    if (value === null || key.startsWith(DELETE) || key.startsWith(ORDER)) continue;
    if (!retained.has(key)) throw refused;
  }
  for (const key of merged.keys()) if (!retained.has(key)) merged.delete(key);
}

/** Lists whose order the patch names are merged here, and put in that order. */
function orderLists(merged: Draft, wanted: Draft, schema: TypeSchema | undefined): void {
  for (const [directive, order] of [...wanted]) {
    if (!directive.startsWith(ORDER)) continue;
    wanted.delete(directive);
    const key = keyOfDirective(directive, ORDER, 'invalid patch format of setElementOrder list');
    if (!isJsonArray(order)) throw badType('[]interface {}', order);
    const [list, patch] = [listIn(merged, key), listIn(wanted, key)];
    const type = listTypeOf(schema, key);
    refuseOtherOrder(patch ?? [], order, type.mergeKey);
    if (list === undefined && patch === undefined) continue;
    merged.set(key, orderedList({ list, patch, order }, type));
    wanted.delete(key);
  }
}

function orderedList(
  lists: {
    readonly list: JsonArray | undefined;
    readonly patch: JsonArray | undefined;
    readonly order: JsonArray;
  },
  type: ListType,
): JsonArray {
  const { list, patch, order } = lists;
  let items: JsonArray;
  if (patch === undefined) items = list ?? [];
  else if (list === undefined) items = withoutDirectives(patch) as JsonArray;
  else items = mergedList(list, patch, type);
  const kind: ListKind = listKind([list ?? [], patch ?? []]);
  return inOrder(items, { wanted: order, live: list ?? [] }, kind, type.mergeKey);
}

function mergedList(list: JsonArray, patch: JsonArray, type: ListType): JsonArray {
  return type.isMerged ? mergeLists(list, patch, { type, isDeletion: false, mergeMaps }) : patch;
}

function listIn(draft: Draft, key: string): JsonArray | undefined {
  const value = draft.get(key);
  if (value !== undefined && !isJsonArray(value)) throw badType('[]interface {}', value);
  return value;
}

function keyOfDirective(directive: string, prefix: string, problem: string): string {
  const slash = directive.indexOf('/');
  if (directive.slice(0, slash) !== prefix) throw new PatchRefused(400, 'BadRequest', problem);
  return directive.slice(slash + 1);
}

function mergeField(merged: Draft, name: string, value: JsonValue, schema: TypeSchema | undefined): void {
  const isDeletion = name.startsWith(DELETE);
  const key = isDeletion ? keyOfDirective(name, DELETE, 'invalid patch format of primitive list') : name;
  if (value === null) {
    merged.delete(key);
    return;
  }
  const live = merged.get(key);
  if (live !== undefined && isSameType(live, value)) {
    merged.set(key, mergeSame(live, value, { schema, key, isDeletion }));
  } else if (!isDeletion) {
    const taken = withoutDirectives(withoutNulls(value));
    if (taken === undefined) merged.delete(key);
    else merged.set(key, taken);
  }
}

function isSameType(a: JsonValue, b: JsonValue): boolean {
  if (isNumber(a) && isNumber(b)) return isWhole(a) === isWhole(b);
  return typeof a === typeof b && isJsonArray(a) === isJsonArray(b) && (a === null) === (b === null);
}

function mergeSame(
  live: JsonValue,
  value: JsonValue,
  {
    schema,
    key,
    isDeletion,
  }: {
    readonly schema: TypeSchema | undefined;
    readonly key: string;
    readonly isDeletion: boolean;
  },
): JsonValue {
  if (isJsonObject(live) && isJsonObject(value)) {
    const field = fieldOf(schema, key);
    return field.isReplaced ? value : mergeMaps(live, value, field.schema);
  }
  if (isJsonArray(live) && isJsonArray(value)) {
    const type = listTypeOf(schema, key);
    return type.isMerged || isDeletion ? mergeLists(live, value, { type, isDeletion, mergeMaps }) : value;
  }
  return value;
}

function own(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function draftOf(map: JsonObject): Draft {
  const draft: Draft = new Map();
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) draft.set(key, value);
  }
  return draft;
}

function objectOf(draft: Draft): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of draft) setOwn(object, key, value);
  return object;
}

// Items that a list may hold once only (listType set and map).
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
  stableStringify,
} from '../../../common';
import { duplicateCause, invalidCause } from '../../causes';
import { type FieldCause, type TypeSchema } from '../../types/type-schema';
import { own } from '../own-keys';

/**
 * Duplicates in lists of listType set and map of a custom resource; items of a listType map that are no maps. An update of
 * an object that had such duplicates already is not checked: call this for the old object too.
 */
export function validateLists(value: JsonValue, schema: TypeSchema, path = ''): readonly FieldCause[] {
  if (schema.source === undefined) return [];
  if (isJsonArray(value)) return [...checkList(value, schema, path), ...checkItems(value, schema, path)];
  if (!isJsonObject(value)) return [];
  const found: FieldCause[] = [];
  for (const [name, child] of Object.entries(value)) {
    if (child === undefined) continue;
    const { additionalProperties } = schema;
    const known = schema.properties?.get(name);
    if (additionalProperties !== undefined) {
      found.push(...validateLists(child, additionalProperties, `${path}[${name}]`));
    }
    if (known !== undefined) found.push(...validateLists(child, known, path === '' ? name : `${path}.${name}`));
  }
  return found;
}

function checkItems(list: JsonArray, { items }: TypeSchema, path: string): readonly FieldCause[] {
  return items === undefined ? [] : list.flatMap((item, index) => validateLists(item, items, `${path}[${index}]`));
}

function checkList(list: JsonArray, schema: TypeSchema, path: string): readonly FieldCause[] {
  if (schema.listType === 'set') return duplicates(list, path);
  if (schema.listType !== 'map') return [];
  const misfit = list.findIndex((item) => item !== null && !isJsonObject(item));
  if (misfit >= 0) {
    return [invalidCause(`${path}[${misfit}]`, list[misfit], 'must be an object for an array of list-type map')];
  }
  const keys = schema.listMapKeys ?? [];
  return duplicates(
    list.map((item) => keysOf(isJsonObject(item) ? item : {}, keys)),
    path,
  );
}

/** The keys that an item has; an item may lack some. */
function keysOf(item: JsonObject, keys: readonly string[]): JsonObject {
  const found: MutableJsonObject = {};
  for (const key of keys) {
    const value = own(item, key);
    if (value !== undefined) setOwn(found, key, value);
  }
  return found;
}

/** Each value that comes again is told once, at its second place. */
function duplicates(values: readonly JsonValue[], path: string): readonly FieldCause[] {
  const times = new Map<string, number>();
  return values.flatMap((value, index) => {
    const text = stableStringify(value);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    return before === 1 ? [duplicateCause(`${path}[${index}]`, value)] : [];
  });
}

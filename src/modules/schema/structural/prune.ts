// What a schema would drop silently ("pruning"), and the same walk that only tells it (fieldValidation). The desired status
// of the reconciler goes through it before the diff, because a field that the server never keeps would differ for ever.
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
import { compileStructuralPart } from './compile';

/** What a schema leaves of an object. */
export interface Pruned {
  readonly value: JsonObject;
  /** Dotted paths that the schema does not know: `spec.list[0].name`. */
  readonly dropped: readonly string[];
}

const compiled = new WeakMap<JsonObject, TypeSchema>();

/** What the API server would keep of a part of an object with the CRD's schema of that part; the very object when all of it. */
export function pruneBySchema(value: JsonObject, schema: JsonObject): Pruned {
  let part = compiled.get(schema);
  if (part === undefined) compiled.set(schema, (part = compileStructuralPart(schema)));
  return prune(value, part);
}

/** Drops the fields that the schema does not know; the very object when it knows all. */
export function prune(value: JsonObject, schema: TypeSchema): Pruned {
  const dropped: string[] = [];
  const kept = pruneValue(value, { schema, keeps: false, path: '' }, dropped) as JsonObject;
  return { value: kept, dropped };
}

/**
 * Dotted paths of the fields that the schema does not know, as fieldValidation tells them: of a built-in kind in the order
 * of the object, of a custom resource those of metadata first, the others sorted.
 */
export function unknownFields(value: JsonObject, schema: TypeSchema): readonly string[] {
  const { dropped } = prune(value, schema);
  if (schema.source === undefined) return dropped;
  const isOfMetadata = (path: string): boolean => path.startsWith('metadata.');
  return [...dropped.filter(isOfMetadata), ...dropped.filter((path) => !isOfMetadata(path)).sort()];
}

interface Place {
  /** Undefined: a place of which nothing is known; maps lose all fields there. */
  readonly schema: TypeSchema | undefined;
  /** An item of a list that keeps what it does not know is kept like the list. */
  readonly keeps: boolean;
  readonly path: string;
}

function pruneValue(value: JsonValue, place: Place, dropped: string[]): JsonValue {
  if (isJsonArray(value)) return pruneList(value, place, dropped);
  return isJsonObject(value) ? pruneMap(value, place, dropped) : value;
}

function pruneList(list: JsonArray, { schema, keeps, path }: Place, dropped: string[]): JsonArray {
  const keepsItems = keeps || schema?.keepsUnknown === true;
  let changed: JsonValue[] | undefined;
  list.forEach((item, index) => {
    const place = { schema: schema?.items, keeps: keepsItems, path: `${path}[${index}]` };
    const kept = pruneValue(item, place, dropped);
    if (kept !== item) (changed ??= [...list])[index] = kept;
  });
  return changed ?? list;
}

function pruneMap(map: JsonObject, { schema, keeps, path }: Place, dropped: string[]): JsonObject {
  const keepsUnknown = keeps || schema?.keepsUnknown === true;
  const kept: MutableJsonObject = {};
  let isSame = true;
  for (const [key, value] of Object.entries(map)) {
    if (value === undefined) continue;
    const known = schema?.properties?.get(key) ?? schema?.additionalProperties;
    const childPath = path === '' ? key : `${path}.${key}`;
    if (known !== undefined) {
      const child = pruneValue(value, { schema: known, keeps: false, path: childPath }, dropped);
      isSame &&= child === value;
      setOwn(kept, key, child);
    } else if (keepsUnknown) setOwn(kept, key, value);
    else {
      isSame = false;
      dropped.push(childPath);
    }
  }
  return isSame ? map : kept;
}

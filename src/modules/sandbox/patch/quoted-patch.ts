// The object that a JSON or merge patch made, as an answer quotes it: what the patch went through is a map, with its keys
// in order; what it did not touch stands as the server wrote it; what it brought stands as it came (JSON patch), or with
// its keys in order (merge patch).
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../../common';
import { goJson, type TypeSchema } from '../../schema';
import { inGoOrder } from '../kinds';

type PatchType = 'json' | 'merge';

export function quotedPatch(live: JsonObject, patched: JsonObject, schema: TypeSchema, type: PatchType): string {
  return goJson(touched(live, patched, schema, type), 'as given');
}

function touched(live: JsonObject, patched: JsonObject, schema: TypeSchema, type: PatchType): JsonValue {
  const keys = Object.keys(patched).sort();
  const childOf = (key: string): TypeSchema => schema.properties?.get(key) ?? schema.additionalProperties ?? {};
  return Object.fromEntries(keys.map((key) => [key, quoted(live[key], patched[key] ?? null, childOf(key), type)]));
}

function quoted(live: JsonValue | undefined, patched: JsonValue, schema: TypeSchema, type: PatchType): JsonValue {
  if (live !== undefined && jsonEquals(live, patched)) return inGoOrder(patched, schema);
  if (isJsonObject(live) && isJsonObject(patched)) return touched(live, patched, schema, type);
  // A schema that knows nothing puts the keys of maps in order.
  if (type === 'merge') return inGoOrder(patched, EVERYTHING);
  if (!isJsonArray(live) || !isJsonArray(patched)) return patched;
  const { items = {} } = schema;
  return patched.map((item, index) => {
    const same = live.find((one) => jsonEquals(one, item)) ?? live[index];
    return quoted(same, item, items, type);
  });
}

/** Maps and lists of themselves. */
const EVERYTHING: TypeSchema = {
  get additionalProperties() {
    return EVERYTHING;
  },
  get items() {
    return EVERYTHING;
  },
};

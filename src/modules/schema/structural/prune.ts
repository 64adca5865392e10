// What a CRD's structural schema would drop silently (apiextensions "pruning"). The desired status goes through it
// before the diff, because a field that the server never keeps would differ for ever (engine contract §2.6).
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';

/** What a schema leaves of an object. */
export interface Pruned {
  readonly value: JsonObject;
  /** Dotted paths that the schema does not know. */
  readonly dropped: readonly string[];
}

/** What the API server would keep of the value; the very object when that is all of it. */
export function pruneBySchema(value: JsonObject, schema: JsonObject): Pruned {
  const dropped: string[] = [];
  const pruned = pruneObject(value, schema, '', dropped);
  return { value: dropped.length === 0 ? value : pruned, dropped };
}

function pruneValue(value: JsonValue, schema: JsonObject, path: string, dropped: string[]): JsonValue {
  if (isJsonArray(value)) {
    const { items } = schema;
    return isJsonObject(items)
      ? value.map((item, index) => pruneValue(item, items, `${path}[${index}]`, dropped))
      : value;
  }
  return isJsonObject(value) ? pruneObject(value, schema, path, dropped) : value;
}

function pruneObject(value: JsonObject, schema: JsonObject, path: string, dropped: string[]): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = schema['additionalProperties'];
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true || additional === true;
  const embedded = schema['x-kubernetes-embedded-resource'] === true ? ['apiVersion', 'kind', 'metadata'] : [];
  const result: MutableJsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const childPath = path === '' ? key : `${path}.${key}`;
    const known = properties[key] ?? (isJsonObject(additional) ? additional : undefined);
    if (isJsonObject(known)) result[key] = pruneValue(item, known, childPath, dropped);
    else if (keepsUnknown || embedded.includes(key)) result[key] = item;
    else dropped.push(childPath);
  }
  return result;
}

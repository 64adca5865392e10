import {
  int64Of,
  type JsonObject,
  type JsonValue,
  type MapNode,
  type MutableJsonObject,
  setOwn,
  type SourceNode,
} from '../../common';

/** The plain JSON of a node; whole numbers of an int64 keep their digits, others become a float64, as for an API server. */
export function toJson(node: SourceNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value === 'bigint') return int64Of(node.value) ?? Number(node.value);
      // JSON has one zero.
      return node.value === 0 ? 0 : node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return toJsonObject(node);
  }
}

/** As toJson. */
export function toJsonObject(node: MapNode): JsonObject {
  const object: MutableJsonObject = {};
  for (const { key, value } of node.entries.values()) setOwn(object, key, toJson(value));
  return object;
}

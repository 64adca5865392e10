import {
  int64Of,
  type JsonObject,
  type JsonValue,
  type MapNode,
  type MutableJsonObject,
  type SourceNode,
} from '../../common';

/** The plain JSON of a node; whole numbers of an int64 keep their digits, others become a float64, as for an API server. */
export function toJson(node: SourceNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'bigint' ? (int64Of(node.value) ?? Number(node.value)) : node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return toJsonObject(node);
  }
}

/** As toJson. */
export function toJsonObject(node: MapNode): JsonObject {
  return objectOf(node, toJson);
}

/** As toJsonObject; what several trees share is made once, and shared by what comes of them. */
export function sharedToJson(): (node: MapNode) => JsonObject {
  const made = new Map<SourceNode, JsonValue>();
  const convert = (node: SourceNode): JsonValue => {
    if (node.kind === 'scalar') return toJson(node);
    const known = made.get(node);
    if (known !== undefined) return known;
    const value = node.kind === 'list' ? node.items.map(convert) : objectOf(node, convert);
    made.set(node, value);
    return value;
  };
  return (node) => convert(node) as JsonObject;
}

function objectOf(node: MapNode, convert: (value: SourceNode) => JsonValue): JsonObject {
  const object: MutableJsonObject = {};
  for (const { key, value } of node.entries.values()) {
    if (key === '__proto__') defineOwn(object, key, convert(value));
    else object[key] = convert(value);
  }
  return object;
}

/** A name like any other, where an assignment would mean something else. */
function defineOwn(object: MutableJsonObject, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

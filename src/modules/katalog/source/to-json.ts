import { type JsonObject, type JsonValue, type MapNode, type MutableJsonObject, type SourceNode } from '../../common';

/** The plain JSON of a node; integers beyond 2^53 lose digits (Kubernetes manifests hold none). */
export function toJson(node: SourceNode): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return toJsonObject(node);
  }
}

/** As toJson. */
export function toJsonObject(node: MapNode): JsonObject {
  const object: MutableJsonObject = {};
  for (const { key, value } of node.entries.values()) {
    Object.defineProperty(object, key, {
      value: toJson(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}

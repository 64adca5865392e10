// What of the old object belongs to a place of the new one ("ratcheting", KEP-4008): an error at a place that an update
// leaves as it was does not count. Fields belong together by name, items of a list only by the keys of listType map.
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, jsonText, type JsonValue } from '../../../common';
import { own } from '../own-keys';

export class Correlation {
  private equal: boolean | undefined;
  private items: Map<string, JsonValue> | undefined;

  constructor(
    readonly value: JsonValue,
    readonly old: JsonValue,
    /** The structural node of the place. */
    private readonly node: JsonObject,
  ) {}

  /** Nothing changed here. Lists of listType map are compared by key. */
  get isUnchanged(): boolean {
    return (this.equal ??= this.compare());
  }

  /** Undefined when the field is new, or the schema does not know it. */
  field(name: string): Correlation | undefined {
    if (!isJsonObject(this.old) || !isJsonObject(this.value)) return undefined;
    const value = own(this.value, name);
    const old = own(this.old, name);
    const node = childNode(this.node, name);
    if (value === undefined || old === undefined || node === undefined) return undefined;
    return new Correlation(value, old, node);
  }

  /** Undefined when the list is not of listType map, or the item is new. */
  item(index: number): Correlation | undefined {
    const items = own(this.node, 'items');
    if (!isJsonArray(this.value) || !isJsonArray(this.old) || !isJsonObject(items)) return undefined;
    const keys = own(this.node, 'x-kubernetes-list-map-keys');
    if (own(this.node, 'x-kubernetes-list-type') !== 'map' || !isJsonArray(keys)) return undefined;
    const value = this.value[index];
    if (!isJsonObject(value)) return undefined;
    const old = this.oldItems(this.old, keys).get(keyOf(value, keys));
    return old === undefined ? undefined : new Correlation(value, old, items);
  }

  private oldItems(old: readonly JsonValue[], keys: readonly JsonValue[]): Map<string, JsonValue> {
    if (this.items === undefined) {
      this.items = new Map();
      for (const item of old) if (isJsonObject(item)) this.items.set(keyOf(item, keys), item);
    }
    return this.items;
  }

  private compare(): boolean {
    const { value, old } = this;
    if (isJsonObject(value) && isJsonObject(old)) {
      const names = Object.keys(value);
      if (names.length !== Object.keys(old).length) return false;
      return names.every((name) => this.field(name)?.isUnchanged === true);
    }
    if (!isJsonArray(value) || !isJsonArray(old)) return jsonEquals(value, old);
    if (value.length !== old.length) return false;
    if (own(this.node, 'x-kubernetes-list-type') !== 'map') return jsonEquals(value, old);
    return value.every((_, index) => this.item(index)?.isUnchanged === true);
  }
}

function keyOf(item: JsonObject, keys: readonly JsonValue[]): string {
  return jsonText(keys.map((key) => (typeof key === 'string' ? (own(item, key) ?? null) : null)));
}

function childNode(node: JsonObject, name: string): JsonObject | undefined {
  const properties = own(node, 'properties');
  const known = isJsonObject(properties) ? own(properties, name) : undefined;
  if (isJsonObject(known)) return known;
  const additional = own(node, 'additionalProperties');
  return isJsonObject(additional) ? additional : undefined;
}

// Trees are never changed: these make new ones that share what stays. A moved value keeps its position and its path.
import { type ListNode, type MapEntry, type MapNode, type ScalarNode, type SourceNode } from '../../common';

/** The value at a path of keys; undefined when a step is no map or has no such key. */
export function nodeAt(node: SourceNode | undefined, ...path: readonly string[]): SourceNode | undefined {
  return path.reduce<SourceNode | undefined>(
    (at, key) => (at?.kind === 'map' ? at.entries.get(key)?.value : undefined),
    node,
  );
}

export function mapAt(node: SourceNode | undefined, ...path: readonly string[]): MapNode | undefined {
  const found = nodeAt(node, ...path);
  return found?.kind === 'map' ? found : undefined;
}

/** Items of the list at a path; none when there is no list. */
export function itemsAt(node: SourceNode | undefined, ...path: readonly string[]): readonly SourceNode[] {
  const found = nodeAt(node, ...path);
  return found?.kind === 'list' ? found.items : [];
}

/** Text of the scalar at a path; undefined when there is none, or null. */
export function textAt(node: SourceNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, ...path);
  return found?.kind === 'scalar' && found.value !== null ? found.text : undefined;
}

export function withEntries(map: MapNode, entries: Iterable<MapEntry>): MapNode {
  return { ...map, entries: new Map([...entries].map((entry) => [entry.key, entry])) };
}

/** `value` under `key`, in the place of what stood there, else at the end. A new key stands where its value stands. */
export function withValue(map: MapNode, key: string, value: SourceNode): MapNode {
  const keyPosition = map.entries.get(key)?.keyPosition ?? value.position;
  return { ...map, entries: new Map(map.entries).set(key, { key, keyPosition, value }) };
}

export function withoutKey(map: MapNode, key: string): MapNode {
  if (!map.entries.has(key)) return map;
  return withEntries(
    map,
    [...map.entries.values()].filter((entry) => entry.key !== key),
  );
}

/** As `withValue` at the end of a path; missing maps are made, standing where the value stands. */
export function withValueAt(map: MapNode, path: readonly string[], value: SourceNode): MapNode {
  const [key, ...rest] = path;
  if (key === undefined) return map;
  if (rest.length === 0) return withValue(map, key, value);
  const below = mapAt(map, key) ?? emptyMap(value, map.path === '' ? key : `${map.path}.${key}`);
  return withValue(map, key, withValueAt(below, rest, value));
}

/** Without the key at the end of a path; maps that hold nothing then stay. */
export function withoutKeyAt(map: MapNode, path: readonly string[]): MapNode {
  const [key, ...rest] = path;
  if (key === undefined) return map;
  if (rest.length === 0) return withoutKey(map, key);
  const below = mapAt(map, key);
  return below === undefined ? map : withValue(map, key, withoutKeyAt(below, rest));
}

export function emptyMap({ position }: Pick<SourceNode, 'position'>, path: string): MapNode {
  return { kind: 'map', position, path, entries: new Map() };
}

export function listOf(items: readonly SourceNode[], at: Pick<SourceNode, 'position' | 'path'>): ListNode {
  return { kind: 'list', position: at.position, path: at.path, items };
}

/** Another text in the place of a node; its characters all stand where the node begins. */
export function scalarAt(
  at: Pick<SourceNode, 'position' | 'path'>,
  value: string | number | boolean | null,
  style: ScalarNode['style'] = typeof value === 'string' ? 'quoted' : 'plain',
): ScalarNode {
  const { position, path } = at;
  const text = value === null ? '' : String(value);
  return { kind: 'scalar', position, path, value, text, style, locate: () => position };
}

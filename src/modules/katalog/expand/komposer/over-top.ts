// The top level of a Komposer over that of what it imports: its own values win, lists of named things grow.
import { type MapNode, type SourceNode } from '../../../common';
import { itemsAt, listOf, mapAt, nodeAt, textAt, withoutKeyAt, withValue } from '../../source/tree';

/** Everything but spec.crds, which has rules of its own. */
export function overTop(base: MapNode, own: MapNode): MapNode {
  const kept = withoutKeyAt(base, ['spec', 'crds']);
  const rest = withoutKeyAt(own, ['spec', 'crds']);
  return overMap(kept, rest, []);
}

/** Said of the Komposer itself only. */
const OWN_KEYS: readonly string[] = ['apiVersion', 'kind', 'metadata', 'lifecycle', 'policy'];

function overMap(base: MapNode, own: MapNode, path: readonly string[]): MapNode {
  let merged = own;
  for (const { key, value } of base.entries.values()) {
    if (path.length === 0 && OWN_KEYS.includes(key)) continue;
    const declared = nodeAt(own, key);
    merged = withValue(merged, key, declared === undefined ? value : over(value, declared, [...path, key]));
  }
  return merged;
}

function over(base: SourceNode, own: SourceNode, path: readonly string[]): SourceNode {
  if (base.kind === 'map' && own.kind === 'map') return overMap(base, own, path);
  if (base.kind === 'list' && own.kind === 'list') return overList(base.items, own);
  return own;
}

/** The imported items first; one that the Komposer names in the same way goes. */
function overList(base: readonly SourceNode[], own: SourceNode): SourceNode {
  const nameOf = (item: SourceNode): string | undefined => textAt(mapAt(item), 'name');
  const names = new Set(itemsAt(own).map(nameOf));
  const kept = base.filter((item) => nameOf(item) === undefined || !names.has(nameOf(item)));
  return listOf([...kept, ...itemsAt(own)], own);
}

// What the table says about one map of a file, before anything is changed: normalisation and `ork migrate` both act on
// these steps, so they can't disagree.
import { type MapEntry, type MapNode, type SourceNode } from '../../common';
import { type Spelling } from './spellings';

/** One value that stands under a deprecated spelling. Paths begin at the map. */
export interface Step {
  readonly old: readonly string[];
  /** Undefined: an empty block, which goes away. */
  readonly canonical: readonly string[] | undefined;
  readonly entry: MapEntry;
  /** What stands at the canonical path already. */
  readonly taken: MapEntry | undefined;
}

/** The steps of one row in one map; none when the spelling is not used, or its target lies in something else than a map. */
export function stepsOf(map: MapNode, { old, canonical, joins }: Spelling): readonly Step[] {
  const entry = entryAt(map, old);
  if (entry === undefined || isBlocked(map, canonical)) return [];
  const taken = entryAt(map, canonical);
  if (!joins || taken?.value.kind !== 'map') return [{ old, canonical, entry, taken }];
  if (isEmpty(entry.value)) return [{ old, canonical: undefined, entry, taken: undefined }];
  if (entry.value.kind !== 'map') return [{ old, canonical, entry, taken }];
  const { entries } = taken.value;
  return [...entry.value.entries.values()].map((part) => ({
    old: [...old, part.key],
    canonical: [...canonical, part.key],
    entry: part,
    taken: entries.get(part.key),
  }));
}

/** What is left of the blocks that the language gave up. */
export function leftovers(map: MapNode, spellings: readonly Spelling[]): readonly MapEntry[] {
  const names = new Set(spellings.flatMap(({ place }) => place.formerBlocks ?? []));
  return [...names].flatMap((name) => map.entries.get(name) ?? []);
}

/** Nothing, or a map without keys. */
export function isEmpty(node: SourceNode): boolean {
  return node.kind === 'map' ? node.entries.size === 0 : isNothing(node);
}

function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function entryAt(map: MapNode, path: readonly string[]): MapEntry | undefined {
  const [first = '', ...rest] = path;
  const entry = map.entries.get(first);
  if (rest.length === 0 || entry === undefined) return entry;
  return entry.value.kind === 'map' ? entryAt(entry.value, rest) : undefined;
}

/** The decoder says what is wrong with a block that is no map. */
function isBlocked(map: MapNode, path: readonly string[]): boolean {
  const [first = '', ...rest] = path;
  const value = map.entries.get(first)?.value;
  if (rest.length === 0 || value === undefined || isNothing(value)) return false;
  return value.kind !== 'map' || isBlocked(value, rest);
}

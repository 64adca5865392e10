// How what a file holds and what stands in the block become one. What stands in the block is the nearer word: it comes
// last in a list, and wins in a map.
import { type MapEntry, type MapNode, type SourceNode } from '../../../common';
import { listOf, textAt, withEntries } from '../../source/tree';
import { noteItems } from '../note-items';

/** `inline` is undefined when the block holds no such key. */
export interface MergeRule {
  /** What the file has to hold. */
  readonly kind: 'list' | 'map' | 'list or map';
  merge(included: SourceNode, inline: SourceNode | undefined): SourceNode;
}

/** A value that is no list or map is left for the decoder to refuse. */
function isPart(node: SourceNode | undefined): node is Exclude<SourceNode, { kind: 'scalar' }> {
  return node !== undefined && node.kind !== 'scalar';
}

/** Those of the file, then those of the block. */
export const inlineLast: MergeRule = {
  kind: 'list',
  merge(included, inline) {
    if (inline === undefined || isNothing(inline)) return included;
    if (included.kind !== 'list' || inline.kind !== 'list') return inline;
    return listOf([...included.items, ...inline.items], inline);
  },
};

/** As `inlineLast`, for notes, which may also be a map. */
export const notesLast: MergeRule = {
  kind: 'list or map',
  merge(included, inline) {
    if (inline === undefined || isNothing(inline)) return included;
    if (!isPart(included) || !isPart(inline)) return inline;
    return listOf([...noteItems(included), ...noteItems(inline)], inline);
  },
};

/** Key by key; the block wins. */
export const inlineByKey: MergeRule = {
  kind: 'map',
  merge(included, inline) {
    if (inline === undefined || isNothing(inline)) return included;
    if (included.kind !== 'map' || inline.kind !== 'map') return inline;
    const kept = [...included.entries.values()].filter(({ key }) => !inline.entries.has(key));
    return withEntries(inline, [...kept, ...inline.entries.values()]);
  },
};

/** A list whose items have names; an item of the block takes the place of one of the file. */
export const inlineByName: MergeRule = {
  kind: 'list',
  merge(included, inline) {
    if (inline === undefined || isNothing(inline)) return included;
    if (included.kind !== 'list' || inline.kind !== 'list') return inline;
    const names = new Set(inline.items.map((item) => textAt(item, 'name')));
    const kept = included.items.filter((item) => !names.has(textAt(item, 'name')));
    return listOf([...kept, ...inline.items], inline);
  },
};

/** Setting by setting, also below; the block wins. */
export const inlineSettings: MergeRule = {
  kind: 'map',
  merge: (included, inline) => (inline === undefined || isNothing(inline) ? included : settings(included, inline)),
};

function settings(included: SourceNode, inline: SourceNode): SourceNode {
  if (included.kind !== 'map' || inline.kind !== 'map') return inline;
  const entries = new Map<string, MapEntry>(included.entries);
  for (const entry of inline.entries.values()) {
    const first = entries.get(entry.key);
    entries.set(entry.key, first === undefined ? entry : { ...entry, value: settings(first.value, entry.value) });
  }
  return withEntries(inline, entries.values());
}

/** Lists by class: those of the file, then those of the block. */
export const classByClass: MergeRule = {
  kind: 'map',
  merge(included, inline) {
    if (inline === undefined || isNothing(inline)) return included;
    if (included.kind !== 'map' || inline.kind !== 'map') return inline;
    return mergeClasses(included, inline);
  },
};

/** Profiles of two places: lists of one class after each other. */
export function mergeClasses(first: MapNode, second: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(first.entries);
  for (const entry of second.entries.values()) {
    const value = inlineLast.merge(
      entries.get(entry.key)?.value ?? entry.value,
      entries.has(entry.key) ? entry.value : undefined,
    );
    entries.set(entry.key, { ...entry, value });
  }
  return withEntries(second, entries.values());
}

function isNothing(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

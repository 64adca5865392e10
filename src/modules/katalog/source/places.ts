// Values of a tree by the steps to them: a key, `*` for any key, `[]` for any item.
import { type MapEntry, type SourceNode } from '../../common';
import { withEntries } from './tree';

/** The tree with every value at the place changed; the same tree when `change` gives back what it got. */
export function changedAt(
  node: SourceNode,
  steps: readonly string[],
  change: (value: SourceNode) => SourceNode,
): SourceNode {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node);
  if (step === '[]') {
    if (node.kind !== 'list') return node;
    const items = node.items.map((item) => changedAt(item, rest, change));
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (node.kind !== 'map') return node;
  const present = step === '*' ? [...node.entries.values()] : [node.entries.get(step)];
  const changed = present.flatMap((entry): MapEntry[] => {
    if (entry === undefined) return [];
    const value = changedAt(entry.value, rest, change);
    return value === entry.value ? [] : [{ ...entry, value }];
  });
  if (changed.length === 0) return node;
  return withEntries(node, [...node.entries.values(), ...changed]);
}

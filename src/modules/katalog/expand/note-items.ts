import { type SourceNode } from '../../common';
import { emptyMap, itemsAt, scalarAt, withValue } from '../source/tree';

/** The long form of notes, which may also be a map of names to expressions. */
export function noteItems(functions: SourceNode): readonly SourceNode[] {
  if (functions.kind !== 'map') return itemsAt(functions);
  return [...functions.entries.values()].map(({ key, keyPosition, value }) => {
    const name = scalarAt({ position: keyPosition, path: value.path }, key);
    return withValue(withValue(emptyMap(name, value.path), 'name', name), 'expression', value);
  });
}

// Blocks that may stand in a file of their own: expand/include reads them before anything is decoded, so the decoders
// never see one; people and editors do.
import { type SourceText } from '../../common';
import { type Field, literal, object, optional, type Property, required } from '../../schema';

/** A block that may stand in a file of its own, under this key. */
export function include(key: string): Property<SourceText> {
  return optional(literal, `A file beside this one with "${key}:".`);
}

/** An item in whose place a file may put several. */
export function orIncluded<T>(item: Field<T>, key: string): Field<T> {
  const instead = object(`include of ${key}`, {
    include: required(literal, `A file beside this one with "${key}:"; what it holds takes the place of this item.`),
  });
  return { ...item, shape: { kind: 'either', alternatives: [item, instead] } };
}

/** A value of a map in which the key "include" names a file with more of them. */
export function orFileName<T>(value: Field<T>): Field<T> {
  return { ...value, shape: { kind: 'either', alternatives: [value, literal] } };
}

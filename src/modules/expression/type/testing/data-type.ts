// The type of a value that is there: what a schema that fits the data would say. Maps are open, because data does not say
// which other keys there could be. What the value counts as is known, so code that never runs is known, too.
import { isMap, isTrue, kindOf, type Value } from '../../template/value';
import { BOOL, FLOAT, INT, listOf, NIL, objectOf, type Simple, TEXT, type Type, UNKNOWN, unionOf } from '../type';

const seen = new WeakMap<object, Type>();

export function typeOfData(value: Value): Type {
  const earlier = typeof value === 'object' && value !== null ? seen.get(value) : undefined;
  if (earlier !== undefined) return earlier;
  const type: Type = kindOf(value) === 'nil' ? NIL : { ...known(value), truth: isTrue(value) };
  if (typeof value === 'object' && value !== null) seen.set(value, type);
  return type;
}

function known(value: Value): Simple {
  switch (kindOf(value)) {
    case 'int':
      return { ...INT, value: Number(value) };
    case 'float':
      return FLOAT;
    case 'bool':
      return BOOL;
    case 'list':
      return listOf(itemType(value as readonly Value[]));
    case 'map': {
      const fields = isMap(value) ? Object.entries(value) : [];
      return objectOf(new Map(fields.map(([key, field]) => [key, typeOfData(field)])), 'open');
    }
    default:
      return TEXT;
  }
}

/** A schema has one type for all items; only one that says nothing fits a list of different things. */
function itemType(items: readonly Value[]): Type {
  return new Set(items.map(kindOf)).size > 1 ? UNKNOWN : unionOf(items.map(typeOfData));
}

// How notes look into objects of Kubernetes: a step that is missing or of another type gives the zero value, never an
// error, because children appear and disappear between two passes.
import { fieldOf, isList, isMap, type Value } from '../../template/value';
import { toCount } from '../values/numbers';

type ValueMap = { readonly [key: string]: Value };

/** What nobody finds in the object. */
const NONE: ValueMap = {};

/** The value at a path of keys and, for lists, indexes; undefined where a step is missing. */
export function at(value: Value, ...path: readonly (string | number)[]): Value {
  let found = value;
  for (const step of path) {
    if (typeof step === 'number') found = isList(found) ? found[step] : undefined;
    else found = isMap(found) ? fieldOf(found, step) : undefined;
  }
  return found ?? undefined;
}

/** A text; '' for anything else. */
export function textAt(value: Value, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function countAt(value: Value, ...path: readonly (string | number)[]): number {
  return toCount(at(value, ...path));
}

export function mapAt(value: Value, ...path: readonly (string | number)[]): ValueMap {
  const found = at(value, ...path);
  return isMap(found) ? found : NONE;
}

export function listAt(value: Value, ...path: readonly (string | number)[]): readonly Value[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** The texts that are not empty, joined as every note prints a list. */
export function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(', ');
}

/** The first condition of `status.conditions` with this type. */
export function conditionOf(object: Value, type: string): Value {
  return listAt(object, 'status', 'conditions').find((condition) => at(condition, 'type') === type);
}

export function isConditionTrue(object: Value, type: string): boolean {
  return listAt(object, 'status', 'conditions').some(
    (condition) => at(condition, 'type') === type && at(condition, 'status') === 'True',
  );
}

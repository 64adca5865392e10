// What macros with two variables are put into (two-variable-macros.ts): the keys of a map or the indexes of a list, and
// maps made of what was found.
import { celEquals } from '../equality';
import { type CelEnvironment } from '../library';

export function registerTwoVariables(environment: CelEnvironment): void {
  const add = environment.registerFunction.bind(environment);
  add('keys_of(list<A>): list<int>', (list: readonly unknown[]) => list.map((_, index) => BigInt(index)));
  add('keys_of(map<A, B>): list<A>', (map: ReadonlyMap<unknown, unknown>) => [...entriesOf(map).keys()]);
  add('map_of(list<A>, list<B>): map<A, B>', (keys: readonly unknown[], values: readonly unknown[]) =>
    joined(keys.map((key, index) => new Map([[key, values[index]]]))),
  );
  add('joined(list<map<A, B>>): map<A, B>', (maps: readonly ReadonlyMap<unknown, unknown>[]) => joined(maps));
}

function entriesOf(map: ReadonlyMap<unknown, unknown>): ReadonlyMap<unknown, unknown> {
  return map instanceof Map ? map : new Map(Object.entries(map));
}

function joined(maps: readonly ReadonlyMap<unknown, unknown>[]): ReadonlyMap<unknown, unknown> {
  const made = new Map<unknown, unknown>();
  for (const map of maps) {
    for (const [key, value] of entriesOf(map)) {
      if ([...made.keys()].some((known) => celEquals(known, key))) {
        throw new Error(`insert failed: key ${String(key)} already exists`);
      }
      made.set(key, value);
    }
  }
  return made;
}

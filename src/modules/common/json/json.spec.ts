import fc from 'fast-check';
import { deepFreeze, jsonEquals, scalarText, setAt, stableStringify, valueAt } from './json';
import { type JsonValue, type MutableJsonObject } from './json.types';

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;
/** The same value with the keys of every map in another order. */
function shuffled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => shuffled(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item as JsonValue)]),
  );
}

describe('jsonEquals and stableStringify', () => {
  it('do not look at the order of keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonEquals(value, shuffled(value))).toBe(true);
        expect(stableStringify(value)).toBe(stableStringify(shuffled(value)));
      }),
    );
  });

  it('agree with each other', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(jsonEquals(a, b)).toBe(stableStringify(a) === stableStringify(b));
      }),
    );
  });

  it('take a key of the value undefined for an absent one', () => {
    expect(jsonEquals({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(jsonEquals({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(stableStringify({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});

describe('valueAt and setAt', () => {
  it('find again what was set, and make maps on the way', () => {
    const path = fc.array(fc.stringMatching(/^[a-z_]{1,9}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(path, json, (keys, value) => {
        const root: MutableJsonObject = {};
        setAt(root, keys, value);
        expect(valueAt(root, keys)).toEqual(value);
      }),
    );
  });

  it('replace a scalar in the way, and keep what stands beside', () => {
    const root: MutableJsonObject = { a: 1, b: 2 };
    setAt(root, ['a', 'x'], 'y');
    expect(root).toEqual({ a: { x: 'y' }, b: 2 });
  });

  it('never reach the prototype of an object', () => {
    const root: MutableJsonObject = {};
    setAt(root, ['constructor', 'polluted'], true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
    expect(valueAt({}, ['toString', 'name'])).toBeUndefined();
  });
});

it('scalarText prints scalars only', () => {
  expect(['a', 1, true, null, undefined, [], {}].map((value) => scalarText(value))).toEqual([
    'a',
    '1',
    'true',
    '',
    '',
    '',
    '',
  ]);
});

it('deepFreeze freezes every level', () => {
  const value = deepFreeze({ a: [{ b: 1 }] });
  expect(Object.isFrozen(value.a[0])).toBe(true);
});

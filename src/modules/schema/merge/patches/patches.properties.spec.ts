// What holds for every object and patch.
import fc from 'fast-check';
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue, setOwn } from '../../../common';
import { PatchRefused } from '../merge.errors';
import { applyJsonPatch } from './json-patch';
import { applyMergePatch } from './merge-patch';
import { applyStrategicPatch } from './strategic-patch';

const name = fc.constantFrom('a', 'b', 'a/b', '~c', 'constructor', '__proto__', 'toString');

function mapOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const map: Record<string, JsonValue> = {};
  for (const [key, value] of entries) setOwn(map, key, value);
  return map;
}

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>('x', 0, 1.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(mapOf),
  ),
}));
const map = fc.array(fc.tuple(name, value), { maxLength: 4 }).map(mapOf);
const step = (key: string): string => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Members that are null at any depth count as missing. */
function withoutNulls(item: JsonValue): JsonValue {
  if (!isJsonObject(item)) return isJsonArray(item) ? item.map(withoutNulls) : item;
  return mapOf(
    Object.entries(item)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member as JsonValue)] as const),
  );
}

/** Null members inside lists are data or not, by what the list replaces: the server is not of one mind there. */
function withPlainLists(item: JsonValue): JsonValue {
  if (isJsonArray(item)) return item.map(withoutNulls);
  if (!isJsonObject(item)) return item;
  return mapOf(Object.entries(item).map(([key, member]) => [key, withPlainLists(member as JsonValue)] as const));
}

describe('a merge patch', () => {
  it('twice is a no-op', () => {
    fc.assert(
      fc.property(map, map, (object, any) => {
        const patch = withPlainLists(any);
        const once = applyMergePatch(object, patch);
        expect(jsonEquals(applyMergePatch(once, patch), once)).toBe(true);
      }),
    );
  });

  it('of the object itself, or of nothing, leaves the object alone', () => {
    fc.assert(
      fc.property(map, (object) => {
        const plain = withoutNulls(object) as JsonObject;
        expect(jsonEquals(applyMergePatch(plain, {}), plain)).toBe(true);
        expect(jsonEquals(applyMergePatch(plain, plain), plain)).toBe(true);
        expect(jsonEquals(applyMergePatch({}, plain), plain)).toBe(true);
      }),
    );
  });

  it('takes every member that it sets to null, and keeps the others', () => {
    fc.assert(
      fc.property(map, fc.array(name), (object, names) => {
        const patched = applyMergePatch(object, mapOf(names.map((key) => [key, null] as const)));
        for (const key of names) expect(Object.hasOwn(patched, key)).toBe(false);
        for (const key of Object.keys(object)) {
          if (!names.some((other) => other === key)) expect(jsonEquals(patched[key], object[key])).toBe(true);
        }
      }),
    );
  });
});

describe('a JSON patch', () => {
  it('finds by test what it added, and removes it again', () => {
    fc.assert(
      fc.property(map, name, value, (object, key, added) => {
        const path = step(key);
        const patched = applyJsonPatch(object, [
          { op: 'add', path, value: added },
          { op: 'test', path, value: added },
          { op: 'remove', path },
        ]) as JsonObject;
        const { [key]: _, ...rest } = Object.assign(Object.create(null) as JsonObject, object);
        expect(Object.hasOwn(patched, key)).toBe(false);
        expect(Object.keys(patched).sort()).toEqual(
          Object.keys(rest)
            .filter((other) => other !== key)
            .sort(),
        );
      }),
    );
  });

  it('moves there and back', () => {
    fc.assert(
      fc.property(map, value, (object, moved) => {
        const start = mapOf([...Object.entries(object as Record<string, JsonValue>), ['from', moved]]);
        const patched = applyJsonPatch(start, [
          { op: 'move', from: '/from', path: '/to' },
          { op: 'move', from: '/to', path: '/from' },
        ]);
        expect(jsonEquals(patched, start)).toBe(true);
      }),
    );
  });

  it('fails on a test of another value and leaves the object as it was', () => {
    fc.assert(
      fc.property(map, value, (object, tested) => {
        fc.pre(!jsonEquals(object, tested));
        const before = JSON.stringify(object);
        expect(() =>
          applyJsonPatch(object, [
            { op: 'add', path: '/new', value: 1 },
            { op: 'test', path: '', value: tested },
          ]),
        ).toThrow(PatchRefused);
        expect(JSON.stringify(object)).toBe(before);
      }),
    );
  });
});

describe('patches of any form', () => {
  it('answer or refuse, and pollute no prototype', () => {
    const operations = fc.array(
      fc.oneof(
        value,
        fc.record({
          op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
          path: fc.oneof(name.map(step), fc.string()),
          from: fc.oneof(name.map(step), fc.string()),
          value,
        }),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(map, fc.oneof(value, operations as fc.Arbitrary<JsonValue>), (object, patch) => {
        const before = JSON.stringify(object);
        for (const apply of [
          () => applyJsonPatch(object, patch),
          () => applyJsonPatch(object, patch, true),
          () => applyMergePatch(object, patch),
          () => applyMergePatch(object, patch, true),
          () => applyStrategicPatch(object, patch, {}),
        ]) {
          try {
            apply();
          } catch (error) {
            if (!(error instanceof PatchRefused)) throw error;
          }
        }
        expect(JSON.stringify(object)).toBe(before);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });
});

// What holds for every schema, object and configuration.
import fc from 'fast-check';
import {
  isJsonObject,
  jsonEquals,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
} from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { compareObjects } from './compare-objects';
import { FieldSet } from './field-set';
import { fieldSetOf, fieldsV1Of } from './fields-v1';
import { applyConfiguration, keepTimesOfUnchanged, updateManagedFields } from './managed-fields';
import { decodeEntries } from './managed-entries';
import { entriesOf, type ManagedType, NEVER_OWNED, withoutEntries } from './managed-type';
import { PatchRefused } from './merge.errors';
import { extractItems, removeItems, toFieldSet } from './owned-fields';
import { type FieldPath, fieldElement, indexElement, keyElement, valueElement } from './path-element';
import { shapeOf } from './shape';

const NAMES = ['a', 'b', 'constructor', '__proto__', 'toString'];
const name = fc.constantFrom(...NAMES);
const word = fc.constantFrom('x', 'y', 'z', '');
const text: TypeSchema = { type: 'string' };

const item: TypeSchema = {
  type: 'object',
  properties: new Map<string, TypeSchema>([
    ['name', text],
    ['side', { type: 'string', default: 'left' }],
    ['note', text],
    ['tags', { type: 'array', listType: 'set', items: text }],
  ]),
};
const spec: TypeSchema = {
  type: 'object',
  properties: new Map<string, TypeSchema>([
    ['scalar', text],
    ['set', { type: 'array', listType: 'set', items: text }],
    ['keyed', { type: 'array', listType: 'map', listMapKeys: ['name', 'side'], items: item }],
    ['atomic', { type: 'array', items: text }],
    ['map', { type: 'object', additionalProperties: text }],
    ['whole', { type: 'object', isAtomicMap: true, additionalProperties: text }],
    ['free', { type: 'object', keepsUnknown: true }],
  ]),
};
const schema: TypeSchema = {
  type: 'object',
  properties: new Map<string, TypeSchema>([
    ['apiVersion', text],
    ['kind', text],
    ['metadata', { type: 'object', properties: new Map([['name', text]]) }],
    ['spec', spec],
  ]),
};
const shape = shapeOf(schema);
const type: ManagedType = { apiVersion: 'g/v1', kind: 'K', schemaOf: () => schema, isCustom: true };

function mapOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const map: MutableJsonObject = {};
  for (const [key, value] of entries) setOwn(map, key, value);
  return map;
}

const words = fc.array(fc.tuple(name, word), { maxLength: 3 }).map(mapOf);
const set = fc.uniqueArray(word, { maxLength: 3 });
const items = fc.uniqueArray(
  fc.record({ name: word, side: fc.constantFrom('left', 'right'), note: word, tags: set }, { requiredKeys: ['name'] }),
  { maxLength: 3, selector: ({ name: key, side = 'left' }) => `${key}/${side}` },
);
const { free } = fc.letrec<{ free: JsonValue }>((tie) => ({
  free: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<JsonValue>('x', 1, true, null),
    fc.array(tie('free'), { maxLength: 2 }),
    fc.array(fc.tuple(name, tie('free')), { maxLength: 3 }).map(mapOf),
  ),
}));
const specs = fc.record(
  {
    scalar: word,
    set,
    keyed: items,
    atomic: fc.array(word, { maxLength: 3 }),
    map: words,
    whole: words,
    free: free.filter(isJsonObject),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;
const objects = specs.map((content): JsonObject => objectOf(content));

function objectOf(content: JsonObject): JsonObject {
  return { apiVersion: 'g/v1', kind: 'K', metadata: { name: 'o' }, spec: content };
}

const paths: fc.Arbitrary<FieldPath> = fc.array(
  fc.oneof(
    fc.oneof(name, fc.string()).map(fieldElement),
    fc.oneof(word, fc.integer(), fc.boolean()).map(valueElement),
    fc.tuple(word, fc.integer()).map(([key, port]) =>
      keyElement([
        ['name', key],
        ['<port>', port],
      ]),
    ),
    fc.nat(20).map(indexElement),
  ),
  { minLength: 1, maxLength: 4 },
);
const sets = fc.array(paths, { maxLength: 8 }).map((list) => FieldSet.of(...list));

describe('a field set', () => {
  it('is read again as it was written', () => {
    fc.assert(
      fc.property(sets, (fields) => {
        const written = JSON.stringify(fieldsV1Of(fields));
        const read = fieldSetOf(JSON.parse(written) as JsonValue);
        expect(read.equals(fields)).toBe(true);
        expect(JSON.stringify(fieldsV1Of(read))).toBe(written);
      }),
    );
  });

  it('obeys the laws of sets', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(a.union(b).equals(b.union(a))).toBe(true);
        expect(a.intersection(b).equals(b.intersection(a))).toBe(true);
        expect(a.difference(b).union(a.intersection(b)).equals(a)).toBe(true);
        expect(a.difference(b).intersection(b).isEmpty).toBe(true);
        expect(a.union(b).difference(b).equals(a.difference(b))).toBe(true);
        expect(a.recursiveDifference(a).isEmpty).toBe(true);
        for (const path of a.paths()) expect(a.has(path)).toBe(true);
        expect(FieldSet.of(...a.paths()).equals(a)).toBe(true);
      }),
    );
  });
});

describe('a comparison', () => {
  it('finds nothing between equal objects, and each place in one set only', () => {
    fc.assert(
      fc.property(objects, objects, (before, after) => {
        const same = compareObjects(before, JSON.parse(JSON.stringify(before)) as JsonObject, shape);
        expect([same.added.isEmpty, same.modified.isEmpty, same.removed.isEmpty]).toEqual([true, true, true]);
        const { added, modified, removed } = compareObjects(before, after, shape);
        expect(added.intersection(modified).isEmpty).toBe(true);
        expect(added.intersection(removed).isEmpty).toBe(true);
        const back = compareObjects(after, before, shape);
        expect(back.added.equals(removed)).toBe(true);
        expect(back.removed.equals(added)).toBe(true);
      }),
    );
  });
});

describe('items', () => {
  it('that are removed are gone; the extract of all that is named names the same', () => {
    fc.assert(
      fc.property(objects, objects, (object, other) => {
        const fields = toFieldSet(other, shape);
        const left = removeItems(object, fields, shape);
        for (const path of toFieldSet(left, shape).paths()) expect(fields.has(path)).toBe(false);
        const all = toFieldSet(object, shape);
        expect(toFieldSet(extractItems(object, all, shape), shape).equals(all)).toBe(true);
      }),
    );
  });
});

function applied(live: JsonObject | undefined, config: JsonObject, manager: string, nowMs: number): JsonObject {
  return applyConfiguration(type, live, config, { manager, force: true, nowMs });
}

/** Everything that any entry owns. */
function ownedBy(object: JsonObject, manager?: string): FieldSet {
  let owned = FieldSet.EMPTY;
  for (const entry of (decodeEntries(entriesOf(object)) ?? new Map()).values()) {
    if (manager === undefined || entry.manager === manager) owned = owned.union(entry.set as FieldSet);
  }
  return owned;
}

describe('an apply', () => {
  it('twice is a no-op', () => {
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const live = applied(applied(undefined, first, 'one', 0), second, 'two', 1_000);
        const again = keepTimesOfUnchanged(applied(live, second, 'two', 60_000), live);
        expect(again).toEqual(live);
      }),
    );
  });

  it('owns what the configuration names, and nothing else', () => {
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const live = applied(applied(undefined, first, 'one', 0), second, 'two', 1_000);
        const named = toFieldSet(second, shape).difference(NEVER_OWNED);
        expect(ownedBy(live, 'two').equals(named)).toBe(true);
      }),
    );
  });

  it('leaves nothing behind that is owned and not there', () => {
    fc.assert(
      fc.property(objects, objects, objects, (first, second, third) => {
        let live = applied(undefined, first, 'one', 0);
        live = applied(live, second, 'two', 1_000);
        live = applied(live, third, 'one', 2_000);
        for (const path of ownedBy(live, 'one').paths()) {
          expect(extractItems(withoutEntries(live), FieldSet.of(path), shape)).not.toBeNull();
        }
      }),
    );
  });

  it('is refused exactly when it changes what another manager owns', () => {
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const live = applied(undefined, first, 'one', 0);
        const forced = applied(live, second, 'two', 1_000);
        const takes = !ownedBy(forced, 'one').equals(ownedBy(live, 'one'));
        let isRefused = false;
        try {
          applyConfiguration(type, live, second, { manager: 'two', force: false, nowMs: 1_000 });
        } catch (error) {
          if (!(error instanceof PatchRefused)) throw error;
          isRefused = true;
        }
        expect(isRefused).toBe(takes);
      }),
    );
  });

  it('pollutes no prototype and changes nothing that it was given', () => {
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const live = applied(undefined, first, 'one', 0);
        const [before, config] = [JSON.stringify(live), JSON.stringify(second)];
        applied(live, second, 'two', 1_000);
        expect([JSON.stringify(live), JSON.stringify(second)]).toEqual([before, config]);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });
});

describe('an update', () => {
  it('gives every field of the object to somebody', () => {
    fc.assert(
      fc.property(objects, objects, (first, second) => {
        const created = updateManagedFields(type, undefined, first, { manager: 'one', nowMs: 0 });
        const next = { ...second, metadata: created['metadata'] ?? {} };
        const updated = updateManagedFields(type, created, next, { manager: 'two', nowMs: 1_000 });
        const there = compareObjects({ apiVersion: 'g/v1', kind: 'K' }, withoutEntries(updated), shape).added;
        const owned = ownedBy(updated);
        for (const path of there.difference(NEVER_OWNED).paths()) expect(owned.has(path)).toBe(true);
        expect(jsonEquals(withoutEntries(updated)['spec'], second['spec'])).toBe(true);
      }),
    );
  });
});

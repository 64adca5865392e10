import fc from 'fast-check';
import { type JsonObject, type JsonValue } from '../../common';
import { compileComparison } from './compare';

const comparison = compileComparison({
  mergeKeys: { 'spec.containers[]': ['name'], 'spec.containers[].ports[]': ['containerPort', 'protocol'] },
  sets: ['spec.finalizers'],
  quantities: ['spec.containers[].resources.limits.*'],
  intOrString: ['spec.port'],
  atomicMaps: ['spec.selector'],
  completedItems: ['spec.claims'],
  zeroOmitted: ['spec.containers[].readOnly'],
});
const container = (over: JsonObject = {}): JsonObject => ({
  name: 'web',
  image: 'a:1',
  ports: [{ containerPort: 80, protocol: 'TCP' }],
  ...over,
});

describe('compileComparison', () => {
  it.each<[string, JsonObject, JsonObject, string | undefined]>([
    ['equal', { spec: { a: 1 } }, { spec: { a: 1 } }, undefined],
    ['extra live fields', { spec: { a: 1 } }, { spec: { a: 1, b: 2 }, status: {} }, undefined],
    ['a changed leaf', { spec: { a: 1 } }, { spec: { a: 2 } }, 'spec.a'],
    ['a missing leaf', { spec: { a: 1 } }, { spec: {} }, 'spec.a'],
    [
      'keyed items in another order, with defaults',
      { spec: { containers: [container()] } },
      { spec: { containers: [{ name: 'sidecar' }, { ...container(), pullPolicy: 'Always' }] } },
      undefined,
    ],
    [
      'a changed keyed item',
      { spec: { containers: [container()] } },
      { spec: { containers: [container({ image: 'a:2' })] } },
      'spec.containers[name=web].image',
    ],
    [
      'a missing keyed item',
      { spec: { containers: [container()] } },
      { spec: { containers: [] } },
      'spec.containers[name=web]',
    ],
    [
      'nested merge keys',
      { spec: { containers: [container()] } },
      { spec: { containers: [container({ ports: [{ containerPort: 81, protocol: 'TCP' }] })] } },
      'spec.containers[name=web].ports[containerPort=80,protocol=TCP]',
    ],
    [
      'quantities by value',
      { spec: { containers: [container({ resources: { limits: { cpu: '1000m' } } })] } },
      { spec: { containers: [container({ resources: { limits: { cpu: '1' } } })] } },
      undefined,
    ],
    [
      'different quantities',
      { spec: { containers: [container({ resources: { limits: { cpu: '1' } } })] } },
      { spec: { containers: [container({ resources: { limits: { cpu: '2' } } })] } },
      'spec.containers[name=web].resources.limits.cpu',
    ],
    ['int or string', { spec: { port: '80' } }, { spec: { port: 80 } }, undefined],
    ['sets without order', { spec: { finalizers: ['a', 'b'] } }, { spec: { finalizers: ['b', 'x', 'a'] } }, undefined],
    ['atomic lists as a whole', { spec: { list: ['a'] } }, { spec: { list: ['a', 'b'] } }, 'spec.list'],
    [
      'items that the server completes',
      { spec: { claims: [{ name: 'a' }] } },
      { spec: { claims: [{ name: 'a', status: {} }] } },
      undefined,
    ],
    [
      'an item more in a list whose items the server completes',
      { spec: { claims: [{ name: 'a' }] } },
      { spec: { claims: [{ name: 'a' }, { name: 'b' }] } },
      'spec.claims',
    ],
    [
      'a key more in an atomic map',
      { spec: { selector: { a: 'b' } } },
      { spec: { selector: { a: 'b', c: 'd' } } },
      'spec.selector',
    ],
    [
      'an atomic map that is the same',
      { spec: { selector: { a: 'b' } } },
      { spec: { selector: { a: 'b' } } },
      undefined,
    ],
    [
      'false where the server leaves it out',
      { spec: { containers: [container({ readOnly: false })] } },
      { spec: { containers: [container()] } },
      undefined,
    ],
    [
      'true where the server leaves false out',
      { spec: { containers: [container({ readOnly: true })] } },
      { spec: { containers: [container()] } },
      'spec.containers[name=web].readOnly',
    ],
    ['false where its absence means something else', { spec: { a: false } }, { spec: {} }, 'spec.a'],
    [
      'a set without one item',
      { spec: { finalizers: ['a', 'b'] } },
      { spec: { finalizers: ['a'] } },
      'spec.finalizers',
    ],
    ['a number against its text elsewhere', { spec: { a: 80 } }, { spec: { a: '80' } }, 'spec.a'],
    ['a map against a list', { spec: { a: {} } }, { spec: { a: [] } }, 'spec.a'],
    ['an empty map against nothing', { spec: { emptyDir: {} } }, { spec: {} }, undefined],
  ])('%s', (_name, desired, live, expected) => {
    expect(comparison.firstDifference(desired, live)).toBe(expected);
  });

  const tree = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const object = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tree, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;

  it('finds nothing between equal objects, and nothing when live has more keys', () => {
    fc.assert(
      fc.property(object, (value) => {
        const copy = JSON.parse(JSON.stringify(value)) as JsonObject;
        expect(comparison.firstDifference(value, copy)).toBeUndefined();
        expect(comparison.firstDifference(value, { ...copy, zzzz: 1 })).toBeUndefined();
      }),
    );
  });

  it('finds a changed top-level value', () => {
    fc.assert(
      fc.property(object, fc.stringMatching(/^[a-z]{1,3}$/), (value, key) => {
        expect(comparison.firstDifference({ ...value, [key]: 'desired' }, { ...value, [key]: 'live' })).toBe(key);
      }),
    );
  });

  it('says the same in both ways of asking', () => {
    fc.assert(
      fc.property(object, object, (desired, live) => {
        const all = comparison.differences(desired, live);
        expect(comparison.firstDifference(desired, live)).toBe(all[0]?.path);
        expect(all.every(({ path }) => path !== '')).toBe(true);
      }),
    );
  });

  it('finds nothing after what it found was put right', () => {
    fc.assert(
      fc.property(object, object, (desired, live) => {
        expect(comparison.firstDifference(desired, { ...live, ...desired })).toBeUndefined();
      }),
    );
  });

  it('does not look at the order of keyed items', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.integer(), (list, seed) => {
        const items = list.map((name) => container({ name }));
        const moved = [...items].sort((a, b) => hash(a, seed) - hash(b, seed));
        expect(
          comparison.firstDifference({ spec: { containers: items } }, { spec: { containers: moved } }),
        ).toBeUndefined();
      }),
    );
  });

  it('takes every spelling of a quantity, and int or string, for the same', () => {
    const spec = (cpu: JsonValue, port: JsonValue): JsonObject => ({
      spec: { port, containers: [container({ resources: { limits: { cpu } } })] },
    });
    fc.assert(
      fc.property(fc.nat(99_999), (amount) => {
        const a = spec(`${amount}`, amount);
        expect(comparison.firstDifference(a, spec(`${amount}000m`, `${amount}`))).toBeUndefined();
        expect(comparison.firstDifference(a, spec(amount, amount))).toBeUndefined();
        expect(comparison.firstDifference(a, spec(`${amount}001m`, amount))).toMatch(/limits\.cpu$/);
      }),
    );
  });
});

function hash(value: JsonObject, seed: number): number {
  return [...JSON.stringify(value)].reduce((sum, character) => (sum * 31 + character.charCodeAt(0) + seed) | 0, 7);
}

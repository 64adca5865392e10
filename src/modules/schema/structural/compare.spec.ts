import fc from 'fast-check';
import { type JsonObject } from '../../common';
import { compileComparison } from './compare';

const comparison = compileComparison({
  mergeKeys: { 'spec.containers[]': ['name'], 'spec.containers[].ports[]': ['containerPort', 'protocol'] },
  sets: ['spec.finalizers'],
  quantities: ['spec.containers[].resources.limits.*'],
  intOrString: ['spec.port'],
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
});

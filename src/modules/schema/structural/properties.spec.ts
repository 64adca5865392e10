// What holds for all schemas and values.
import fc from 'fast-check';
import { type JsonObject, type JsonValue, type MutableJsonObject, setOwn } from '../../common';
import { compileStructuralSchema } from './compile';
import { crdSchemaCauses } from './crd-schema/crd-schema';
import { applyDefaults } from './defaults';
import { prune, unknownFields } from './prune';
import { validateEmbedded } from './validate/embedded';
import { validateLists } from './validate/list-types';
import { validateValue } from './validate/value';

const NAMES = ['a', 'b', 'constructor', '__proto__', 'toString'];
const name = fc.constantFrom(...NAMES);

function mapOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const map: MutableJsonObject = {};
  for (const [key, value] of entries) setOwn(map, key, value);
  return map;
}

const { node } = fc.letrec<{ node: JsonObject }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record(
      { type: fc.constant('string'), nullable: fc.boolean(), maxLength: fc.constant(3) },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant('string'), default: fc.constant('x') }),
    fc.record({ type: fc.constant('integer'), default: fc.constant(1), minimum: fc.constant(0) }),
    fc.record({ type: fc.constant('array'), items: tie('node') }),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('node') }),
    fc.record({ type: fc.constant('object'), 'x-kubernetes-preserve-unknown-fields': fc.constant(true) }),
    fc
      .array(fc.tuple(name, tie('node')), { maxLength: 3 })
      .map((entries): JsonObject => ({ type: 'object', properties: mapOf(entries) })),
    fc.constant<JsonObject>({ type: 'object', properties: { a: { type: 'object' } }, default: {} }),
  ),
}));

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>('x', 'long text', 0, 5, -1, 1.5, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map(mapOf),
  ),
}));

const schemas = node.map((spec): JsonObject => ({ type: 'object', properties: { spec } }));
const objects = value.map((spec): JsonObject => ({ apiVersion: 'g/v1', kind: 'K', metadata: { name: 'x' }, spec }));

describe('a structural schema', () => {
  it('fills in defaults once: a second time changes nothing', () => {
    fc.assert(
      fc.property(schemas, objects, (raw, object) => {
        const schema = compileStructuralSchema(raw);
        const once = applyDefaults(object, schema);
        expect(applyDefaults(once, schema)).toBe(once);
      }),
    );
  });

  it('prunes once: a second time finds nothing', () => {
    fc.assert(
      fc.property(schemas, objects, (raw, object) => {
        const schema = compileStructuralSchema(raw);
        const once = prune(object, schema);
        expect(prune(once.value, schema)).toEqual({ value: once.value, dropped: [] });
        expect(prune(once.value, schema).value).toBe(once.value);
        expect([...unknownFields(object, schema)].sort()).toEqual([...once.dropped].sort());
      }),
    );
  });

  it('accepts a valid object also after defaults', () => {
    fc.assert(
      fc.property(schemas, objects, (raw, object) => {
        fc.pre(crdSchemaCauses(raw, { path: 'schema' }).length === 0);
        const schema = compileStructuralSchema(raw);
        fc.pre(validateValue(object, schema).length === 0);
        expect(validateValue(applyDefaults(object, schema), schema)).toEqual([]);
      }),
    );
  });

  it('finds nothing wrong with what an update leaves as it was', () => {
    fc.assert(
      fc.property(schemas, objects, (raw, object) => {
        const schema = compileStructuralSchema(raw);
        const known = prune(applyDefaults(object, schema), schema).value;
        expect(validateValue(known, schema, { old: structuredClone(known) })).toEqual([]);
      }),
    );
  });

  it('never changes what it is given, and no prototype', () => {
    fc.assert(
      fc.property(schemas, objects, (raw, object) => {
        const before = JSON.stringify([raw, object]);
        const schema = compileStructuralSchema(raw);
        prune(applyDefaults(object, schema), schema);
        validateValue(object, schema);
        validateLists(object, schema);
        validateEmbedded(object, schema);
        expect(JSON.stringify([raw, object])).toBe(before);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  it('copes with 100 levels', () => {
    let deep: JsonObject = { type: 'string', default: 'x' };
    let object: JsonValue = 'y';
    for (let level = 0; level < 100; level++) {
      deep = { type: 'object', properties: { a: deep } };
      object = { a: object, b: 1 };
    }
    const raw = { type: 'object', properties: { spec: deep } };
    const whole: JsonObject = { apiVersion: 'g/v1', kind: 'K', metadata: {}, spec: object };
    expect(crdSchemaCauses(raw, { path: 'schema' })).toEqual([]);
    const schema = compileStructuralSchema(raw);
    expect(unknownFields(whole, schema)).toHaveLength(100);
    expect(validateValue(prune(applyDefaults(whole, schema), schema).value, schema)).toEqual([]);
  });
});

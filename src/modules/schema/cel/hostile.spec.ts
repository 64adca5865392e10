// Rules and values that mean harm.
import { type JsonObject, type JsonValue } from '../../common';
import { compileStructuralSchema } from '../structural/compile';
import { compileRules, type RuleSet } from '.';

function rulesOf(spec: JsonObject): RuleSet {
  return compileRules(compileStructuralSchema({ type: 'object', properties: { spec } }))!;
}

const rule = (text: string): JsonObject => ({ 'x-kubernetes-validations': [{ rule: text }] });

it('a pattern that would keep a backtracking engine busy ends at once', () => {
  const rules = rulesOf({ type: 'string', ...rule('self.matches("^(a+)+$")') });
  expect(rules.validate({ spec: `${'a'.repeat(50_000)}!` })).toHaveLength(1);
});

it('names of prototypes are fields like any other', () => {
  const properties: Record<string, JsonValue> = {};
  for (const name of ['constructor', 'toString', 'valueOf', 'a']) properties[name] = { type: 'string' };
  const rules = rulesOf({ type: 'object', properties, ...rule('self.a == "x"') });
  const spec = JSON.parse(
    '{"constructor":"q","toString":"q","valueOf":"q","__proto__":{"a":"x"},"a":"y"}',
  ) as JsonObject;
  expect(rules.validate({ spec })).toHaveLength(1);
  expect(rules.validate({ spec: { ...spec, a: 'x' } })).toEqual([]);
  expect(({} as JsonObject)['a']).toBeUndefined();
});

it.each([`${'('.repeat(500)}true${')'.repeat(500)}`, 'self'.repeat(5_000), '"', '', '\u0000', '["a"'])(
  'a rule that no parser likes is told, not thrown',
  (text) => {
    const rules = rulesOf({ type: 'string', ...rule(text) });
    expect(rules.problems('schema').map(({ field }) => field)).toEqual([
      'schema.properties[spec].x-kubernetes-validations[0].rule',
    ]);
  },
);

it('values that are not what the schema says do no harm', () => {
  const rules = rulesOf({
    type: 'object',
    properties: {
      i: { type: 'integer' },
      t: { type: 'string', format: 'date-time' },
      d: { type: 'string', format: 'duration' },
    },
    ...rule('self.i > 1 && self.d > duration("1s") && self.t > timestamp("2020-01-01T00:00:00Z")'),
  });
  for (const value of ['x', 5, null, [], {}, true]) {
    expect(() => rules.validate({ spec: value })).not.toThrow();
    expect(() => rules.validate({ spec: { i: value, t: value, d: value } })).not.toThrow();
  }
});

import fc from 'fast-check';
import { type JsonValue, ManualClock } from '../../../common';
import { sourceOf } from '../../../common/testing/source-of';
import { UNKNOWN } from '../../type/type';
import { type ConditionFacts } from './fact';
import { factCompiler } from './testing/compile-facts';
import { excludeEachOther, witnessOf } from './together';

const compile = factCompiler(sourceOf);

describe('conditions of two places', () => {
  const facts = (when: JsonValue, or?: JsonValue): ConditionFacts => compile(when, or, UNKNOWN).conditions.facts;
  const a = { field: 'spec.a' };

  it('exclude each other, through every alternative', () => {
    const gold = facts([{ ...a, equals: 'gold' }]);
    expect(excludeEachOther([gold, facts([{ ...a, equals: 'tin' }])])).toBe(true);
    expect(
      excludeEachOther([
        gold,
        facts(
          [],
          [
            { ...a, equals: 'tin' },
            { ...a, equals: 'iron' },
          ],
        ),
      ]),
    ).toBe(true);
    expect(excludeEachOther([gold, facts([], [{ ...a, equals: 'tin' }, { field: 'spec.b' }])])).toBe(false);
    expect(excludeEachOther([gold, facts([], [{ ...a, equals: 'tin' }, { dayOfWeek: { weekday: true } }])])).toBe(
      false,
    );
    expect(excludeEachOther([gold, gold])).toBe(false);
  });

  it('have texts with which both hold, when that is certain', () => {
    const both = witnessOf([facts([{ ...a, greaterThan: 3 }]), facts([{ ...a, notEquals: '4' }, { field: 'spec.b' }])]);
    expect(Object.fromEntries(both ?? [])).toEqual({ 'spec.a': '3.5', 'spec.b': 'x' });
    expect(witnessOf([facts([{ ...a, equals: 'x' }]), facts([{ ...a, equals: '{{ .spec.b }}' }])])).toBeUndefined();
    expect(witnessOf([facts([{ ...a, equals: 'x' }, { cron: '0 2 * * *' }])])).toBeUndefined();
    expect(
      witnessOf([
        facts([
          { field: 'spec.a.b', equals: 'x' },
          { ...a, exists: true },
        ]),
      ]),
    ).toBeUndefined();
  });
});

describe('what is said of conditions', () => {
  const clock = new ManualClock();
  const context = { clock, random: { next: () => 0 } };
  const operators = [
    'equals',
    'notEquals',
    'prefix',
    'notPrefix',
    'contains',
    'greaterThan',
    'min',
    'lessThan',
    'max',
    'in',
    'notIn',
  ];
  const condition = fc.record({
    operator: fc.constantFrom(...operators),
    value: fc.constantFrom('1', '2', '2.5', '3', 'x', 'xy', '1,2', 'x,2'),
    negate: fc.boolean(),
  });
  const texts = ['', '0', '1', '2', '2.5', '3', '4', 'x', 'xy', 'y', 'x1', '1x', '1,2', 'x,2'];

  it('is true of every text', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (list) => {
        const when = list.map((one) => ({ field: 'spec.v', ...one }));
        const { conditions, errors } = compile(when, undefined, UNKNOWN);
        const holding = texts.filter((text) => conditions.evaluate({ spec: { v: text } }, context));
        if (conditions.facts.isNever) expect([when, holding]).toEqual([when, []]);
        const witness = errors.length > 0 ? undefined : witnessOf([conditions.facts])?.get('spec.v');
        if (witness !== undefined) expect(conditions.evaluate({ spec: { v: witness } }, context)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { type JsonObject, type JsonValue, ManualClock, ProblemList } from '../../common';
import { sourceOf } from '../../common/testing/source-of';
import { compileConditions } from './compile-conditions';
import { conditionList } from './condition-fields';
import { type CompiledConditions } from './condition.types';
import { OPERATORS } from './operators';

interface Compiled {
  readonly conditions: CompiledConditions;
  readonly problems: readonly string[];
}

function compile(source: { readonly when?: JsonValue; readonly or?: JsonValue }): Compiled {
  const problems = new ProblemList();
  const decode = (value: JsonValue | undefined, path: string): ReturnType<typeof conditionList.decode> =>
    value === undefined ? undefined : conditionList.decode(sourceOf(value, path), { problems });
  const conditions = compileConditions({ when: decode(source.when, 'when'), or: decode(source.or, 'or') }, problems);
  return { conditions, problems: problems.errors.map(({ path, message }) => `${path}: ${message}`) };
}

const clock = new ManualClock(new Date(2026, 0, 7, 9, 30, 0).getTime());
const context = { clock, random: { next: () => 0 } };
const CR: JsonObject = {
  spec: {
    tier: 'gold',
    size: 3,
    ratio: 2.5,
    big: 1000000,
    off: false,
    zero: 0,
    memory: '10Gi',
    list: ['a'],
    map: {},
    none: null,
  },
};

function holds(condition: JsonObject, data: JsonObject = CR): boolean {
  const { conditions, problems } = compile({ when: [condition] });
  expect(problems).toEqual([]);
  return conditions.evaluate(data, context);
}

describe('one condition', () => {
  const field = 'spec.tier';
  const size = 'spec.size';
  it.each<[JsonObject, boolean]>([
    [{ field, equals: 'gold' }, true],
    [{ field, equals: 'Gold' }, false],
    [{ field, value: 'gold' }, true],
    [{ field, operator: 'equals', value: 'gold' }, true],
    [{ field: 'status.phase', operator: 'equals', value: '' }, true],
    [{ field, notEquals: 'gold' }, false],
    [{ field: 'spec.gone', notEquals: 'gold' }, true],
    [{ field, prefix: 'go' }, true],
    [{ field, notPrefix: 'go' }, false],
    [{ field, suffix: 'ld' }, true],
    [{ field, notSuffix: 'x' }, true],
    [{ field, contains: 'ol' }, true],
    [{ field, notContains: 'ol' }, false],
    [{ field, regex: '^g.*d$' }, true],
    [{ field, regex: 'l' }, true],
    [{ field, regex: '^l' }, false],
    [{ field }, true],
    [{ field: 'spec.gone' }, false],
    [{ field, exists: true }, true],
    [{ field, exists: false }, false],
    [{ field: 'spec.gone', exists: false }, true],
    [{ field, notExists: true }, false],
    [{ field: 'spec.none', notExists: true }, true],
    [{ field: 'spec.zero', exists: true }, true],
    [{ field: 'spec.off', exists: true }, true],
    [{ field: size, greaterThan: 2 }, true],
    [{ field: size, greaterThan: 3 }, false],
    [{ field: size, lessThan: 4 }, true],
    [{ field: size, greaterThanOrEqual: 3 }, true],
    [{ field: size, lessThanOrEqual: 2 }, false],
    [{ field: size, min: 3 }, true],
    [{ field: size, max: 3 }, true],
    [{ field: size, operator: 'gt', value: 2 }, true],
    [{ field: size, operator: 'lte', value: '2.9' }, false],
    [{ field: 'spec.gone', lessThan: 1 }, true],
    [{ field, greaterThan: -1 }, true],
    [{ field: 'spec.memory', greaterThan: 9 }, true],
    [{ field: 'spec.ratio', between: '2,3' }, true],
    [{ field: size, between: '4,9' }, false],
    [{ field: size, notBetween: '4,9' }, true],
    [{ field, between: '0,9' }, false],
    [{ field, notBetween: '0,9' }, false],
    [{ field, in: 'silver, gold' }, true],
    [{ field, notIn: 'silver, gold' }, false],
    [{ field: 'spec.gone', in: ',Draft' }, true],
    [{ field: 'spec.big', equals: '1000000' }, true],
    [{ field: 'spec.off', equals: false }, true],
    [{ field: 'spec.map', operator: 'typeMap' }, true],
    [{ field: 'spec.list', operator: 'typeList' }, true],
    [{ field, operator: 'typeString' }, true],
    [{ field: size, operator: 'typeNumber' }, true],
    [{ field: 'spec.off', operator: 'typeBool' }, true],
    [{ field: 'spec.none', operator: 'typeNull' }, true],
    [{ field: 'spec.gone', operator: 'typeNull' }, true],
    [{ field: size, operator: 'typeOf', value: 'number' }, true],
    [{ field, equals: 'silver', negate: true }, true],
    [{ field: '{{ .spec.size }}', equals: '{{ len .spec.tier | printf "%d" | trimPrefix "4" }}' }, false],
    [{ field: '{{ toUpper .spec.tier }}', equals: 'GOLD' }, true],
    [{ field, equals: '{{ .spec.tier }}' }, true],
    [{ field: '{{ .status.phase.x }}', equals: '' }, false],
    [{ field: '{{ .status.phase.x }}', equals: 'x', negate: true }, true],
    [{ field: 'metadata.constructor', exists: true }, false],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it.each<[JsonObject, boolean]>([
    [{ time: { after: '09:30' } }, true],
    [{ time: { after: '09:31' } }, false],
    [{ time: { before: '09:30' } }, true],
    [{ time: { before: '09:29' } }, false],
    [{ time: { after: '8:00', before: '17:00' } }, true],
    [{ time: { after: '18:00' }, negate: true }, true],
    [{ dayOfWeek: { in: ['wednesday'] } }, true],
    [{ dayOfWeek: { notIn: ['Wednesday'] } }, false],
    [{ dayOfWeek: { weekday: true } }, true],
    [{ dayOfWeek: { weekend: true } }, false],
    [{ dayOfWeek: { weekend: false } }, true],
    [{ cron: '0 9 * * *', duration: '31m' }, true],
    [{ cron: '0 9 * * *', duration: '30m' }, false],
    [{ cron: '30 9 * * *', duration: '1s' }, true],
    [{ cron: '31 9 * * *', duration: '30m' }, false],
    [{ cron: '0 22 * * *', duration: '12h' }, true],
    [{ cron: '0 9 * * 3', duration: '1h' }, true],
    [{ cron: '0 9 * * 4', duration: '1h' }, false],
    [{ cron: '@hourly' }, true],
    [{ cron: '0 22 * * *', duration: '12h', negate: true }, false],
  ])('on a Wednesday at 9:30, %j is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
    expect(compile({ when: [condition] }).conditions.purity).toBe('clock');
  });

  it('gives opposite answers to opposite operators, whatever the texts', () => {
    const pairs = ['equals', 'prefix', 'suffix', 'contains', 'in', 'exists'] as const;
    const opposite = (name: string): string => `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...pairs), (value, expected, name) => {
        const direct = OPERATORS[name]?.compare(value, expected);
        expect(OPERATORS[opposite(name)]?.compare(value, expected)).toBe(direct === false);
      }),
    );
  });
});

describe('when and or', () => {
  const yes = { field: 'spec.tier', equals: 'gold' };
  const no = { field: 'spec.tier', equals: 'silver' };
  it.each([
    [{}, true],
    [{ when: [], or: [] }, true],
    [{ when: [yes, yes] }, true],
    [{ when: [yes, no] }, false],
    [{ or: [no, yes] }, true],
    [{ or: [no, no] }, false],
    [{ when: [yes], or: [no] }, false],
    [{ when: [no], or: [yes] }, false],
    [{ when: [yes], or: [no, yes] }, true],
  ])('%j is %s', (source, expected) => {
    expect(compile(source).conditions.evaluate(CR, context)).toBe(expected);
  });

  it('know what they read, and say in words how each came out', () => {
    const { conditions } = compile({ when: [{ field: 'spec.size', min: '{{ .spec.limit.low }}' }], or: [yes, no] });
    expect(conditions.reads).toEqual([
      ['spec', 'limit', 'low'],
      ['spec', 'size'],
      ['spec', 'tier'],
    ]);
    expect(conditions.explain({ spec: { size: 3, limit: { low: 5 }, tier: 'gold' } }, context)).toEqual([
      { block: 'when', text: 'spec.size is 3, needs >= 5', passed: false, position: expect.anything() as unknown },
      { block: 'or', text: 'spec.tier is gold, needs gold', passed: true, position: expect.anything() as unknown },
      { block: 'or', text: 'spec.tier is gold, needs silver', passed: false, position: expect.anything() as unknown },
    ]);
  });
});

describe('an explanation', () => {
  const yes = { field: 'spec.tier', equals: 'gold' };
  it.each<[string, JsonObject, string | undefined]>([
    ['nothing, when it holds', { when: [yes] }, undefined],
    ['a number', { when: [{ field: 'spec.size', min: 5 }] }, 'spec.size is 3, needs >= 5'],
    ['a missing field', { when: [{ field: 'spec.gone', equals: 'x' }] }, 'spec.gone is not set, needs x'],
    ['an empty text', { when: [{ field: 'spec.tier', operator: 'equals', value: '' }] }, 'spec.tier is gold, needs ""'],
    ['what must be there', { when: [{ field: 'spec.gone' }] }, 'spec.gone is not set, needs to be set'],
    ['what must not', { when: [{ field: 'spec.size', notExists: true }] }, 'spec.size is 3, needs not to be set'],
    ['a range', { when: [{ field: 'spec.size', between: '4,9' }] }, 'spec.size is 3, needs to be within 4,9'],
    ['a pattern', { when: [{ field: 'spec.tier', regex: '^s' }] }, 'spec.tier is gold, needs to match ^s'],
    ['a list', { when: [{ field: 'spec.tier', in: 'a,b' }] }, 'spec.tier is gold, needs one of a,b'],
    ['a type', { when: [{ field: 'spec.size', operator: 'typeMap' }] }, 'spec.size is of type number, needs map'],
    ['a negation', { when: [{ ...yes, negate: true }] }, 'not: spec.tier is gold, needs gold'],
    [
      'a template that fails',
      { when: [{ field: '{{ .spec.gnoe.x }}', equals: 'x' }] },
      "{{ .spec.gnoe.x }} can't be evaluated (template: nil pointer evaluating interface {}.x: .spec.gnoe is missing), needs x",
    ],
    [
      'a time',
      { when: [{ time: { after: '10:00', before: '17:00' } }] },
      'it is 09:30, needs after 10:00 before 17:00',
    ],
    ['a day', { when: [{ dayOfWeek: { weekend: true } }] }, 'it is Wednesday, needs Saturday or Sunday'],
    ['days', { when: [{ dayOfWeek: { in: ['Monday', 'Friday'] } }] }, 'it is Wednesday, needs one of Monday, Friday'],
    ['not these days', { when: [{ dayOfWeek: { notIn: ['Wednesday'] } }] }, 'it is Wednesday, needs none of Wednesday'],
    [
      'a window',
      { when: [{ cron: '0 22 * * *', duration: '1h' }] },
      'it is Wednesday 09:30, needs the window of "0 22 * * *" for 1h',
    ],
    [
      'everything that is wrong',
      { when: [yes, { field: 'spec.size', max: 1 }, { field: 'spec.tier', prefix: 's' }] },
      'spec.size is 3, needs <= 1; spec.tier is gold, needs to start with s',
    ],
    [
      'that none of `or` holds',
      {
        when: [yes],
        or: [
          { field: 'spec.size', max: 1 },
          { field: 'spec.off', equals: true },
        ],
      },
      'none of: spec.size is 3, needs <= 1 | spec.off is false, needs true',
    ],
    ['nothing of `or` when one holds', { or: [{ field: 'spec.size', max: 1 }, yes] }, undefined],
  ])('says %s', (_what, source, words) => {
    const { conditions, problems } = compile(source);
    expect(problems).toEqual([]);
    expect(conditions.whyNot(CR, context)).toBe(words);
    expect(conditions.evaluate(CR, context)).toBe(words === undefined);
  });

  it('is one line of bounded length', () => {
    const { conditions } = compile({ when: [{ field: 'spec.text', equals: 'x' }] });
    const words = conditions.whyNot({ spec: { text: 'line\n'.repeat(1_000) } }, context);
    expect(words).toMatch(/^spec\.text is line line .*…, needs x$/);
  });
});

describe('a condition that could never hold is a problem of the load', () => {
  it.each<[JsonObject, string]>([
    [{ field: 'a', operator: 'eq' }, 'when[0].operator: unknown operator "eq"'],
    [{ field: 'a', operator: 'equals' }, 'when[0]: operator "equals" needs "value"'],
    [{ field: 'a', operator: 'exists', value: 'x' }, 'when[0]: operator "exists" takes no "value"'],
    [{ field: 'a', equals: 'x', prefix: 'y' }, 'when[0]: a condition takes one operator, found equals, prefix'],
    [{ field: 'a', equals: 'x', value: 'y' }, 'when[0]: a condition takes one operator, found equals, equals'],
    [{ equals: 'x' }, 'when[0]: a condition needs "field" (or time, dayOfWeek)'],
    [{ field: '.spec.a', equals: 'x' }, 'when[0].field: expected a path like spec.size, found ".spec.a"'],
    [{ field: 'a', regex: '(' }, 'when[0].regex: "(" is not an RE2 pattern'],
    [{ field: 'a', regex: '(?=x)' }, 'when[0].regex: "(?=x)" is not an RE2 pattern'],
    [{ field: 'a', greaterThan: 'many' }, 'when[0].greaterThan: expected a number, found "many"'],
    [{ field: 'a', between: '5' }, 'when[0].between: expected two numbers like 1,10, found "5"'],
    [{ field: 'a', between: '9,1' }, 'when[0].between: the range 9,1 is empty: the lower end comes first'],
    [
      { field: 'a', operator: 'typeOf', value: 'list' },
      'when[0].value: expected a type (map, slice, string, number, bool, null), found "list"',
    ],
    [{ field: '{{ .a }}', operator: 'typeMap' }, 'when[0].field: "typeMap" needs a plain path, not a template'],
    [{ time: {} }, 'when[0]: time needs "after" or "before"'],
    [{ time: { after: '25:00' } }, 'when[0].time.after: expected a time of day like 09:30, found "25:00"'],
    [
      { time: { after: '22:00', before: '06:00' } },
      'when[0]: a window across midnight can never be true: write two entries under "or", or negate the daytime window',
    ],
    [{ dayOfWeek: {} }, 'when[0]: dayOfWeek needs exactly one of weekday, weekend, in, notIn'],
    [
      { dayOfWeek: { weekday: true, in: ['Monday'] } },
      'when[0]: dayOfWeek needs exactly one of weekday, weekend, in, notIn',
    ],
    [{ dayOfWeek: { in: ['Mon'] } }, 'when[0].dayOfWeek.in[0]: expected a day such as Monday, found "Mon"'],
    [
      { field: 'a', time: { after: '9:00' } },
      'when[0]: a condition takes one of time, dayOfWeek, cron, field; found time, field',
    ],
    [{ field: '{{ .a' }, 'when[0].field: template: unclosed action: "}}" is missing'],
    [{ field: 'a', equals: '{{ nope }}' }, 'when[0].equals: template: function "nope" is not defined'],
    [
      { field: 'a', cron: '* * * * *' },
      'when[0]: a condition takes one of time, dayOfWeek, cron, field; found cron, field',
    ],
    [{ cron: 'daily' }, 'when[0].cron: expected a cron expression such as "0 2 * * 1", found "daily"'],
    [{ cron: '0 0 31 2 *' }, 'when[0].cron: expected a cron expression such as "0 2 * * 1", found "0 0 31 2 *"'],
    [{ cron: '@every 5m' }, 'when[0].cron: expected a cron expression such as "0 2 * * 1", found "@every 5m"'],
    [{ cron: '@daily', duration: 'long' }, 'when[0].duration: expected a duration such as 30m, found "long"'],
    [{ cron: '@daily', duration: '-5m' }, 'when[0].duration: expected a duration such as 30m, found "-5m"'],
    [{ field: 'a', duration: '5m' }, 'when[0]: "duration" belongs to "cron"'],
    [{ field: 'a', equal: 'x' }, 'when[0].equal: unknown field "equal" in condition (did you mean "equals"?)'],
    [{ field: {} }, 'when[0].field: expected string, found a map'],
  ])('%j', (condition, expected) => {
    expect(compile({ when: [condition] }).problems).toEqual([expected]);
  });
});

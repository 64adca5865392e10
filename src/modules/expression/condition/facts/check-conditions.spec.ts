import { type JsonObject, ProblemList } from '../../../common';
import { sourceOf } from '../../../common/testing/source-of';
import { UNKNOWN } from '../../type/type';
import { compileConditions } from '../compile-conditions';
import { conditionList } from '../condition-fields';
import { DATA, factCompiler } from './testing/compile-facts';

const compile = factCompiler(sourceOf);

const size = { field: 'spec.size' };
const tier = { field: 'spec.tier' };
const on = { field: 'spec.on' };
const image = { field: 'spec.image' };

describe('a condition that never holds by the type of its field', () => {
  it.each<[JsonObject, string]>([
    [{ ...size, equals: 'many' }, 'spec.size is a whole number: equals "many" never holds'],
    [{ ...size, equals: '1.5' }, 'spec.size is a whole number: equals "1.5" never holds'],
    [{ ...size, equals: '03' }, 'spec.size is a whole number: equals "03" never holds'],
    [{ ...size, in: 'few, many' }, 'spec.size is a whole number: in "few, many" never holds'],
    [{ ...size, prefix: 'v' }, 'spec.size is a whole number: prefix "v" never holds'],
    [{ ...size, notEquals: 'x', negate: true }, 'spec.size is a whole number: not: notEquals "x" never holds'],
    [{ ...size, operator: 'typeOf', value: 'string' }, 'spec.size is of type number: typeOf "string" never holds'],
    [{ field: 'spec.few', equals: 9 }, 'spec.few is a whole number from 1 to 5: equals "9" never holds'],
    [{ field: 'spec.few', greaterThan: 5 }, 'spec.few is a whole number from 1 to 5: greaterThan "5" never holds'],
    [{ field: 'spec.few', between: '10,20' }, 'spec.few is a whole number from 1 to 5: between "10,20" never holds'],
    [{ field: 'spec.ratio', equals: 'half' }, 'spec.ratio is a number: equals "half" never holds'],
    [{ ...on, equals: 'yes' }, 'spec.on is "true" or "false": equals "yes" never holds'],
    [{ ...on, greaterThan: 0 }, 'spec.on is "true" or "false": greaterThan "0" never holds'],
    [{ ...tier, equals: 'glod' }, 'spec.tier is "gold" or "silver": equals "glod" never holds (did you mean "gold"?)'],
    [{ ...tier, in: 'bronze,tin' }, 'spec.tier is "gold" or "silver": in "bronze,tin" never holds'],
    [{ ...tier, regex: '^b' }, 'spec.tier is "gold" or "silver": regex "^b" never holds'],
    [{ ...tier, suffix: 'x' }, 'spec.tier is "gold" or "silver": suffix "x" never holds'],
    [{ field: 'spec.hosts', equals: 'a' }, 'spec.hosts is a list: equals "a" never holds'],
    [{ field: 'spec.labels', in: 'a,b' }, 'spec.labels is a map: in "a,b" never holds'],
    [{ field: 'spec.hosts', greaterThan: 2 }, 'spec.hosts is a list: greaterThan "2" never holds'],
    [{ field: '{{ .spec.on }}', equals: 'yes' }, '{{ .spec.on }} is "true" or "false": equals "yes" never holds'],
    [
      { field: '{{ if .spec.on }}a{{ else }}b{{ end }}', equals: 'word' },
      '{{ if .spec.on }}a{{ else }}b{{ end }} is "a" or "b": equals "word" never holds',
    ],
    [{ field: '{{ "a" }}', equals: 'word' }, '{{ "a" }} is "a": equals "word" never holds'],
  ])('%j', (condition, message) => {
    const { errors, warnings, conditions } = compile([condition]);
    expect(errors).toEqual([`ORK1305 when[0]: ${message}`]);
    expect(warnings).toEqual([]);
    expect(conditions.facts.isNever).toBe(true);
  });
});

describe('a condition that says nothing, or something odd', () => {
  it.each<[JsonObject, string]>([
    [{ ...size, notEquals: 'many' }, 'spec.size is a whole number: notEquals "many" always holds'],
    [{ ...tier, notEquals: 'glod' }, 'always holds (did you mean "gold"?)'],
    [{ ...on, equals: 'yes', negate: true }, 'spec.on is "true" or "false": not: equals "yes" always holds'],
    [{ field: 'spec.few', greaterThanOrEqual: 0 }, 'greaterThanOrEqual "0" always holds'],
    [{ ...tier, in: 'gold,sliver' }, '"sliver" of in never counts (did you mean "silver"?)'],
    [{ ...size, notIn: '1,two' }, '"two" of notIn never counts'],
    [{ field: '{{ .spec.on }}', equals: 'yes', negate: true }, 'not: equals "yes" always holds'],
    [{ ...image, greaterThan: 5 }, 'spec.image is a text: greaterThan reads the number in front of it'],
  ])('%j', (condition, message) => {
    const { errors, warnings, conditions } = compile([condition]);
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('ORK1306 when[0]: ')]);
    expect(warnings[0]).toContain(message);
    expect(conditions.facts.isNever).toBe(false);
  });
});

describe('conditions that the data decide', () => {
  it.each<JsonObject>([
    { ...size, equals: 3 },
    { ...size, equals: '-3' },
    { ...size, operator: 'equals', value: '' },
    { ...size, in: ',3' },
    { ...size, contains: '0' },
    { ...size, exists: true },
    { ...size, greaterThan: 3 },
    { ...size, equals: '{{ .spec.tier }}' },
    { ...size, operator: 'typeNull' },
    { ...size, operator: 'typeNumber' },
    { field: 'spec.few', min: 1 },
    { field: 'spec.few', lessThan: 1 },
    { field: 'spec.ratio', equals: '1.5' },
    { field: 'spec.ratio', equals: '3' },
    { field: 'spec.ratio', equals: '1e+06' },
    { ...on, equals: true },
    { ...on, notEquals: 'true' },
    { ...tier, equals: 'gold' },
    { ...tier, notEquals: 'gold' },
    { ...tier, in: 'gold, silver' },
    { ...tier, in: ',gold' },
    { ...tier, prefix: 'g' },
    { ...tier, contains: 'l' },
    { ...image, equals: 'x' },
    { field: 'spec.memory', min: 5 },
    { field: 'spec.port', equals: 'http' },
    { field: 'spec.port', greaterThan: 80 },
    { field: 'spec.hosts', exists: true },
    { field: 'spec.hosts', contains: 'a' },
    { field: 'spec.hosts', equals: '[a]' },
    { field: 'spec.extra.any', equals: 'x' },
    { field: '{{ .spec.tier }}-x', equals: 'gold-x' },
    { field: '{{ .spec.size }}', equals: '3' },
    { field: '{{ printf "%03d" .spec.size }}', equals: '003' },
    { dayOfWeek: { weekday: true } },
  ])('%j', (condition) => {
    const { errors, warnings, conditions } = compile([condition]);
    expect([...errors, ...warnings]).toEqual([]);
    expect(conditions.facts.isNever).toBe(false);
  });
});

describe('conditions that never hold at once', () => {
  const a = { field: 'spec.a' };
  it.each<[readonly JsonObject[], string]>([
    [
      [
        { ...a, equals: 'x' },
        { ...a, equals: 'y' },
      ],
      'equals "y" and equals "x" (line',
    ],
    [
      [
        { ...a, equals: 'x' },
        { ...a, notEquals: 'x' },
      ],
      'notEquals "x" and equals "x"',
    ],
    [
      [
        { ...a, in: 'x,y' },
        { ...a, in: 'z' },
      ],
      'in "z" and in "x,y"',
    ],
    [
      [
        { ...a, exists: true },
        { ...a, exists: false },
      ],
      'notExists and exists',
    ],
    [
      [
        { ...a, notExists: true },
        { ...a, equals: 'x' },
      ],
      'equals "x" and notExists',
    ],
    [
      [
        { ...a, notExists: true },
        { ...a, greaterThan: 0 },
      ],
      'greaterThan "0" and notExists',
    ],
    [
      [
        { ...a, greaterThan: 5 },
        { ...a, lessThan: 3 },
      ],
      'lessThan "3" and greaterThan "5"',
    ],
    [
      [
        { ...a, greaterThan: 5 },
        { ...a, max: 5 },
      ],
      'max "5" and greaterThan "5"',
    ],
    [
      [
        { ...a, between: '1,3' },
        { ...a, min: 4 },
      ],
      'min "4" and between "1,3"',
    ],
    [
      [
        { ...a, min: 4 },
        { ...a, min: 4, negate: true },
      ],
      'not: min "4" and min "4"',
    ],
    [
      [
        { ...size, greaterThan: 4 },
        { ...size, lessThan: 5 },
      ],
      'lessThan "5" and greaterThan "4"',
    ],
    [
      [
        { ...a, prefix: 'x' },
        { ...a, notPrefix: 'x' },
      ],
      'notPrefix "x" and prefix "x"',
    ],
    [
      [
        { ...a, equals: 'xy' },
        { ...a, prefix: 'y' },
      ],
      'prefix "y" and equals "xy"',
    ],
    [
      [
        { ...a, equals: '{{ .spec.b }}' },
        { ...a, notEquals: '{{ .spec.b }}' },
      ],
      'notEquals "{{ .spec.b }}" and',
    ],
    [
      [
        { ...tier, notEquals: 'gold' },
        { ...tier, notEquals: 'silver' },
        { ...tier, exists: true },
      ],
      'exists and ',
    ],
    [
      [{ ...a, notEquals: 'y' }, { ...a, equals: 'x' }, { field: 'spec.b' }, { ...a, equals: 'y' }],
      'equals "y" and equals "x"',
    ],
  ])('%j', (when, message) => {
    const { errors, warnings, conditions } = compile(
      [...when],
      undefined,
      when[0]?.['field'] === 'spec.a' ? UNKNOWN : DATA,
    );
    expect(errors).toEqual([expect.stringContaining(`ORK1305 when[${when.length - 1}]: `)]);
    expect(errors[0]).toContain(message);
    expect(warnings).toEqual([]);
    expect(conditions.facts.isNever).toBe(true);
  });

  it.each<readonly [JsonObject, ...JsonObject[]]>([
    [
      { ...a, equals: 'x' },
      { field: 'spec.b', equals: 'y' },
    ],
    [
      { ...a, in: 'x,y' },
      { ...a, in: 'y,z' },
    ],
    [
      { ...a, notEquals: 'x' },
      { ...a, notEquals: 'y' },
    ],
    [
      { ...a, greaterThan: 4 },
      { ...a, lessThan: 5 },
    ],
    [
      { ...a, min: 5 },
      { ...a, max: 5 },
    ],
    [
      { ...a, prefix: 'x' },
      { ...a, suffix: 'y' },
    ],
    [
      { ...a, between: '1,3', negate: true },
      { ...a, equals: 'x' },
    ],
    [
      { ...a, notExists: true },
      { ...a, lessThan: 1 },
    ],
    [
      { ...a, equals: '{{ .spec.b }}' },
      { ...a, equals: '{{ .spec.c }}' },
    ],
    [
      { ...a, operator: 'unique' },
      { ...a, notExists: true },
    ],
    [{ time: { after: '09:00' } }, { time: { before: '08:00' } }],
  ])('but not these: %j, %j', (...when) => {
    const { errors, warnings } = compile([...when], undefined, UNKNOWN);
    expect([...errors, ...warnings]).toEqual([]);
  });

  it('are told of alternatives, too: one that is excluded, and all of them', () => {
    const one = compile([{ ...a, equals: 'x' }], [{ ...a, equals: 'y' }, { field: 'spec.b' }], UNKNOWN);
    expect(one.errors).toEqual([
      expect.stringContaining(
        'ORK1305 or[0]: spec.a: equals "y" and equals "x" (line 1) never hold at once: this alternative',
      ),
    ]);
    expect(one.conditions.facts.isNever).toBe(false);
    expect(compile([{ ...a, equals: 'x' }], [{ ...a, equals: 'y' }], UNKNOWN).conditions.facts.isNever).toBe(true);
    expect(
      compile(
        [],
        [
          { ...a, equals: 'x' },
          { ...a, equals: 'y' },
        ],
        UNKNOWN,
      ).errors,
    ).toEqual([]);
  });

  it('are left alone where nobody asks for types: parts that are known at load are decided there', () => {
    expect(compile([{ field: '{{ "a" }}', equals: 'b' }], undefined, undefined).errors).toEqual([
      expect.stringContaining('never holds'),
    ]);
    const problems = new ProblemList();
    const when = conditionList.decode(sourceOf([{ field: '{{ "a" }}', equals: 'b' }], 'when'), { problems });
    compileConditions({ when }, problems);
    expect(problems.errors).toEqual([]);
  });
});

import { type JsonValue, ProblemList } from '../../common';
import { sourceOf } from '../../common/testing/source-of';
import {
  anything,
  bool,
  dnsLabel,
  duration,
  durationBetween,
  either,
  extendedDuration,
  type Field,
  ineffective,
  integer,
  later,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  oneOfIgnoringCase,
  optional,
  propertyText,
  required,
  text,
  unsupported,
} from '.';

interface Decoding {
  readonly value: unknown;
  readonly problems: readonly string[];
}

/** Nodes are left out of the value: specs look at what was read. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('text' in value && 'node' in value) return value.text;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => key !== 'node' && item !== undefined)
      .map(([key, item]) => [key, plain(item)]),
  );
}

function decode(field: Field<unknown>, value: JsonValue): Decoding {
  const problems = new ProblemList();
  const decoded = field.decode(sourceOf(value, 'x'), { problems });
  const lines = [...problems.errors, ...problems.warnings, ...problems.unrunnable];
  return { value: plain(decoded), problems: lines.map(({ path, code, message }) => `${path} ${code} ${message}`) };
}

describe('scalars', () => {
  it.each<[string, Field<unknown>, JsonValue, unknown]>([
    ['text keeps the source of a number', text, 8080, '8080'],
    ['text keeps the source of a boolean', text, true, 'true'],
    ['text may hold a template', text, '{{ .a }}', '{{ .a }}'],
    ['null leaves a field unset', text, null, undefined],
    ['bool', bool, true, true],
    ['bool as text', bool, 'false', false],
    ['integer', integer(0), 5, 5],
    ['integer as text', integer(0), '5', 5],
    ['duration', duration, '1m30s', 90_000],
    ['extended duration', extendedDuration, '1d', 86_400_000],
    ['duration within bounds', durationBetween(1_000, 5_000), '2s', 2_000],
    ['one of', oneOf(['a', 'b']), 'b', 'b'],
    ['one of, in any case', oneOfIgnoringCase(['int', 'float']), 'Int', 'int'],
    ['label', dnsLabel, 'web-1', 'web-1'],
    ['literal', literal, 'plain', 'plain'],
  ])('%s', (_name, field, value, expected) => {
    expect(decode(field, value)).toEqual({ value: expected, problems: [] });
  });

  it.each<[Field<unknown>, JsonValue, string]>([
    [text, [], 'x ORK1102 expected string, found a list'],
    [literal, '{{ .a }}', 'x ORK1103 templates are not allowed here, found "{{ .a }}"'],
    [bool, 'yes', 'x ORK1102 expected true or false, found "yes"'],
    [integer(1, 50), 51, 'x ORK1103 expected integer 1 to 50, found "51"'],
    [integer(1), 'many', 'x ORK1102 expected integer 1 or more, found "many"'],
    [integer(0), 1.5, 'x ORK1102 expected integer 0 or more, found "1.5"'],
    [duration, '1d', 'x ORK1103 expected duration (units ns us ms s m h), found "1d"'],
    [durationBetween(1_000, 60_000), '5m', 'x ORK1103 expected a duration from 1s to 1m0s, found "5m"'],
    [
      oneOf(['delete', 'retain']),
      'retian',
      'x ORK1103 expected one of delete, retain, found "retian" (did you mean "retain"?)',
    ],
    [dnsLabel, 'No', 'x ORK1103 expected a DNS label (lower-case letters, digits, "-", at most 63), found "No"'],
  ])('%# is refused', (field, value, problem) => {
    expect(decode(field, value)).toEqual({ value: undefined, problems: [problem] });
  });
});

describe('objects', () => {
  const field = object('thing', {
    name: required(text, ''),
    size: optional(integer(0), ''),
    later: unsupported('what comes later'),
    idle: ineffective('there is nothing to do'),
  });

  it('decode what they know, and leave the rest of the problems to their places', () => {
    expect(decode(field, { name: 'a', size: 3 })).toEqual({ value: { name: 'a', size: 3 }, problems: [] });
    expect(decode(field, { name: 'a', size: 'x', sise: 1, zzz: 2 }).problems).toEqual([
      'x.sise ORK1101 unknown field "sise" in thing (did you mean "size"?)',
      'x.zzz ORK1101 unknown field "zzz" in thing; allowed: name, size',
      'x.size ORK1102 expected integer 0 or more, found "x"',
    ]);
  });

  it('say what is missing, what is not supported yet, and what does nothing', () => {
    expect(decode(field, {}).problems).toEqual(['x ORK1104 missing required field "name" (string)']);
    expect(decode(field, { name: null }).problems).toEqual(['x ORK1104 missing required field "name" (string)']);
    expect(decode(field, { name: 'a', later: 1 }).problems).toEqual([
      'x.later ORK1105 "later" is not supported yet: what comes later',
    ]);
    expect(decode(field, { name: 'a', idle: 1 })).toEqual({
      value: { name: 'a' },
      problems: ['x.idle ORK1106 "idle" has no effect here: there is nothing to do'],
    });
  });

  it('read and check what cannot run yet, and tell it once, for the outermost key', () => {
    const inner = object('inner', { size: later(integer(1), '', 'sizes'), depth: optional(integer(1), '') });
    const outer = object('outer', { inner: later(inner, '', 'inner things'), size: later(integer(1), '', 'sizes') });
    expect(decode(outer, { inner: { size: 2, depth: 1 }, size: 3 })).toEqual({
      value: { inner: { size: 2, depth: 1 }, size: 3 },
      problems: [
        'x.inner ORK1105 "inner" can\'t run with this version yet: inner things',
        'x.size ORK1105 "size" can\'t run with this version yet: sizes',
      ],
    });
    expect(decode(outer, { inner: { size: 0, dept: 1 } }).problems).toEqual([
      'x.inner.dept ORK1101 unknown field "dept" in inner (did you mean "depth"?)',
      'x.inner.size ORK1103 expected integer 1 or more, found "0"',
      'x.inner ORK1105 "inner" can\'t run with this version yet: inner things',
    ]);
  });

  it('tell people all that is known of a property', () => {
    expect(propertyText(later(text, 'A name.', 'names', { default: 'x', since: '0.2', deprecated: 'too short' }))).toBe(
      "A name. Default: x. Since 0.2. Deprecated: too short. This version can't run it yet (names).",
    );
    expect(propertyText(optional(text, 'A name.'))).toBe('A name.');
  });

  it('know no key of their prototype', () => {
    expect(decode(field, { name: 'a', constructor: 1 }).problems).toEqual([
      expect.stringContaining('unknown field "constructor"'),
    ]);
  });

  it('are maps', () => {
    expect(decode(field, 'a').problems).toEqual(['x ORK1102 expected thing (a map), found "a"']);
    expect(decode(field, null)).toEqual({ value: undefined, problems: [] });
  });
});

describe('lists and maps', () => {
  it('report each bad item at its place and keep the others', () => {
    expect(decode(list(integer(0)), [1, 'x', 3])).toEqual({
      value: [1, 3],
      problems: ['x[1] ORK1102 expected integer 0 or more, found "x"'],
    });
    expect(decode(mapOf(bool), { a: true, b: 1 })).toEqual({
      value: { a: true },
      problems: ['x.b ORK1102 expected true or false, found "1"'],
    });
  });

  it('let nothing vanish: null is a problem in both', () => {
    expect(decode(list(text), ['a', null]).problems).toEqual(['x[1] ORK1102 expected string, found nothing']);
    expect(decode(mapOf(text), { a: null }).problems).toEqual(['x.a ORK1102 expected string, found nothing']);
  });

  it('keep the order of the file, and check the keys', () => {
    const rule = (key: string): string | undefined => (key === 'bad' ? 'bad is bad' : undefined);
    expect(decode(mapOf(text, rule), { b: '1', a: '2', bad: '3' })).toEqual({
      value: { b: '1', a: '2', bad: '3' },
      problems: ['x.bad ORK1103 bad is bad'],
    });
  });

  it('say what they are when something else stands there', () => {
    expect(decode(list(text), { a: 1 }).problems).toEqual(['x ORK1102 expected a list of string, found a map']);
    expect(decode(mapOf(text), ['a']).problems).toEqual(['x ORK1102 expected a map of string, found a list']);
  });

  it('either takes the alternative whose form fits', () => {
    const field = either((node) => node.kind === 'list', list(text), mapOf(text));
    expect(decode(field, ['a']).value).toEqual(['a']);
    expect(decode(field, { a: 'b' }).value).toEqual({ a: 'b' });
    expect(decode(anything, { a: [1] }).problems).toEqual([]);
  });
});

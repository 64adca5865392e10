import fc from 'fast-check';
import { jsonEquals, stableStringify } from './json';
import { hasLongNumber, int64Of, jsonText, parseJson, parseJsonObject } from './json-text';
import { type JsonValue } from './json.types';

/** JSON with whole numbers of the whole int64 among everything else, in the form of a tree. */
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => int64Of(value) as JsonValue);
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    int64,
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value + 0.5)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('JSON text', () => {
  it.each<[string, JsonValue]>([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['[0, 9007199254740993,1]', [0, 9007199254740993n, 1]],
    ['{"a":\n9007199254740993}', { a: 9007199254740993n }],
    ['{"a":{"b":[{"c":9007199254740993,"d":"x"}]},"e":1}', { a: { b: [{ c: 9007199254740993n, d: 'x' }] }, e: 1 }],
  ])('%s keeps its digits', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
    expect(parseJson(jsonText(value))).toStrictEqual(value);
  });

  it.each<[string, JsonValue]>([
    ['9223372036854775808', 9223372036854775808],
    ['-9223372036854775809', -9223372036854775808],
    ['123456789012345678901234567890', 123456789012345678901234567890],
    ['1e17', 1e17],
    ['9007199254740993.0', 9007199254740992],
    ['[ 1.0, 9007199254740993e0 ]', [1, 9007199254740992]],
    ['[9007199254740993.5]', [9007199254740994]],
  ])('%s is a float64, as for an API server', (text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });

  it.each(['"x: 9007199254740993"', '{"a":"9007199254740993"}', '["\\\\\\"", " ,1234567890123456"]'])(
    'digits of a text stay a text: %s',
    (text) => expect(parseJson(text)).toStrictEqual(JSON.parse(text)),
  );

  it('is read again only where a long number may stand', () => {
    expect(hasLongNumber('{"resourceVersion":"12345678901234567","n":123456789012345,"f":1.5}')).toBe(false);
    expect(hasLongNumber('{"image":"app@sha256-1234567890123456"}')).toBe(false);
    expect(hasLongNumber('{"n":1234567890123456}')).toBe(true);
  });

  it('is refused as by JSON.parse', () => {
    for (const text of ['', '{', '[9007199254740993', '{"a":9007199254740993,}', '01234567890123456']) {
      expect(() => parseJson(text)).toThrow(SyntaxError);
      expect(parseJsonObject(text)).toBeUndefined();
    }
  });

  it('takes the last of two equal names, and a member called __proto__', () => {
    const value = parseJson('{"a":1,"__proto__":{"b":9007199254740993},"a":9007199254740995}');
    expect(Object.entries(value as object)).toEqual([
      ['a', 9007199254740995n],
      ['__proto__', { b: 9007199254740993n }],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(jsonText(value)).toBe('{"a":9007199254740995,"__proto__":{"b":9007199254740993}}');
  });

  it('comes back as it went, whatever it holds', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, indent) => {
        const back = parseJson(jsonText(value, indent));
        expect(jsonEquals(back, value)).toBe(true);
        expect(stableStringify(back)).toBe(stableStringify(value));
      }),
    );
  });

  it('is what JSON writes where JSON can write it', () => {
    const values = { u: undefined, d: new Date(0), e: [], o: {}, n: NaN, l: [undefined, 1.5, '"\n'], m: { a: true } };
    for (const indent of [0, 2]) {
      expect(jsonText({ ...values, big: 9007199254740993n }, indent)).toBe(
        JSON.stringify({ ...values, big: 1234 }, undefined, indent).replace('1234', '9007199254740993'),
      );
      expect(jsonText(values, indent)).toBe(JSON.stringify(values, undefined, indent));
    }
  });

  it('reads a text of a megabyte and deep nesting', () => {
    const long = `{"t":${JSON.stringify('\\"x'.repeat(300_000))},"n":9007199254740993}`;
    expect(parseJson(long)).toMatchObject({ n: 9007199254740993n });
    const deep = `${'['.repeat(1_000)}9007199254740993${']'.repeat(1_000)}`;
    expect(jsonText(parseJson(deep))).toBe(deep);
  });
});

describe('numbers of two forms', () => {
  it('are equal by value: a server writes 1e17 with all its digits', () => {
    expect(jsonEquals(1e17, parseJson('100000000000000000'))).toBe(true);
    expect(jsonEquals(1234567890123456768, parseJson('1234567890123456800'))).toBe(true);
    expect(jsonEquals(1e300, 9007199254740993n)).toBe(false);
    expect(jsonEquals({ a: [9007199254740993n] }, { a: [9007199254740993n] })).toBe(true);
    expect(jsonEquals(9007199254740992, 9007199254740993n)).toBe(false);
    expect(jsonEquals(9007199254740993n, 9007199254740994n)).toBe(false);
    expect(jsonEquals(9007199254740993n, '9007199254740993')).toBe(false);
    expect(jsonEquals(1.5, 9007199254740993n)).toBe(false);
  });
});

// What is printed is read again as what it was: by us (YAML 1.2), and texts also by readers of YAML 1.1.
import fc from 'fast-check';
import { parse } from 'yaml';
import { int64Of, type JsonObject, type JsonValue, ProblemList, type SourceNode, stableStringify } from '../../common';
import { parseYamlDocuments } from './parse-yaml';
import { toJson } from './to-json';
import { toYaml } from './to-yaml';

/** Plain, each of them would be something else, end early, or break. */
const AWKWARD = [
  ...['1.20', '010', '0o17', '0x1F', '0b11', '1e3', '1_000', '-0', '+1', '.5', '.inf', '-.INF', '.nan', '12:30:45'],
  ...['yes', 'no', 'on', 'Off', 'y', 'N', 'true', 'False', 'null', 'Null', '~', ''],
  ...['2024-01-31', '2024-01-31T10:00:00Z', '<<', '=', '---', '...', '- a', '? a', 'a: b', 'a #b', '#a', '&a', '*a'],
  ...['!a', '|', '>', '@a', '`a', '%a', '{{ .a }}', '[a', "'a'", '"a"', ' a', 'a ', '\ta', 'a\t', 'a:', ':a'],
  ...[
    'a\nb',
    'a\nb\n',
    'a\n\n',
    '\na',
    '\n',
    ' a\nb',
    'a \nb',
    '  a\n b\n',
    '\ta\nb',
    'a\n\tb',
    'a\r\nb',
    '# a\nb',
    '---\na',
  ],
  ...['\u0085', '\u2028', '\ufeffa', 'a\u0000b', '\u007f', 'ä', '\u{1f600}', '__proto__', 'constructor'],
];

function read(text: string): JsonValue {
  const problems = new ProblemList();
  const [root] = parseYamlDocuments(text, 'f.yaml', problems);
  expect(problems.errors).toEqual([]);
  return toJson(root as SourceNode);
}

const texts = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', ' ', '\n', '\t', '#', ':', '-', '"', "'", '\\', '\r'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);
const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((whole) => int64Of(whole) ?? 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

it.each(AWKWARD.map((text) => [text]))('keeps the text %j', (text) => {
  const document: JsonObject = { a: text, list: [text, [text]], [text]: { [text]: text } };
  const yaml = toYaml(document);
  expect(read(yaml)).toEqual(document);
  expect(parse(yaml, { version: '1.1' })).toEqual(document);
});

it('keeps any document, and prints it the same again', () => {
  fc.assert(
    fc.property(values, (value) => {
      const yaml = toYaml({ value });
      const again = read(yaml) as JsonObject;
      expect(stableStringify(again)).toBe(stableStringify({ value }));
      expect(toYaml(again)).toBe(yaml);
    }),
    { seed: 20, numRuns: 1000 },
  );
});

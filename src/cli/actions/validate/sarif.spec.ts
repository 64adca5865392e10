// What the schema of SARIF 2.1.0 requires of the members that are used, and what code scanning of GitHub asks for beyond.
import Ajv from 'ajv';
import { type Problem } from '../../../modules/common';
import { sarifLog } from './sarif';

const strict = (properties: object, ...optional: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
});
const text = strict({ text: { type: 'string', minLength: 1 } });
const positive = { type: 'integer', minimum: 1 };
/** Relative without `..` at its root, or with a scheme; nothing that has to be escaped (RFC 3986). */
const uri = { type: 'string', pattern: "^([a-z][a-z0-9+.-]*://)?[-A-Za-z0-9._~%!$&'()*+,;=@:/]+$" };
const physicalLocation = strict({
  artifactLocation: strict({ uri }),
  region: strict({ startLine: positive, startColumn: positive }),
});
const logicalLocations = { type: 'array', minItems: 1, items: strict({ fullyQualifiedName: { type: 'string' } }) };
const result = strict(
  {
    ruleId: { type: 'string', pattern: '^ORK1\\d{3}$' },
    ruleIndex: { type: 'integer', minimum: 0 },
    level: { enum: ['none', 'note', 'warning', 'error'] },
    message: text,
    locations: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: strict({ physicalLocation, logicalLocations }, 'logicalLocations'),
    },
    relatedLocations: { type: 'array', minItems: 1, items: strict({ id: positive, message: text, physicalLocation }) },
  },
  'relatedLocations',
);
const rule = strict({ id: { type: 'string' } });
const driver = strict({
  name: { const: 'ork' },
  version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
  rules: { type: 'array', uniqueItems: true, items: rule },
});
const run = strict({
  tool: strict({ driver }),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  results: { type: 'array', items: result },
});
const validate = new Ajv({ allErrors: true }).compile(
  strict({
    $schema: { type: 'string', pattern: '^https://' },
    version: { const: '2.1.0' },
    runs: { type: 'array', minItems: 1, maxItems: 1, items: run },
  }),
);

const problem = (more: Partial<Problem>): Problem => ({
  severity: 'error',
  code: 'ORK1101',
  message: 'unknown field "x"',
  position: { file: 'dir/my, katalog.yaml', line: 3, column: 5 },
  path: 'spec.x',
  ...more,
});
const inFile = (file: string): Problem => problem({ position: { file, line: 1, column: 1 } });

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly [
          { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
        ];
      }[];
    },
  ];
}

function logOf(...problems: readonly Problem[]): Log {
  const log = JSON.parse(sarifLog(problems)) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

it('is SARIF without a problem, and with one of each severity', () => {
  expect(logOf().runs[0].results).toEqual([]);
  const { results } = logOf(
    problem({}),
    problem({ severity: 'warning', code: 'ORK1501', path: '' }),
    problem({ severity: 'unrunnable', code: 'ORK1105' }),
  ).runs[0];
  expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
});

it('names a rule of the tool in each result', () => {
  const [{ tool, results }] = logOf(problem({ code: 'ORK1501' }), problem({}), problem({ code: 'ORK1501' })).runs;
  const { rules } = tool.driver;
  expect(rules).toEqual([{ id: 'ORK1101' }, { id: 'ORK1501' }]);
  expect(results.map(({ ruleId, ruleIndex }) => rules[ruleIndex]?.id === ruleId)).toEqual([true, true, true]);
});

it.each([
  ['dir/my, katalog.yaml', 'dir/my,%20katalog.yaml'],
  ['a#b?c%d.yaml', 'a%23b%3Fc%25d.yaml'],
  ['c:katalog.yaml', 'c%3Akatalog.yaml'],
  ['/tmp/a b.yaml', 'file:///tmp/a%20b.yaml'],
  ['https://a.example/k.yaml', 'https://a.example/k.yaml'],
  ['oci://a.example/p:1!/katalog.yaml', 'oci://a.example/p:1!/katalog.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
])('names the file %s as %s', (file, expected) => {
  const [{ results }] = logOf(inFile(file)).runs;
  expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(expected);
});

it('names the places that bring a file in', () => {
  const usedAt = { file: 'b.yaml', line: 2, column: 3, usedAt: { file: 'a.yaml', line: 4, column: 5 } };
  const [{ results }] = logOf(problem({ position: { file: 'c.yaml', line: 1, column: 1, usedAt } })).runs;
  const at = (file: string, startLine: number, startColumn: number): object => ({
    physicalLocation: { artifactLocation: { uri: file }, region: { startLine, startColumn } },
  });
  expect(results[0]).toMatchObject({ relatedLocations: [at('b.yaml', 2, 3), at('a.yaml', 4, 5)] });
});

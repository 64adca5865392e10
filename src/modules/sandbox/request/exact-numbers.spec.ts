// Whole numbers of an int64 keep their digits in both text forms, on the way in and on the way out.
import { jsonText } from '../../common';
import { decodeObjectBody } from './decode-body';
import { writeYaml } from './yaml';

const KIND = { group: 'demo.example.org', version: 'v1', kind: 'Ledger' };
const SPEC = { id: 9007199254740993n, all: [-9223372036854775808n, 1, 1.5], far: 9223372036854775808 };

it.each([
  ['application/json', '{"spec":{"id":9007199254740993,"all":[-9223372036854775808,1,1.5],"far":9223372036854775808}}'],
  [
    'application/yaml',
    'spec:\n  id: 9007199254740993\n  all: [-9223372036854775808, 1, 1.5]\n  far: 9223372036854775808\n',
  ],
  ['application/yaml', '{"spec":{"id":9007199254740993,"all":[-9223372036854775808,1,1.5],"far":9223372036854775808}}'],
])('a body of %s', (type, text) => {
  const { object, sent } = decodeObjectBody(Buffer.from(text), type, KIND);
  expect(object).toStrictEqual({ spec: SPEC });
  expect(sent.text).toContain('"id":9007199254740993');
});

it('an answer in JSON and in YAML', () => {
  expect(jsonText({ spec: SPEC })).toContain('"all":[-9223372036854775808,1,1.5]');
  expect(writeYaml({ spec: SPEC })).toContain('  id: 9007199254740993\n');
  expect(writeYaml({ spec: SPEC })).toContain('  - -9223372036854775808\n');
});

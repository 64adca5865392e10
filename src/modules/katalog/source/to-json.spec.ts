import { jsonText, ProblemList, type SourceNode } from '../../common';
import { parseYamlDocuments } from './parse-yaml';
import { toJson } from './to-json';

it.each([
  ['9007199254740991', '9007199254740991'],
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['0x7fffffffffffffff', '9223372036854775807'],
  ['9223372036854775808', '9223372036854776000'],
  ['[-0, -0.0]', '[0,0]'],
  ['[1.0, 1.5, 9007199254740993]', '[1,1.5,9007199254740993]'],
])('%s of YAML is %s', (yaml, json) => {
  const [root] = parseYamlDocuments(`a: ${yaml}\n`, 'f.yaml', new ProblemList());
  expect(jsonText(toJson(root as SourceNode))).toBe(`{"a":${json}}`);
});

import { ProblemList } from '../../common';
import { MAX_BYTES, parseYamlDocuments } from './parse-yaml';
import { readTextFile } from './read-files';

it('a file without end is read as far as it takes to refuse it', () => {
  const text = readTextFile('/dev/zero');
  expect(text).toHaveLength(MAX_BYTES + 1);
  const problems = new ProblemList();
  expect(parseYamlDocuments(text, 'zero', problems)).toEqual([]);
  expect(problems.errors).toEqual([
    expect.objectContaining({
      message: 'the file is larger than 10 MiB',
      position: { file: 'zero', line: 1, column: 1 },
    }),
  ]);
});

// Templates as users write them; what they print was written by real Go.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveSnippet, snippetsOf } from './testing/snippets';

const FOLDER = join(__dirname, 'testing/snippets');
const files = readdirSync(FOLDER).map((file) => ({
  file,
  snippets: snippetsOf(readFileSync(join(FOLDER, file), 'utf8')),
}));

it('there are more than a hundred', () => {
  expect(files.reduce((sum, { snippets }) => sum + snippets.length, 0)).toBeGreaterThan(100);
});

describe.each(files)('$file', ({ snippets }) => {
  it.each(snippets.map((snippet) => [snippet.title, snippet] as const))('%s', (_title, snippet) => {
    expect(resolveSnippet(snippet)).toBe(snippet.expected);
  });
});

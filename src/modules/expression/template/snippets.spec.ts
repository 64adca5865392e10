// Templates as users write them, and the examples of the language's reference; what they print was written by real Go.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { resolveSnippet, type Snippet, snippetsOf } from './testing/snippets';

const FOLDER = join(__dirname, 'testing/snippets');
const REFERENCE = join(__dirname, '../../../../docs/reference');
const PAGES = ['templates.md', 'templates-values.md', 'templates-limits.md'];

interface SnippetFile {
  readonly file: string;
  readonly snippets: readonly Snippet[];
}

function readSnippets(path: string): SnippetFile {
  return { file: basename(path), snippets: snippetsOf(readFileSync(path, 'utf8')) };
}

const files = readdirSync(FOLDER).map((file) => readSnippets(join(FOLDER, file)));
const reference = PAGES.map((page) => readSnippets(join(REFERENCE, page)));

const count = (of: readonly SnippetFile[]): number => of.reduce((sum, { snippets }) => sum + snippets.length, 0);

it('there are more than a hundred, and the reference shows every part of the language', () => {
  expect(count(files)).toBeGreaterThan(100);
  expect(count(reference)).toBeGreaterThan(30);
});

describe.each([...files, ...reference])('$file', ({ snippets }) => {
  it.each(snippets.map((snippet) => [snippet.title, snippet] as const))('%s', (_title, snippet) => {
    expect(resolveSnippet(snippet)).toBe(snippet.expected);
  });
});

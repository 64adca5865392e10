// What an author sees while typing: the schemas of the files in the language server of the editors.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FULL_E2E, FULL_SIMULATE } from '../../src/modules/katalog/testing/full';
import { YamlLanguageServer } from './support/yaml-language-server';

const ROOT = join(__dirname, '../..');
const SAMPLE = join(ROOT, 'examples/beginner/01-hello-website/katalog.yaml');
const TEXT = readFileSync(SAMPLE, 'utf8');

jest.setTimeout(60_000);

let server: YamlLanguageServer;

beforeAll(async () => {
  server = await YamlLanguageServer.start();
});

afterAll(() => server?.stop());

/** A file of its own that only the editor has: diagnostics of an earlier text may still be on their way. */
let drafts = 0;
const draft = (): string => join(dirname(SAMPLE), `draft-${++drafts}.yaml`);

/** Where this stands in the text; the character behind it with `isAfter`. */
function place(text: string, needle: string, isAfter = false): { line: number; character: number } {
  const offset = text.indexOf(needle);
  if (offset < 0) throw new Error(`no "${needle}"`);
  const lines = text.slice(0, isAfter ? offset + needle.length : offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

describe('an editor', () => {
  const examples = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(katalog|komposer|motif)\.yaml$/.test(file))
    .map((file) => join('examples', file));

  it.each(examples)('finds nothing wrong with %s', async (path) => {
    const file = join(ROOT, path);
    expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=/);
    expect(await server.open(file)).toEqual([]);
  });

  it.each([
    ['an unknown key', '  description: Runs', '  descripton: Runs', 'descripton', /descripton is not allowed/],
    ['a list where a map is meant', '  crds:\n', '  crds: []\n  x:\n', '[]', /Incorrect type/],
    ['a wrong word', 'type: int', 'type: integr', 'integr', /not accepted|Valid values/],
    ['a template where none may be', 'version: 0.1.0', 'version: "{{ .x }}"', '"{{ .x }}"', /does not match/],
    ['a key that is missing', 'kind: Katalog\n', '', 'apiVersion', /Missing property "kind"/],
    ['what is not supported yet', 'onReconcile:\n', 'onReconcile:\n          git: {}\n', 'git: {}', /not allowed/],
  ])('marks %s', async (_what, before, after, marked, message) => {
    expect(TEXT).toContain(before);
    const text = TEXT.replace(before, after);
    const found = await server.open(draft(), text);
    const here = found.filter(({ range }) => range.start.line === place(text, marked).line);
    expect(here.map((one) => one.message)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it.each([
    ['simulate', 'an unknown key', FULL_SIMULATE, '  cycles: 4', '  cicles: 4', 'cicles', /cicles is not allowed/],
    [
      'simulate',
      'a wrong word',
      FULL_SIMULATE,
      'verb: create',
      'verb: created',
      'created',
      /not accepted|Valid values/,
    ],
    [
      'e2e',
      'an unknown key',
      FULL_E2E,
      '      after: cr-applied',
      '      aftr: cr-applied',
      'aftr',
      /aftr is not allowed/,
    ],
    ['e2e', 'a wrong number', FULL_E2E, 'replicas: 2', 'replicas: -2', 'replicas: -2', /minimum|pattern/],
  ])('takes every field of %s files, and marks %s', async (kind, _what, file, before, after, marked, message) => {
    const head = `# yaml-language-server: $schema=../../../schemas/${kind}.schema.json\n`;
    const right = head + readFileSync(file, 'utf8');
    expect(await server.open(draft(), right)).toEqual([]);
    expect(right).toContain(before);
    const text = right.replace(before, after);
    const found = await server.open(draft(), text);
    const here = found.filter(({ range }) => range.start.line === place(text, marked).line);
    expect(here.map((one) => one.message)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
  });

  it('tells what a field is', async () => {
    const file = draft();
    await server.open(file, TEXT);
    expect(await server.hover(file, place(TEXT, 'crdFile'))).toContain('CRD manifest');
  });

  it('offers the keys that may stand here, and none that is refused', async () => {
    const needle = 'onReconcile:\n';
    const text = TEXT.replace(needle, `${needle}          \n`);
    const file = draft();
    await server.open(file, text);
    const { line } = place(text, needle);
    const offered = await server.complete(file, { line: line + 1, character: 10 });
    expect(offered).toEqual(expect.arrayContaining(['when', 'or']));
    expect(offered).not.toContain('docker');
  });
});

// `ork template -o yaml` and `-o json`: what they print is the same Katalog, and to the byte the same when it is printed again.
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { jsonText, type JsonObject, ProblemList } from '../../common';
import { expandKatalog } from '../expand/expand-katalog';
import { localTexts } from '../source/source-texts';
import { toYaml } from '../source/to-yaml';
import { FULL_KATALOGS } from '../testing/full';
import { compile, katalogWith } from '../testing/katalog-source';
import { compileExpanded } from './compile-katalog';
import { type CompiledKatalog } from './compiled-katalog';

const ROOT = join(__dirname, '../../../..');
const GOLDEN = join(__dirname, '../testing/golden');
const PRINT = { yaml: toYaml, json: (document: JsonObject) => `${jsonText(document, 2)}\n` } as const;

const filesOf = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));

const FILES = [
  ...FULL_KATALOGS,
  ...filesOf(join(ROOT, 'examples'), /(^|\/)(katalog|komposer)\.yaml$/),
  ...filesOf(GOLDEN, /\.katalog\.yaml$/),
].map((file) => relative(ROOT, file));

/** Compiles a file of this machine, or a text as if it stood at that place. */
function compiled(file: string, text?: string): CompiledKatalog {
  const read = (location: string): string | undefined =>
    location === file && text !== undefined ? text : localTexts.read(location);
  const context = { texts: { ...localTexts, read }, problems: new ProblemList() };
  return compileExpanded(expandKatalog([file], context), [file], context, {});
}

const facts = ({ hash, unrunnable, notes }: CompiledKatalog): unknown => ({
  hash,
  unrunnable: unrunnable.map(({ message }) => message).sort(),
  notes: notes.map(({ name }) => name),
});

it.each(FILES)('%s', (name) => {
  const file = join(ROOT, name);
  const katalog = compiled(file);
  const beside = join(dirname(file), 'printed.yaml');
  for (const print of Object.values(PRINT)) {
    const text = print(katalog.expanded);
    const again = compiled(beside, text);
    expect(facts(again)).toEqual(facts(katalog));
    expect(print(again.expanded)).toBe(text);
  }
});

const ENTRY = `onReconcile:
  configMaps:
    - name: plain
      data: { version: 1.20, octal: 010, hex: 0x1F, exponent: 1e3, word: yes, day: 2024-01-31, blank: " a " }
`;

describe('a text that is written as a number', () => {
  const katalogOf = (entry: string): CompiledKatalog => {
    const { katalog, errors } = compile(katalogWith(entry, 'labels: { version: 1.20 }'));
    if (katalog === undefined) throw new Error(errors.join('\n'));
    return katalog;
  };

  it('keeps its digits', () => {
    const yaml = toYaml(katalogOf(ENTRY).expanded);
    for (const line of ['"1.20"', '"010"', '"0x1F"', '"1e3"', '"yes"', '"2024-01-31"', '" a "']) {
      expect(yaml).toContain(`: ${line}\n`);
    }
    expect(yaml).toContain('labels:\n        version: "1.20"\n');
  });

  it('is not the same as another with the same value', () => {
    expect(katalogOf(ENTRY).hash).not.toBe(katalogOf(ENTRY.replace('1.20', '1.2')).hash);
    expect(katalogOf(ENTRY).hash).toBe(katalogOf(ENTRY.replace('1.20', '"1.20"')).hash);
  });
});

// docs/reference and schemas are written from the source. After a change of the language:
//   UPDATE_REFERENCE=1 npx jest test/integration/reference.spec.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaText } from '../../src/cli/actions/explain';
import { compileTemplate } from '../../src/modules/expression/template/compile';
import { builtinFunctions } from '../../src/modules/expression';
import { Environment } from '../../src/modules/konfig/environment.dto';
import { getMetadataStorage } from 'class-validator';
import {
  e2eReference,
  katalogReference,
  komposerReference,
  motifReference,
  notesReference,
  profilesReference,
  simulateReference,
} from './support/reference';

const ROOT = join(__dirname, '../..');
const FOLDER = join(ROOT, 'docs/reference');
const PAGES = {
  'docs/reference/katalog.md': katalogReference,
  'docs/reference/komposer.md': komposerReference,
  'docs/reference/motif.md': motifReference,
  'docs/reference/simulate.md': simulateReference,
  'docs/reference/e2e.md': e2eReference,
  'docs/reference/notes.md': notesReference,
  'docs/reference/profiles.md': profilesReference,
  'schemas/katalog.schema.json': schemaText,
  'schemas/komposer.schema.json': () => schemaText('komposer'),
  'schemas/motif.schema.json': () => schemaText('motif'),
  'schemas/simulate.schema.json': () => schemaText('simulate'),
  'schemas/e2e.schema.json': () => schemaText('e2e'),
};

function sources(): readonly string[] {
  const root = join(ROOT, 'src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(root, file), 'utf8'));
}

describe('the reference', () => {
  it.each(Object.entries(PAGES))('says in %s what the source says', (file, page) => {
    const path = join(ROOT, file);
    if (process.env['UPDATE_REFERENCE'] === '1') writeFileSync(path, page());
    expect(readFileSync(path, 'utf8')).toBe(page());
  });

  it('shows examples of functions that compile', () => {
    const broken = builtinFunctions
      .all()
      .filter(({ example }) => {
        try {
          compileTemplate(example);
          return false;
        } catch {
          return true;
        }
      })
      .map(({ name, example }) => `${name}: ${example}`);
    expect(broken).toEqual([]);
  });

  it('explains every code of a problem, and no other', () => {
    const used = new Set(sources().flatMap((text) => text.match(/'ORK\d{4}'/g) ?? []));
    const page = readFileSync(join(FOLDER, 'problems.md'), 'utf8');
    const explained = [...page.matchAll(/^\| `(ORK\d{4})`/gm)].map(([, code]) => `'${code}'`);
    expect(explained.sort()).toEqual([...used].sort());
  });

  it('names every environment variable, and no other', () => {
    const read = new Set(
      getMetadataStorage()
        .getTargetValidationMetadatas(Environment, '', false, false)
        .map(({ propertyName }) => propertyName),
    );
    const page = readFileSync(join(FOLDER, 'environment.md'), 'utf8');
    const named = [...page.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...read].sort());
  });
});

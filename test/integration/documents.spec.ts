// What the documents say is true as far as a program can tell: links lead somewhere, folders exist, Katalogs compile.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { compileKatalog } from '../../src/modules/katalog';

const ROOT = join(__dirname, '../..');
const SKIPPED = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache']);

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownUnder(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const DOCUMENTS = markdownUnder(ROOT).map((path) => relative(ROOT, path));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Without code: what looks like a link there is none. */
function prose(text: string): string {
  return text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.replace(/^```.*?^```/gms, '').matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) => title);
  return new Set(
    headings.map((title) =>
      title
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function brokenLinks(document: string): readonly string[] {
  const links = [...prose(read(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return links.filter((link) => {
    if (/^(https?:|mailto:)/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? document : join(dirname(document), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).has(anchor);
  });
}

describe('the documents', () => {
  it.each(DOCUMENTS)('%s links only to what exists', (document) => {
    expect(brokenLinks(document)).toEqual([]);
  });

  it('show in README.md how to run and how to test', () => {
    const text = read('README.md');
    expect(text).toContain('npm ci && npm start');
    expect(text).toContain('npm ci && npm test');
  });

  it('hold Katalogs that compile', () => {
    const folder = mkdtempSync(join(tmpdir(), 'orkestra-documents-'));
    try {
      for (const document of DOCUMENTS) {
        const blocks = [...read(document).matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block);
        const crd = blocks.find((block) => /^kind: CustomResourceDefinition$/m.test(block));
        writeFileSync(join(folder, 'crd.yaml'), crd ?? read('examples/beginner/01-hello-website/crd.yaml'));
        for (const katalog of blocks.filter((block) => /^kind: Katalog$/m.test(block))) {
          writeFileSync(join(folder, 'katalog.yaml'), katalog);
          expect(compileKatalog([join(folder, 'katalog.yaml')]).warnings).toEqual([]);
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the codebase map', () => {
  const places = [...read('docs/codebase-map.md').matchAll(/`(src\/[^`]+)`( \(later\))?/g)].map(
    ([, path = '', later]) => ({ path, isLater: later !== undefined }),
  );

  it('names folders that exist, and marks the others as later', () => {
    const wrong = places.filter(({ path, isLater }) => existsSync(join(ROOT, path)) === isLater);
    expect(wrong).toEqual([]);
  });

  it('names every module but the shared ones', () => {
    const modules = readdirSync(join(ROOT, 'src/modules'));
    const named = new Set(places.map(({ path }) => path.split('/')[2]));
    expect(modules.filter((name) => !named.has(name) && name !== 'schema')).toEqual([]);
  });
});

describe('every module', () => {
  const modules = readdirSync(join(ROOT, 'src/modules')).filter((name) =>
    statSync(join(ROOT, 'src/modules', name)).isDirectory(),
  );

  it.each(modules)('%s says in its README what it does and what it does not own', (name) => {
    expect(read(`src/modules/${name}/README.md`)).toMatch(/does not own/i);
  });
});

describe('every example', () => {
  const folders = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('katalog.yaml'))
    .map((file) => join('examples', dirname(file)));

  it.each(folders)('%s compiles without a warning and has a README', (folder) => {
    expect(compileKatalog([join(ROOT, folder, 'katalog.yaml')]).warnings).toEqual([]);
    expect(existsSync(join(ROOT, folder, 'README.md'))).toBe(true);
  });
});

describe('the decisions', () => {
  it('are numbered without a gap, and all in the list', () => {
    const files = readdirSync(join(ROOT, 'docs/adr')).filter((file) => file !== 'README.md');
    const list = read('docs/adr/README.md');
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
    expect(files.filter((file) => !list.includes(`(${file})`))).toEqual([]);
  });

  it.each(readdirSync(join(ROOT, 'docs/adr')).filter((file) => file !== 'README.md'))(
    '%s tells context, decision and consequences',
    (file) => {
      const text = read(`docs/adr/${file}`);
      for (const heading of ['Context', 'Decision', 'Consequences']) expect(text).toContain(`\n## ${heading}\n`);
    },
  );
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryProblems } from '../../scripts/repository-rules.js';

let root: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orkestra-repository-'));
  write('package.json', JSON.stringify({ dependencies: { one: '1.0.0' } }));
  write('package-lock.json', JSON.stringify({ packages: { '': { dependencies: { one: '1.0.0' } } } }));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the repository rules', () => {
  it('accept a pinned, host-free, short checkout', () => {
    write('src/short.ts', 'line\n'.repeat(400));
    expect(repositoryProblems(root)).toEqual([]);
  });

  it('refuse a version range in any kind of dependency', () => {
    write('package.json', JSON.stringify({ dependencies: { one: '1.0.0' }, overrides: { two: '^1.0.0' } }));
    expect(repositoryProblems(root)).toEqual(['package.json overrides.two: "^1.0.0" is not an exact version']);
  });

  it('refuse an address in the lock file', () => {
    const entry = { version: '1.0.0', resolved: 'https://registry.example/one.tgz' };
    write(
      'package-lock.json',
      JSON.stringify({ packages: { '': { dependencies: { one: '1.0.0' } }, 'node_modules/one': entry } }),
    );
    expect(repositoryProblems(root)).toEqual([expect.stringContaining('node_modules/one has a "resolved" address')]);
  });

  it('refuse a lock file that another package.json was installed from', () => {
    write('package-lock.json', JSON.stringify({ packages: { '': { dependencies: { one: '1.0.1' } } } }));
    expect(repositoryProblems(root)).toEqual([expect.stringContaining('dependencies differ from package.json')]);
  });

  it('refuse a file of more than 400 lines, except what a program wrote', () => {
    write('src/long.ts', 'line\n'.repeat(401));
    write('test/vectors/long.json', 'line\n'.repeat(401));
    write('src/generated/long.ts', 'line\n'.repeat(401));
    write('docs/written.md', `# Fields\n\n<!-- Written from the source; do not edit. -->\n${'line\n'.repeat(401)}`);
    write('test/go.sum', 'line\n'.repeat(401));
    write('node_modules/one/long.js', 'line\n'.repeat(401));
    expect(repositoryProblems(root)).toEqual(['src/long.ts: 401 lines, split it (at most 400)']);
  });
});

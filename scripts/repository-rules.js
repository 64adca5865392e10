// What no linter looks at: the lock file names no host, every version is pinned, no file grows past 400 lines.
const { readdirSync, readFileSync } = require('node:fs');
const { extname, join, relative, sep } = require('node:path');

const MAX_LINES = 400;
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', '.git', '.cache']);
const COUNTED = new Set(['.ts', '.tsx', '.js', '.cjs', '.mjs', '.go', '.sh', '.yaml', '.yml', '.json', '.md', '.css']);
/** Says so in its first lines. */
const GENERATED = /do not edit/i;
const HEAD_CHARACTERS = 300;
/** Written by a program, or compared byte by byte with what one wrote. */
const UNCOUNTED =
  /(^|\/)(package-lock\.json|go\.sum|golden|generated|vectors|testing\/[^/]+\.json)(\/|$)|\.generated\.|\.golden\./;
const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const DEPENDENCY_KEYS = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];

function unpinned(manifest) {
  return DEPENDENCY_KEYS.flatMap((key) =>
    Object.entries(manifest[key] ?? {})
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `package.json ${key}.${name}: "${version}" is not an exact version`),
  );
}

function lockProblems(lock, manifest) {
  const hosts = Object.entries(lock.packages ?? {})
    .filter(([, entry]) => 'resolved' in entry)
    .map(([name]) => `package-lock.json: ${name} has a "resolved" address; .npmrc keeps it out, install again`);
  const root = lock.packages?.[''] ?? {};
  const stale = ['dependencies', 'devDependencies'].filter(
    (key) => JSON.stringify(sorted(root[key])) !== JSON.stringify(sorted(manifest[key])),
  );
  return [...hosts, ...stale.map((key) => `package-lock.json: ${key} differ from package.json, run npm install`)];
}

function sorted(entries = {}) {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED_FOLDERS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

function longFiles(root) {
  return filesUnder(root)
    .filter((path) => COUNTED.has(extname(path)))
    .map((path) => ({ path, name: relative(root, path).split(sep).join('/') }))
    .filter(({ name }) => !UNCOUNTED.test(name))
    .map(({ path, name }) => ({ name, text: readFileSync(path, 'utf8') }))
    .filter(({ text }) => !GENERATED.test(text.slice(0, HEAD_CHARACTERS)))
    .map(({ name, text }) => ({ name, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ name, lines }) => `${name}: ${lines} lines, split it (at most ${MAX_LINES})`);
}

/** Every broken rule of the checkout at `root`, one line each. */
function repositoryProblems(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return [...unpinned(manifest), ...lockProblems(lock, manifest), ...longFiles(root)];
}

module.exports = { repositoryProblems };

if (require.main === module) {
  const problems = repositoryProblems(process.argv[2] ?? join(__dirname, '..'));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

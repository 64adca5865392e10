// The built product, for the specs that run it as a process: built when a source is newer than it, so that a run of
// one unit spec costs nothing and a running process keeps its files.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const INPUTS = ['src', 'scripts/build.js', '.swcrc', 'package.json'];

function changedAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

module.exports = () => {
  const product = join(ROOT, 'dist', 'cli', 'ork.js');
  const newest = Math.max(...INPUTS.map((path) => changedAt(join(ROOT, path))));
  if (existsSync(product) && statSync(product).mtimeMs > newest) return;
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.js')], { stdio: 'inherit' });
};

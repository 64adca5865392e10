// Builds when a source is newer than the last build that came to its end: a second `npm start` begins at once, and a
// running process keeps the files that it still loads.
'use strict';
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const INPUTS = ['src', 'scripts/build.js', '.swcrc', 'package-lock.json'];
/** Written by the build when all is there. */
const STAMP = join(ROOT, 'dist', '.built');

function changedAt(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

/** Throws when the build fails; what is wrong has been printed then. */
module.exports = function buildWhenChanged() {
  const newest = Math.max(...INPUTS.map((path) => changedAt(join(ROOT, path))));
  if (existsSync(STAMP) && statSync(STAMP).mtimeMs > newest) return;
  execFileSync(process.execPath, [join(__dirname, 'build.js')], { stdio: ['ignore', 'ignore', 'inherit'] });
};

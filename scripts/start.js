// `npm start`: builds, then runs the sample operator in this process.
'use strict';
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { orkArguments, ROOT } = require('./sample');

const args = orkArguments(process.argv.slice(2));
try {
  execFileSync(process.execPath, [join(__dirname, 'build.js')], { stdio: 'inherit' });
} catch {
  console.error('error: the build failed, see above; nothing was started');
  process.exit(1);
}
// In this process: a Ctrl-C then reaches `ork` once, and nobody stands between it and the terminal.
const ork = join(ROOT, 'dist', 'cli', 'ork.js');
process.argv = [process.execPath, ork, ...args];
require(ork);

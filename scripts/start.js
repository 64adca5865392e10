// `npm start`: builds when there is something new, then runs the sample operator in this process.
'use strict';
const { join } = require('node:path');
const buildWhenChanged = require('./build-when-changed');
const { orkArguments, ROOT } = require('./sample');

const args = orkArguments(process.argv.slice(2));
try {
  buildWhenChanged();
} catch {
  console.error('error: the build failed, see above; nothing was started');
  process.exit(1);
}
// In this process: a Ctrl-C then reaches `ork` once, and nobody stands between it and the terminal.
const ork = join(ROOT, 'dist', 'cli', 'ork.js');
process.argv = [process.execPath, ork, ...args];
require(ork);

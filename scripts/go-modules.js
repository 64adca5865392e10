// Where the Go modules are that the API server of the tests is built from.
'use strict';
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const MODULES = path.join(__dirname, '..', 'test', 'kube', 'assets', 'kubernetes');

/** The folder of a module in the module cache. */
function moduleFolder(name) {
  return execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', name], { cwd: MODULES }).toString().trim();
}

module.exports = { moduleFolder };

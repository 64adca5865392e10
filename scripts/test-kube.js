// `npm run test:kube`: the binaries, then the tests against the real control plane. `--update-golden` writes what the
// real server answers into test/conformance/golden; everything else is for jest.
'use strict';
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');
const UPDATE = '--update-golden';

function run(args, env) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

const given = process.argv.slice(2);
const isUpdate = given.includes(UPDATE);
const rest = given.filter((argument) => argument !== UPDATE);
// Only the suite that has golden files writes them.
const chosen = isUpdate ? ['test/kube/conformance.spec.ts', ...rest] : rest;

run([join(__dirname, 'kube-assets.js')], process.env);
run([join(ROOT, 'node_modules/jest/bin/jest.js'), '-c', 'jest.kube.config.js', ...chosen], {
  ...process.env,
  ORK_UPDATE_GOLDEN: isUpdate ? '1' : '',
});

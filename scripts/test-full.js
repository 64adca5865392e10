// `npm run test:full`: every test there is, the long ones too (ORK_TEST_FULL=1: a longer storm, watches that stay silent
// until the runtime gives them up), set here because no spelling of it works in every shell. A part runs also when one
// before it failed; the end says how each went.
'use strict';
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');

const PARTS = [
  { name: 'test', script: join(root, 'node_modules', 'jest', 'bin', 'jest.js') },
  { name: 'test:kube', script: join(__dirname, 'test-kube.js') },
  { name: 'test:real', script: join(__dirname, 'test-real.js') },
];

function run({ name, script }) {
  const began = performance.now();
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ORK_TEST_FULL: '1' } };
  console.log(`\n=== ${name}`);
  const passed = spawnSync(process.execPath, [script], options).status === 0;
  const seconds = Math.round((performance.now() - began) / 1_000);
  return { passed, line: `${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds} s` };
}

const results = PARTS.map(run);
console.log(`\n${results.map(({ line }) => line).join('\n')}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

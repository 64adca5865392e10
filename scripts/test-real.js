// `npm run test:real`: the tests against real programs of others. What they need comes from Debian and is installed when it
// is missing, where that is possible. Where it is not, the tier is left out and says why; with CI=true that is a failure.
// `--install` installs only, and prints the reason when it can't.
'use strict';
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');

const ROOT = join(__dirname, '..');
const INSTALL = '--install';
/** By the program that tells whether it is there. */
const PACKAGES = { 'docker-registry': 'docker-registry' };
const APT_LIMIT_MS = 240_000;

function has(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function missing() {
  return Object.keys(PACKAGES).filter((program) => !has(program));
}

/** Output goes to standard error: standard output is for the reason. */
function apt(...args) {
  // The packages are servers: nobody is to start them now (RUNLEVEL is what Debian's invoke-rc.d looks at).
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env, timeout: APT_LIMIT_MS });
  return status === 0;
}

/** Why the tests can't run; undefined when everything is there. */
function provide() {
  const programs = missing();
  if (programs.length === 0) return undefined;
  const packages = programs.map((program) => PACKAGES[program]).join(' ');
  const wanted = `${programs.join(', ')} is missing (Debian: apt-get install ${packages})`;
  if (!has('apt-get')) return `${wanted}, and this is no Debian`;
  if (process.getuid?.() !== 0) return `${wanted}, and only root may install it`;
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages.split(' '));
  // A new machine has no list of packages yet.
  const isDone = install() || (apt('update') && install());
  return isDone && missing().length === 0 ? undefined : `${wanted}, and installing it failed`;
}

const given = process.argv.slice(2);
const reason = provide();
if (given.includes(INSTALL)) {
  if (reason !== undefined) console.log(reason);
  process.exitCode = reason === undefined ? 0 : 1;
} else if (reason !== undefined) {
  console.error(`test:real ${process.env.CI === 'true' ? 'failed' : 'is left out'}: ${reason}`);
  process.exitCode = process.env.CI === 'true' ? 1 : 0;
} else {
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(process.execPath, [jest, '-c', 'jest.real.config.js', ...given], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}

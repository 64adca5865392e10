// A Go program of the tests, built once into a cache outside the checkout that is keyed by what it is built from.
'use strict';
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const SOURCES = path.join(__dirname, '..', 'test', 'kube', 'assets');

/** Everything that is built for the tests lies below it. */
function cacheBase() {
  return (
    process.env.ORK_KUBE_CACHE ??
    path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'orkestra', 'kube')
  );
}

/**
 * `module`: a folder of test/kube/assets; `inputs`: its files that the program depends on; `args`: of `go build`. Resolves
 * to the path of the program; rejects with what the compiler said.
 */
async function buildProgram({ program, prefix, module, inputs, args }) {
  const folder = path.join(SOURCES, module);
  const hash = createHash('sha256');
  for (const file of inputs) hash.update(fs.readFileSync(path.join(folder, file)));
  const file = path.join(cacheBase(), `${prefix}-${hash.digest('hex').slice(0, 16)}`, program);
  if (fs.existsSync(file)) return file;
  const began = Date.now();
  const unfinished = `${file}.${process.pid}.tmp`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await promisify(execFile)('go', ['build', '-trimpath', '-o', unfinished, ...args], {
    cwd: folder,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error) => {
    throw new Error(`${program}: ${String(error.stderr || error.message).trim()}`);
  });
  fs.renameSync(unfinished, file);
  console.error(`built ${program} in ${Math.round((Date.now() - began) / 1000)} s`);
  return file;
}

/** For a script that is run directly: prints the path. */
function printPath(script, built) {
  built.then(console.log, (error) => {
    console.error(`${script}: ${error.message}`);
    process.exitCode = 1;
  });
}

module.exports = { SOURCES, buildProgram, cacheBase, printPath };

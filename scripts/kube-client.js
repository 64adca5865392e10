// The client program of test/kube/assets/clients: built once, into a cache that is keyed by its sources and pins.
// `npm run kube:assets` builds it with the servers; run directly, this prints the path of the binary.
'use strict';
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const SOURCES = path.join(__dirname, '..', 'test', 'kube', 'assets', 'clients');
const PROGRAM = 'go-client';

function clientFile() {
  const hash = createHash('sha256');
  const sources = fs.readdirSync(path.join(SOURCES, PROGRAM)).sort();
  for (const file of ['go.mod', 'go.sum', ...sources.map((name) => path.join(PROGRAM, name))]) {
    hash.update(fs.readFileSync(path.join(SOURCES, file)));
  }
  const base =
    process.env.ORK_KUBE_CACHE ??
    path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'orkestra', 'kube');
  return path.join(base, `client-${hash.digest('hex').slice(0, 16)}`, PROGRAM);
}

/** Resolves to its path; rejects with what the compiler said. */
async function buildClient() {
  const file = clientFile();
  if (fs.existsSync(file)) return file;
  const unfinished = `${file}.${process.pid}.tmp`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await promisify(execFile)('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', unfinished, `./${PROGRAM}`], {
    cwd: SOURCES,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' },
  }).catch((error) => {
    throw new Error(`${PROGRAM}: ${String(error.stderr || error.message).trim()}`);
  });
  fs.renameSync(unfinished, file);
  return file;
}

module.exports = { buildClient };

if (require.main === module) {
  buildClient().then(console.log, (error) => {
    console.error(`kube:client: ${error.message}`);
    process.exitCode = 1;
  });
}

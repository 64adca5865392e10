// Provides the control plane that the tests run against: etcd, kube-apiserver, kube-controller-manager, kube-scheduler,
// kubectl and kwok; helm; and the client program of the tests. KUBEBUILDER_ASSETS is honoured for the servers; what is not
// there is built from pinned Go modules into a cache outside the checkout, keyed by the pins, so that a second run costs
// nothing.
'use strict';
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { cacheBase, SOURCES } = require('./built-program.js');
const { buildClient } = require('./kube-client.js');
const { buildHelm } = require('./kube-helm.js');

const run = promisify(execFile);
const KUBERNETES = 'v1.36.3';
const VERSION_PACKAGE = 'k8s.io/component-base/version';
const [, MAJOR, MINOR] = /^v(\d+)\.(\d+)/.exec(KUBERNETES);
const STAMP = `-s -w -X ${VERSION_PACKAGE}.gitVersion=${KUBERNETES} -X ${VERSION_PACKAGE}.gitMajor=${MAJOR} -X ${VERSION_PACKAGE}.gitMinor=${MINOR}`;

/** One `go build` for all binaries of a module: what they share is compiled once, and one links while others compile. */
const MODULES = [
  {
    name: 'kubernetes',
    mains: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
  },
  { name: 'etcd', mains: { etcd: 'go.etcd.io/etcd/server/v3' } },
  { name: 'kwok', mains: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' } },
];
const BINARIES = MODULES.flatMap(({ mains }) => Object.keys(mains));

function cacheFolder() {
  const hash = createHash('sha256').update(STAMP);
  for (const module of ['kubernetes', 'etcd', 'kwok']) {
    for (const file of ['go.mod', 'go.sum']) hash.update(fs.readFileSync(path.join(SOURCES, module, file)));
  }
  return path.join(cacheBase(), hash.digest('hex').slice(0, 16));
}

function missingIn(folder) {
  return BINARIES.filter((name) => !fs.existsSync(path.join(folder, name)));
}

/** One build that fails ends the others. */
const failed = new AbortController();

function go(module, ...args) {
  // No debug information: it is stripped anyway, and writing it costs compile time.
  const flags = ['-trimpath', '-gcflags=all=-dwarf=false', '-ldflags', STAMP];
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
  return run('go', [args[0], ...flags, ...args.slice(1)], {
    cwd: path.join(SOURCES, module.name),
    env,
    maxBuffer: 64 * 1024 * 1024,
    signal: failed.signal,
  });
}

/** Downloads what the binaries need, and no more; the compiler needs none of it yet. */
async function fetchSources(module) {
  await go(module, 'list', '-deps', '-f', '{{/* names are of no use */}}', ...Object.values(module.mains));
}

async function build(module, folder, missing) {
  const wanted = Object.entries(module.mains).filter(([name]) => missing.includes(name));
  if (wanted.length === 0) return;
  const started = Date.now();
  const unfinished = fs.mkdtempSync(path.join(folder, 'unfinished-'));
  try {
    // With a single package -o may name the file: the main package of etcd is called "server".
    const target = wanted.length === 1 ? path.join(unfinished, wanted[0][0]) : `${unfinished}/`;
    await go(module, 'build', '-o', target, ...wanted.map(([, main]) => main));
    for (const [name] of wanted) fs.renameSync(path.join(unfinished, name), path.join(folder, name));
  } catch (error) {
    failed.abort();
    const reason = String(error.stderr || error.message).trim();
    throw new Error(`${module.name}: ${reason.slice(-2000)}`);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(`built ${wanted.map(([name]) => name).join(', ')} in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Two lines of work: the big module, and the two small ones one after the other. */
async function buildAll(folder, missing) {
  const [kubernetes, etcd, kwok] = MODULES;
  const fetched = MODULES.filter(({ mains }) => Object.keys(mains).some((name) => missing.includes(name))).map(
    // A failed download shows up again, with its reason, in the build.
    (module) => fetchSources(module).catch(() => undefined),
  );
  // Meanwhile the standard library is compiled, once: both lines of work below need it.
  await Promise.all([...fetched, go(kubernetes, 'build', 'std')]);
  const small = async () => {
    await build(etcd, folder, missing);
    await build(kwok, folder, missing);
  };
  await Promise.all([build(kubernetes, folder, missing), small()]);
}

function fail(message) {
  console.error(`kube:assets: ${message}`);
  process.exit(1);
}

async function main() {
  const given = process.env.KUBEBUILDER_ASSETS;
  const folder = given || cacheFolder();
  const missing = missingIn(folder);
  if (missing.length > 0 && given) fail(`KUBEBUILDER_ASSETS=${given} has no ${missing.join(', ')}`);
  if (missing.length > 0 && process.argv.includes('--print')) fail('not built yet: run "npm run kube:assets"');
  if (missing.length > 0) {
    await run('go', ['version']).catch(() =>
      fail('Go is needed to build the test control plane: install Go 1.26 or set KUBEBUILDER_ASSETS'),
    );
    fs.mkdirSync(folder, { recursive: true });
    await buildAll(folder, missing).catch((error) => fail(error.message));
  }
  if (!process.argv.includes('--print')) {
    await Promise.all([buildClient(), buildHelm()]).catch((error) => fail(error.message));
  }
  console.log(folder);
}

void main();

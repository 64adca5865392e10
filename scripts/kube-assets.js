// Provides the control plane that the tests run against: etcd, kube-apiserver, kube-controller-manager,
// kube-scheduler, kubectl and kwok. KUBEBUILDER_ASSETS is honoured; else everything is built from pinned Go modules
// into a cache outside the checkout, keyed by the pins, so that a second run costs nothing.
'use strict';
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');

const run = promisify(execFile);
const SOURCES = path.join(__dirname, '..', 'test', 'kube', 'assets');
const KUBERNETES = 'v1.36.3';
const VERSION_PACKAGE = 'k8s.io/component-base/version';
const [, MAJOR, MINOR] = /^v(\d+)\.(\d+)/.exec(KUBERNETES);
const STAMP = `-s -w -X ${VERSION_PACKAGE}.gitVersion=${KUBERNETES} -X ${VERSION_PACKAGE}.gitMajor=${MAJOR} -X ${VERSION_PACKAGE}.gitMinor=${MINOR}`;

/** Slowest first is pointless here: Go uses every core for one build. kube-apiserver compiles what the others share. */
const BINARIES = [
  { name: 'kube-apiserver', module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-apiserver' },
  { name: 'etcd', module: 'etcd', main: 'go.etcd.io/etcd/server/v3' },
  { name: 'kubectl', module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kubectl' },
  { name: 'kube-scheduler', module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-scheduler' },
  { name: 'kube-controller-manager', module: 'kubernetes', main: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
  { name: 'kwok', module: 'kwok', main: 'sigs.k8s.io/kwok/cmd/kwok' },
];

function cacheFolder() {
  const hash = createHash('sha256').update(STAMP);
  for (const module of ['kubernetes', 'etcd', 'kwok']) {
    for (const file of ['go.mod', 'go.sum']) hash.update(fs.readFileSync(path.join(SOURCES, module, file)));
  }
  const base =
    process.env.ORK_KUBE_CACHE ??
    path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'orkestra', 'kube');
  return path.join(base, hash.digest('hex').slice(0, 16));
}

function missingIn(folder) {
  return BINARIES.filter(({ name }) => !fs.existsSync(path.join(folder, name))).map(({ name }) => name);
}

async function build(binary, folder) {
  const started = Date.now();
  const target = path.join(folder, binary.name);
  const unfinished = `${target}.${process.pid}.tmp`;
  const args = ['build', '-trimpath', '-ldflags', STAMP, '-o', unfinished, binary.main];
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
  await run('go', args, { cwd: path.join(SOURCES, binary.module), env, maxBuffer: 64 * 1024 * 1024 });
  fs.renameSync(unfinished, target);
  console.log(`built ${binary.name} in ${Math.round((Date.now() - started) / 1000)} s`);
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
    for (const binary of BINARIES.filter(({ name }) => missing.includes(name))) {
      await build(binary, folder).catch((error) =>
        fail(
          `${binary.name}: ${String(error.stderr || error.message)
            .trim()
            .slice(-2000)}`,
        ),
      );
    }
  }
  console.log(folder);
}

void main();

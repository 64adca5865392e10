// How etcd and kube-apiserver are started on loopback: one home of the flags, for the scripts that record answers and for
// the tests against a real control plane.
'use strict';
const { generateKeyPairSync } = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

/**
 * Below what systems hand out to outgoing connections (32768 and up on Linux): a port that a server left for a moment,
 * to be started again, is taken by nobody.
 */
const FIRST_PORT = 20_000;
const PORTS = 12_000;
/** Of workers of one run: a port is free until its server listens, so no two of them may look at the same ones. */
const PORTS_OF_WORKER = 3_000;
const firstOfWorker = (Number(process.env.JEST_WORKER_ID ?? 0) % (PORTS / PORTS_OF_WORKER)) * PORTS_OF_WORKER;
/** Each process looks in another place. */
let nextPort = (process.pid * 61) % PORTS_OF_WORKER;

/** Ports that were free a moment ago. */
async function freePorts(amount) {
  const ports = [];
  while (ports.length < amount) {
    const port = FIRST_PORT + firstOfWorker + nextPort;
    nextPort = (nextPort + 1) % PORTS_OF_WORKER;
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The key of service accounts, and accounts with all rights: the token of `x` is `x-token`. */
function writeServerFiles(folder, administrators) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  fs.writeFileSync(path.join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  const tokens = administrators.map((name) => `${name}-token,${name},${name}-uid,"system:masters"\n`);
  fs.writeFileSync(path.join(folder, 'tokens.csv'), tokens.join(''));
}

/** Nothing is synced to the disk: what is written lives as long as the server. */
function etcdFlags(folder, { port, peerPort }) {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return {
    'data-dir': path.join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': true,
  };
}

/** After `writeServerFiles`; makes a certificate of its own in `<folder>/certs`. */
function apiServerFlags(folder, { port, etcdPort }) {
  return {
    'etcd-servers': `http://127.0.0.1:${etcdPort}`,
    'secure-port': port,
    'bind-address': '127.0.0.1',
    'cert-dir': path.join(folder, 'certs'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': path.join(folder, 'sa.key'),
    'service-account-signing-key-file': path.join(folder, 'sa.key'),
    'token-auth-file': path.join(folder, 'tokens.csv'),
    'authorization-mode': 'RBAC',
    'service-cluster-ip-range': '10.96.0.0/16',
    'disable-admission-plugins': 'ServiceAccount,TaintNodesByCondition',
    'shutdown-delay-duration': '0s',
  };
}

/** As the command line has them. */
function argumentsOf(flags) {
  return Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
}

module.exports = { freePorts, writeServerFiles, etcdFlags, apiServerFlags, argumentsOf };

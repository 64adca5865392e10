// A real API server (etcd beside it) on loopback for the scripts that record its answers: the OpenAPI tables and the
// vectors of the schema module. Built by scripts/kube-assets.js; ports and a folder of its own, gone when the work ends.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const { generateKeyPairSync } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const READY_MS = 60_000;
const TOKEN = 'admin-token';

/** Calls work with a client of a running server; ends both processes after it, whatever happens. */
async function withApiServer(work) {
  const assets = execFileSync(process.execPath, [path.join(__dirname, 'kube-assets.js')])
    .toString()
    .trim();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ork-record-'));
  const children = [];
  try {
    const port = await launchBoth(assets.split('\n').at(-1), folder, children);
    const client = clientOf(port, folder);
    await ready(client, children);
    return await work(client);
  } finally {
    for (const child of children.reverse()) await end(child);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function launchBoth(assets, folder, children) {
  const [port, etcdPort, peerPort] = await freePorts(3);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  fs.writeFileSync(path.join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  fs.writeFileSync(path.join(folder, 'tokens.csv'), `${TOKEN},admin,admin-uid,"system:masters"\n`);
  const client = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const launch = (name, flags) => {
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    children.push(spawn(path.join(assets, name), args, { stdio: 'ignore' }));
  };
  launch('etcd', {
    'data-dir': path.join(folder, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': true,
  });
  launch('kube-apiserver', {
    'etcd-servers': client,
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
  });
  return port;
}

async function freePorts(amount) {
  const servers = Array.from({ length: amount }, () => net.createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** `request(method, path, body)` -> { status, headers, text, json() }; a body that is a string is sent as it is. */
function clientOf(port, folder) {
  const agent = new https.Agent({ keepAlive: true });
  const authority = () => fs.readFileSync(path.join(folder, 'certs', 'apiserver.crt'));
  const request = (method, target, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const sent = { authorization: `Bearer ${TOKEN}`, ...headers };
      if (text !== undefined) sent['content-type'] ??= 'application/json';
      const call = https.request(
        { host: '127.0.0.1', port, path: target, method, headers: sent, ca: authority(), agent },
        (answer) => {
          const chunks = [];
          answer.on('data', (chunk) => chunks.push(chunk));
          answer.on('end', () => {
            const received = Buffer.concat(chunks).toString('utf8');
            const { statusCode: status, headers: answered } = answer;
            resolve({ status, headers: answered, text: received, json: () => JSON.parse(received) });
          });
          answer.on('error', reject);
        },
      );
      call.on('error', reject);
      call.end(text);
    });
  return { request, get: (target, headers) => request('GET', target, undefined, headers), port };
}

async function ready(client, children) {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (children.some((child) => child.exitCode !== null)) throw new Error('etcd or kube-apiserver ended');
    try {
      const { status } = await client.get('/readyz');
      if (status === 200 && (await client.get('/api/v1/namespaces/default')).status === 200) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('kube-apiserver did not become ready');
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

module.exports = { withApiServer };

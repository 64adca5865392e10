// A real API server (etcd beside it) on loopback for the scripts that record its answers: the OpenAPI tables and the
// vectors of the schema module. Built by scripts/kube-assets.js; ports and a folder of its own, gone when the work ends.
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const https = require('node:https');
const os = require('node:os');
const path = require('node:path');
const { apiServerFlags, argumentsOf, etcdFlags, freePorts, writeServerFiles } = require('./real-servers');

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
  writeServerFiles(folder, ['admin']);
  const launch = (name, flags) => {
    children.push(spawn(path.join(assets, name), argumentsOf(flags), { stdio: 'ignore' }));
  };
  launch('etcd', etcdFlags(folder, { port: etcdPort, peerPort }));
  launch('kube-apiserver', apiServerFlags(folder, { port, etcdPort }));
  return port;
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

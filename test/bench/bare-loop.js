// The floor for a Node process: a loop that sends the same five requests for each Website as the runtime does and reads
// the same four watches, and does nothing else: no templates, no comparison, no cache rules, no retry, no lease. What
// the runtime takes beyond it is what its engine costs. Run by `npm run bench -- --bare`; takes server, CA file, token.
'use strict';
const { randomBytes } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { Pool } = require('undici');

const [server, caFile, token] = process.argv.slice(2);
const WORKERS = 8;
const WEBSITES = '/apis/demo.orkestra.io/v1';
const APPLY = 'application/apply-patch+yaml';
const APPLY_QUERY = '?fieldManager=orkestra&force=true&fieldValidation=Ignore';

const connect = { ca: readFileSync(caFile) };
const requests = new Pool(server, { connect, connections: 16, pipelining: 1 });
const watches = new Pool(server, { connect, bodyTimeout: 0 });
const headers = { authorization: `Bearer ${token}`, 'user-agent': 'bench-bare-loop', accept: 'application/json' };

async function send(method, path, body, contentType) {
  const { statusCode, body: stream } = await requests.request({
    method,
    path,
    headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await stream.text();
  if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
  return JSON.parse(text);
}

/** Lists, then watches; every object is parsed and kept. */
async function follow(path, onObject) {
  const list = await send('GET', path);
  const store = new Map();
  const take = (object) => {
    store.set(`${object.metadata.namespace}/${object.metadata.name}`, object);
    onObject?.(object);
  };
  list.items.forEach(take);
  const query = `?watch=1&resourceVersion=${list.metadata.resourceVersion}`;
  const { body } = await watches.request({ method: 'GET', path: path + query, headers });
  let rest = '';
  body.setEncoding('utf8');
  body.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) take(JSON.parse(line).object);
  });
}

const waiting = [];
const seen = new Set();
let busy = 0;

function work() {
  while (busy < WORKERS && waiting.length > 0) {
    busy++;
    bringUp(waiting.shift())
      .catch((error) => console.error(error.message))
      .finally(() => {
        busy--;
        work();
      });
  }
}

async function bringUp(website) {
  const { apiVersion, kind, spec } = website;
  const { name, namespace, uid } = website.metadata;
  const metadata = (childName) => ({
    name: childName,
    namespace,
    resourceVersion: '1',
    labels: { 'orkestra-owner': name, 'orkestra.orkspace.io/managed': 'true', 'orkestra.orkspace.io/owner-uid': uid },
    ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
  });
  const apply = (path, body) => send('PATCH', path + APPLY_QUERY, body, APPLY);
  const core = `/api/v1/namespaces/${namespace}`;
  const content = `${name}-content`;
  await apply(`${core}/configmaps/${content}`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(content),
    data: { 'index.html': spec.message },
  });
  const labels = { 'orkestra-owner': name };
  await apply(`/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: { replicas: spec.replicas, selector: { matchLabels: labels }, template: pod(labels, name, spec, content) },
  });
  await apply(`${core}/services/${name}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name),
    spec: { type: 'ClusterIP', selector: labels, ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] },
  });
  const now = new Date().toISOString();
  const condition = {
    type: 'Ready',
    status: 'False',
    reason: 'ChildrenNotReady',
    message: '',
    lastTransitionTime: now,
  };
  const status = {
    phase: 'Pending',
    readyReplicas: 0,
    url: `http://${name}.${namespace}.svc`,
    conditions: [condition],
  };
  const site = `${WEBSITES}/namespaces/${namespace}/websites/${name}`;
  await send('PATCH', `${site}/status`, { status }, 'application/merge-patch+json');
  await send(
    'POST',
    `/apis/events.k8s.io/v1/namespaces/${namespace}/events`,
    {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: `${name}.${randomBytes(8).toString('hex')}`, namespace },
      eventTime: now.replace('Z', '000Z'),
      reportingController: 'bench',
      reportingInstance: 'bench',
      action: 'Reconcile',
      reason: 'WebsiteReconciled',
      type: 'Normal',
      note: 'children are as declared',
      regarding: { apiVersion, kind, namespace, name, uid },
    },
    'application/json',
  );
}

function pod(labels, name, spec, content) {
  const container = {
    name,
    image: spec.image,
    ports: [{ containerPort: 80, protocol: 'TCP' }],
    volumeMounts: [{ name: 'content', mountPath: '/usr/share/nginx/html' }],
  };
  const volumes = [{ name: 'content', configMap: { name: content } }];
  return { metadata: { labels }, spec: { containers: [container], volumes } };
}

async function main() {
  for (const path of ['/api/v1/configmaps', '/apis/apps/v1/deployments', '/api/v1/services']) await follow(path);
  await follow(`${WEBSITES}/websites`, (website) => {
    if (seen.has(website.metadata.uid)) return;
    seen.add(website.metadata.uid);
    waiting.push(website);
    work();
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});

// Records how a real API server merges: `node test/vectors/merge/record.js` writes vectors.json beside this file.
// All sequences run at once, step by step, each step in seconds of its own: times are written as seconds since the first
// step, so the file is the same on every run.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { withApiServer } = require('../../../scripts/real-api-server');
const { crd } = require('./crd');
const { sequences } = require('./sequences');

const NAMESPACE = 'merge';
const EPOCH = Date.UTC(2026, 0, 1);
const KINDS = {
  Thing: { apiVersion: 'merge.example.com/v1', plural: 'things' },
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps' },
  Service: { apiVersion: 'v1', plural: 'services' },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  ControllerRevision: { apiVersion: 'apps/v1', plural: 'controllerrevisions' },
};
const TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const secondOf = (ms) => new Date(ms).toISOString().slice(0, 19) + 'Z';

/** Waits for a second that no earlier step had. */
async function nextSecond() {
  await sleep(1_000 - (Date.now() % 1_000) + 50);
  return Math.floor(Date.now() / 1_000) * 1_000;
}

class Sequence {
  constructor(client, name, steps, index) {
    Object.assign(this, { client, name, steps, object: `o${index}`, recorded: [] });
    const first = steps[0].body;
    this.kind = first.kind;
  }

  async step(at) {
    const step = this.steps[at];
    if (step === undefined) return;
    const { verb, manager, subresource, userAgent } = step;
    const apiVersion = step.apiVersion ?? KINDS[this.kind].apiVersion;
    const before = await this.client.get(this.path(KINDS[this.kind].apiVersion));
    const stored = before.status === 200 ? before.json() : undefined;
    const body = await this.bodyOf(step, apiVersion);
    const isPatch = TYPES[verb] !== undefined;
    const query = new URLSearchParams({
      ...(manager === undefined || userAgent !== undefined ? {} : { fieldManager: manager }),
      ...(step.force ? { force: 'true' } : {}),
      ...(isPatch && !step.isChecked ? { fieldValidation: 'Ignore' } : {}),
    });
    const target = `${this.path(apiVersion, verb === 'create' ? '' : this.object)}${subresource ? `/${subresource}` : ''}?${query}`;
    const method = verb === 'create' ? 'POST' : verb === 'update' ? 'PUT' : 'PATCH';
    const answer = await this.client.request(
      method,
      target,
      typeof body === 'string' ? JSON.stringify(body) : body === null ? 'null' : body,
      { 'content-type': TYPES[verb] ?? 'application/json', 'user-agent': userAgent ?? 'recorder/1' },
    );
    const isRefused = answer.status >= 400;
    // What a Scale changed stands in the main resource.
    const result =
      subresource === 'scale' && !isRefused
        ? (await this.client.get(this.path(KINDS[this.kind].apiVersion))).json()
        : answer.json();
    this.recorded.push({
      verb,
      ...(userAgent === undefined ? { manager } : { userAgent }),
      ...(step.force ? { force: true } : {}),
      ...(subresource ? { subresource } : {}),
      ...(step.isChecked ? { isChecked: true } : {}),
      ...(apiVersion === KINDS[this.kind].apiVersion ? {} : { apiVersion }),
      ...(step.isLong ? {} : { body: this.plain(body) }),
      ...(isRefused
        ? { refused: this.refusal(result) }
        : {
            object: this.plain(result),
            ...(stored?.metadata.resourceVersion === result.metadata.resourceVersion ? { unchanged: true } : {}),
          }),
    });
  }

  /** Maps of Go come in no order: causes and lists of problems are sorted. */
  refusal({ code, reason, message, details }) {
    const [first, ...lines] = this.plain(message).split('\n');
    const text = first.endsWith('errors:') ? [first, ...lines.sort()].join('\n') : this.plain(message);
    const causes = details?.causes?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return { code, reason, message: text, ...(causes ? { causes } : {}) };
  }

  async bodyOf(step, apiVersion) {
    if (step.verb === 'update') {
      const current = await this.client.get(this.path(apiVersion));
      return step.change(current.json());
    }
    if (step.verb !== 'create' && step.verb !== 'apply') return step.body;
    const text = JSON.stringify({
      apiVersion,
      ...step.body,
      metadata: { name: this.object, namespace: NAMESPACE, ...step.body.metadata },
    });
    return JSON.parse(text.replaceAll('NAMESPACE', NAMESPACE).replaceAll('NAME', this.object));
  }

  path(apiVersion, name = this.object) {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    return `${root}/namespaces/${NAMESPACE}/${KINDS[this.kind].plural}${name === '' ? '' : `/${name}`}`;
  }

  /** Without what differs from run to run: uid, resourceVersion, addresses, times. */
  plain(value) {
    if (typeof value === 'string') {
      return value.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, (time) => this.plainTime(time));
    }
    if (Array.isArray(value)) return value.map((item) => this.plain(item));
    if (typeof value !== 'object' || value === null) return value;
    const plain = Object.create(null);
    for (const [key, item] of Object.entries(value)) {
      if (key === 'resourceVersion' && typeof item === 'string' && /^\d+$/.test(item)) continue;
      if (key === 'uid' && String(item).length === 36) plain[key] = '00000000-0000-0000-0000-000000000000';
      else if (key === 'clusterIP' && item.startsWith('10.96.')) plain[key] = '10.96.0.99';
      else if (key === 'clusterIPs') plain[key] = ['10.96.0.99'];
      else plain[key] = this.plain(item);
    }
    return plain;
  }

  /** The second of a step, as seconds since the first one; other times stay. */
  plainTime(time) {
    const at = Sequence.starts.findLastIndex((start) => start <= Date.parse(time));
    return at < 0 ? time : secondOf(EPOCH + at * 1_000);
  }
}
/** When each step began. */
Sequence.starts = [];

async function record(client) {
  await client.request('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  const made = await client.request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
  if (made.status !== 201) throw new Error(made.text);
  while ((await client.get(`/apis/merge.example.com/v2/namespaces/${NAMESPACE}/things`)).status !== 200) {
    await sleep(200);
  }
  await sleep(1_500);
  const running = Object.entries(sequences).map(([name, steps], index) => new Sequence(client, name, steps, index));
  const longest = Math.max(...running.map(({ steps }) => steps.length));
  for (let at = 0; at < longest; at++) {
    Sequence.starts.push(await nextSecond());
    await Promise.all(running.map((sequence) => sequence.step(at)));
  }
  const { gitVersion } = (await client.get('/version')).json();
  return {
    version: gitVersion,
    schema: crd.spec.versions[0].schema.openAPIV3Schema,
    sequences: running.map(({ name, kind, recorded }) => ({ name, kind, steps: recorded })),
  };
}

async function main() {
  const vectors = await withApiServer(record);
  const file = path.join(__dirname, 'vectors.json');
  const lines = vectors.sequences.map((sequence) => JSON.stringify(sequence));
  const { sequences: _, ...head } = vectors;
  fs.writeFileSync(file, `${JSON.stringify(head).slice(0, -1)},"sequences":[\n${lines.join(',\n')}\n]}\n`);
  console.log(
    `${vectors.sequences.length} sequences, ${vectors.sequences.reduce((sum, { steps }) => sum + steps.length, 0)} writes`,
  );
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

// `npm run schema:vectors`: asks a real API server about the cases and writes its answers for the specs of
// src/modules/schema. Run it after a change of the cases or of the Kubernetes version.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { withApiServer } = require('../../../scripts/real-api-server');

const FOLDER = path.join(__dirname, '..', '..', '..', 'src', 'modules', 'schema', 'testing', 'vectors');
const GROUP = 'schema.example.com';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

let count = 0;

function crd(schema, { hasStatus = false } = {}) {
  const plural = `kind${++count}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { plural, singular: `kind${count}`, kind: `Kind${count}`, listKind: `Kind${count}List` },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...(hasStatus ? { subresources: { status: {} } } : {}) },
      ],
    },
  };
}

function causesOf(answer) {
  const { code, message, details } = answer.json();
  return { code, ...(details?.causes === undefined ? { message } : { causes: details.causes }) };
}

async function recordSchemas(server, cases = require('./cases/crd-schemas')) {
  const answers = [];
  for (const entry of cases) {
    const answer = await server.request('POST', `${CRDS}?dryRun=All`, crd(entry.schema, entry));
    answers.push({ ...entry, ...(answer.status === 201 ? { code: 201, causes: [] } : causesOf(answer)) });
  }
  return answers;
}

/** Waits until the object is answered as wanted: CRDs are served, and changes of them seen, a moment later. */
async function until(ask, isDone) {
  for (let turn = 0; turn < 200; turn++) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not come to serve the CRD as wanted');
}

/** A field that only the last schema has: an object that keeps it proves that the schema is in force. */
const marked = (schema) => ({ type: 'object', properties: { spec: schema, mark: { type: 'string' } } });
const loose = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

async function served(server, definition) {
  const { plural, kind } = definition.spec.names;
  const at = `/apis/${GROUP}/v1/namespaces/default/${plural}`;
  await until(
    () => server.get(at),
    ({ status }) => status === 200,
  );
  const object = (name, spec) => ({ apiVersion: `${GROUP}/v1`, kind, metadata: { name }, spec });
  return { at, object };
}

function answerOf(answer) {
  if (answer.status >= 300) return causesOf(answer);
  const warnings = answer.headers.warning;
  const texts = warnings === undefined ? [] : [...warnings.matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`));
  return { code: answer.status, spec: answer.json().spec, warnings: texts };
}

async function recordValues(server, cases = require('./cases/values')) {
  const answers = [];
  for (const entry of cases) {
    const definition = crd(marked(entry.before === undefined ? entry.spec : loose));
    const created = await server.request('POST', CRDS, definition);
    if (created.status !== 201) throw new Error(`${entry.name}: ${created.text}`);
    const { at, object } = await served(server, definition);
    const results = [];
    for (const value of entry.values) results.push(await resultOf(server, entry, definition, { at, object }, value));
    const { isReady: _, updates = [], ...kept } = entry;
    const updated = [];
    for (const [old, value] of updates) updated.push({ old, value, ...(await updateOf(server, { at, object }, old, value)) });
    if (updates.length > 0) kept.updates = updated;
    answers.push({ ...kept, values: entry.values.map((value, index) => ({ value, ...results[index] })) });
    await server.request('DELETE', `${CRDS}/${definition.metadata.name}`);
  }
  return answers;
}

async function resultOf(server, entry, definition, { at, object }, value) {
  if (entry.before === undefined) {
    return answerOf(await server.request('POST', `${at}?dryRun=All&fieldValidation=Warn`, object('x', value)));
  }
  if (!entry.isReady) {
    await server.request('POST', at, object('x', entry.before));
    await tighten(server, definition, entry.spec, { at, object });
    entry.isReady = true;
  }
  const { metadata } = (await server.get(`${at}/x`)).json();
  const { resourceVersion } = metadata;
  const changed = { ...object('x', value), metadata: { name: 'x', resourceVersion } };
  return answerOf(await server.request('PUT', `${at}/x?dryRun=All&fieldValidation=Warn`, changed));
}

async function updateOf(server, { at, object }, old, value) {
  const name = `u${++count}`;
  const made = await server.request('POST', at, object(name, old));
  if (made.status !== 201) throw new Error(made.text);
  const { resourceVersion } = made.json().metadata;
  const changed = { ...object(name, value), metadata: { name, resourceVersion } };
  return answerOf(await server.request('PUT', `${at}/${name}?dryRun=All`, changed));
}

async function tighten(server, definition, spec, { at, object }) {
  const name = `${CRDS}/${definition.metadata.name}`;
  const now = (await server.get(name)).json();
  now.spec.versions[0].schema.openAPIV3Schema = marked(spec);
  const answer = await server.request('PUT', name, now);
  if (answer.status !== 200) throw new Error(answer.text);
  const probe = { ...object('probe', {}), extra: 1 };
  await until(
    () => server.request('POST', `${at}?dryRun=All&fieldValidation=Warn`, { ...probe, spec: { unknownField: 1 } }),
    ({ headers }) => (headers.warning ?? '').includes('unknownField'),
  );
}

function write(name, content) {
  fs.mkdirSync(FOLDER, { recursive: true });
  const lines = content.map((entry) => JSON.stringify(entry));
  fs.writeFileSync(path.join(FOLDER, name), `[\n${lines.join(',\n')}\n]\n`);
  console.log(`${name}: ${content.length} cases`);
}

/** Where objects of a kind are created. */
async function collectionOf(server, { apiVersion, kind }) {
  const prefix = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { resources } = (await server.get(prefix)).json();
  const { name, namespaced } = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  return `${prefix}/${namespaced ? 'namespaces/default/' : ''}${name}`;
}

/** The words of the decoder, '' when it has nothing to say. */
async function recordDecoding(server) {
  const { objects, strict } = require('./cases/decoding');
  const paths = new Map();
  const ask = async (object, text, query) => {
    const key = `${object.apiVersion} ${object.kind}`;
    if (!paths.has(key)) paths.set(key, await collectionOf(server, object));
    const answer = (await server.request('POST', `${paths.get(key)}?dryRun=All${query}`, text)).json();
    const [, problem = ''] = / cannot be handled as an? [A-Za-z]+: (.*)$/s.exec(answer.message ?? '') ?? [];
    return problem;
  };
  const answers = [];
  for (const object of objects) {
    const problem = await ask(object, JSON.stringify(object), '');
    answers.push({ object, problem });
  }
  for (const text of strict) {
    const problem = await ask(JSON.parse(text), text, '&fieldValidation=Strict');
    answers.push({ text, problem });
  }
  return answers;
}

/** Where each expression is refused as a rule about a default; what it would cost does not count. */
async function recordCelFunctions(server, rules = require('./cases/cel-functions')) {
  const answers = [];
  for (const rule of rules) {
    const schema = JSON.parse(fs.readFileSync(path.join(FOLDER, '..', 'cel-functions-schema.json'), 'utf8'));
    schema.properties.spec['x-kubernetes-validations'] = [{ rule }];
    const { causes = [] } = causesOf(await server.request('POST', `${CRDS}?dryRun=All`, crd(schema)));
    const counted = causes.filter(({ message }) => !/cost/.test(message));
    answers.push({ rule, refused: counted.map(({ field, reason }) => `${field} ${reason}`) });
  }
  return answers;
}

const cel = require('./cases/cel');

const TOPICS = {
  'cel-schemas.json': (server) => recordSchemas(server, cel.schemas),
  'cel-objects.json': (server) => recordValues(server, cel.objects),
  'cel-functions.json': recordCelFunctions,
  'decoding.json': recordDecoding,
  'crd-schemas.json': recordSchemas,
  'values.json': recordValues,
};

if (require.main === module) {withApiServer(async (server) => {
  for (const [name, record] of Object.entries(TOPICS)) {
    if (process.argv.length === 2 || process.argv.includes(name)) write(name, await record(server));
  }
}).catch((error) => {
  console.error(`schema:vectors: ${error.message}`);
  process.exitCode = 1;
});}

module.exports = { causesOf, crd, served, tighten, CRDS };

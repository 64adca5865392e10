// `npm run openapi:tables`: records what a real API server publishes about the built-in kinds, for src/modules/schema/openapi.
//   types.br  definitions without words, with the Go type of each field as far as it does not follow from its schema
//   v3.br     the documents of /openapi/v3 as they were served
//   v2.br     the document of /openapi/v2
// The documents stand in the form that `documents.ts` reads: a line of JSON that lists them, then their bytes.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync, constants } = require('node:zlib');
const { goTypesOf } = require('./openapi-go-types');
const { withApiServer } = require('./real-api-server');

const FOLDER = path.join(__dirname, '..', 'src', 'modules', 'schema', 'openapi', 'tables');
const REF = '#/components/schemas/';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
/** Belongs to every group: of no use as a kind. */
const EVERYWHERE = new Set([`${META}WatchEvent`]);
const KEPT = ['type', 'format', 'default', 'required'];
const EXTENSIONS = {
  'x-kubernetes-list-type': 'listType',
  'x-kubernetes-list-map-keys': 'listMapKeys',
  'x-kubernetes-map-type': 'mapType',
  'x-kubernetes-patch-strategy': 'patchStrategy',
  'x-kubernetes-patch-merge-key': 'patchMergeKey',
  'x-kubernetes-unions': undefined,
  'x-kubernetes-group-version-kind': undefined,
  'x-kubernetes-preserve-unknown-fields': 'keepsUnknown',
};

/** A node of a published schema without its words. `allOf` with one reference is how 3.0 writes a reference with a default. */
function reduce(node) {
  const reduced = {};
  for (const key of KEPT) if (node[key] !== undefined) reduced[key] = node[key];
  for (const [key, value] of Object.entries(node)) {
    if (!key.startsWith('x-')) continue;
    if (!(key in EXTENSIONS)) throw new Error(`unknown extension ${key}`);
    if (EXTENSIONS[key] !== undefined) reduced[EXTENSIONS[key]] = value;
  }
  const ref = node.$ref ?? (node.allOf?.length === 1 ? node.allOf[0].$ref : undefined);
  if (ref !== undefined) reduced.ref = ref.slice(REF.length);
  if (node.items !== undefined) reduced.items = reduce(node.items);
  if (typeof node.additionalProperties === 'object') reduced.values = reduce(node.additionalProperties);
  if (node.properties !== undefined) {
    reduced.properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, child]) => [name, reduce(child)]),
    );
  }
  return reduced;
}

function typesOf(documents, version) {
  const definitions = {};
  const kinds = new Map();
  for (const [, text] of documents) {
    for (const [name, schema] of Object.entries(JSON.parse(text).components?.schemas ?? {})) {
      definitions[name] ??= reduce(schema);
      if (EVERYWHERE.has(name)) continue;
      for (const gvk of schema['x-kubernetes-group-version-kind'] ?? []) {
        kinds.set(`${gvk.group}/${gvk.version}/${gvk.kind}`, [gvk.group, gvk.version, gvk.kind, name]);
      }
    }
  }
  const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  return { version, kinds: sorted, definitions };
}

function container(documents) {
  const bodies = documents.map(([, text]) => Buffer.from(text));
  const header = documents.map(([name, , hash], index) => ({ name, hash, bytes: bodies[index].length }));
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...bodies]);
}

function write(name, content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const packed = brotliCompressSync(content, { params });
  fs.writeFileSync(path.join(FOLDER, name), packed);
  console.log(`${name}: ${content.length} bytes, ${packed.length} compressed`);
}

async function record(server) {
  const { gitVersion } = (await server.get('/version')).json();
  const documents = [];
  for (const [name, { serverRelativeURL }] of Object.entries((await server.get('/openapi/v3')).json().paths)) {
    const hash = new URL(serverRelativeURL, 'https://localhost').searchParams.get('hash');
    documents.push([name, (await server.get(serverRelativeURL)).text, hash]);
  }
  documents.sort(([a], [b]) => (a < b ? -1 : 1));
  const types = typesOf(documents, gitVersion);
  const deviations = await goTypesOf(server, documents, types);
  console.log(
    `${types.kinds.length} kinds, ${Object.keys(types.definitions).length} definitions, ${deviations} Go types`,
  );
  fs.mkdirSync(FOLDER, { recursive: true });
  write('types.br', Buffer.from(JSON.stringify(types)));
  write('v3.br', container(documents));
  const v2 = await server.get('/openapi/v2', { accept: 'application/json' });
  write('v2.br', container([['v2', v2.text, (v2.headers.etag ?? '').replaceAll('"', '')]]));
}

withApiServer(record).catch((error) => {
  console.error(`openapi:tables: ${error.message}`);
  process.exitCode = 1;
});

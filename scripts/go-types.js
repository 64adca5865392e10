// The Go types of the built-in kinds, as far as the scripts that write tables ask: structs with their fields and tags, and
// names of other types. Read from the module cache that `npm run kube:assets` filled.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { moduleFolder } = require('./go-modules.js');

const META = 'meta.v1';

/** Every package that holds types of v1 or v2, with what `readPackage` says of it. */
function readPackages() {
  return packages().map((entry) => ({ ...entry, ...readPackage(entry) }));
}

function packages() {
  const found = [];
  const api = moduleFolder('k8s.io/api');
  for (const group of fs.readdirSync(api)) {
    for (const version of ['v1', 'v2']) {
      const folder = path.join(api, group, version);
      if (fs.existsSync(path.join(folder, 'types.go'))) found.push({ group, version, folder });
    }
  }
  const machinery = moduleFolder('k8s.io/apimachinery');
  found.push({ group: 'meta', version: 'v1', folder: path.join(machinery, 'pkg/apis/meta/v1') });
  const extensions = moduleFolder('k8s.io/apiextensions-apiserver');
  found.push({ group: 'apiextensions', version: 'v1', folder: path.join(extensions, 'pkg/apis/apiextensions/v1') });
  const aggregator = moduleFolder('k8s.io/kube-aggregator');
  found.push({ group: 'apiregistration', version: 'v1', folder: path.join(aggregator, 'pkg/apis/apiregistration/v1') });
  return found;
}

/** Named types that are not structs, and structs with their fields. */
function readPackage({ folder }) {
  const aliases = new Map();
  const structs = new Map();
  for (const file of fs.readdirSync(folder)) {
    if (!file.endsWith('.go') || /_test|generated|swagger/.test(file)) continue;
    const text = fs.readFileSync(path.join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name, form] of text.matchAll(/^type (\w+) (?!struct|interface)([^\n{]+?)\s*(?:\/\/.*)?$/gm)) {
      aliases.set(name, form.trim());
    }
    for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
      structs.set(name, fieldsOf(body));
    }
    for (const [, name] of text.matchAll(/^type (\w+) struct ?\{\}/gm)) structs.set(name, []);
  }
  return { aliases, structs };
}

function fieldsOf(body) {
  const fields = [];
  for (const line of body.split('\n')) {
    const match = /^\t(?:(\w+) +)?([\w.*[\]]+)\s+`(.*)`/.exec(line);
    if (match === null) continue;
    const [, name, type, tags] = match;
    const [json, ...options] = (/json:"([^"]*)"/.exec(tags)?.[1] ?? '').split(',');
    const protobuf = /protobuf:"([^"]*)"/.exec(tags)?.[1];
    fields.push({
      json,
      name: name ?? type.replace(/^\w+\./, ''),
      type,
      options,
      ...(protobuf === undefined ? {} : { protobuf }),
    });
  }
  return fields;
}

/** Where a type of a field is declared. */
function homeOf(type, own, all) {
  const [prefix, name] = type.includes('.') ? type.split('.') : [undefined, type];
  if (prefix === undefined) return { home: own, name };
  const key =
    { metav1: META, v1: 'core.v1', corev1: 'core.v1', apiv1: 'core.v1' }[prefix] ?? prefix.replace(/(v\d)$/, '.$1');
  const home = all.get(key);
  const isKnown = home !== undefined && (home.structs.has(name) || home.aliases.has(name));
  // Some packages import meta/v1 under the name v1.
  return { home: isKnown ? home : all.get(META), name, prefix };
}

module.exports = { homeOf, META, readPackages };

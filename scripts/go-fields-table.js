// `npm run discovery:table` runs this too: how the Go types of the built-in kinds write their fields, for
// src/modules/sandbox/kinds/recorded. The schemas do not say which empty values a type drops and which it writes even when
// they were never set; the struct tags do. Read from the module cache that `npm run kube:assets` filled.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const { moduleFolder } = require('./go-modules.js');

const ROOT = path.join(__dirname, '..');
const FILE = path.join(ROOT, 'src', 'modules', 'sandbox', 'kinds', 'recorded', 'go-fields.table.ts');
const META = 'meta.v1';
/** Types of their own marshalling: what the zero value of a field becomes. */
const ZERO = {
  'intstr.IntOrString': 0,
  'resource.Quantity': '0',
  'metav1.Time': null,
  'metav1.MicroTime': null,
  'runtime.RawExtension': null,
  string: '',
  bool: false,
  int32: 0,
  int64: 0,
  int: 0,
  float64: 0,
};

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
  }
  return { aliases, structs };
}

function fieldsOf(body) {
  const fields = [];
  for (const line of body.split('\n')) {
    const match = /^\t(?:(\w+) +)?([\w.*[\]]+)\s+`.*?json:"([^"]*)"/.exec(line.replace(/\s*\/\/.*$/, (rest) => rest));
    if (match === null) continue;
    const [, , type, tag] = match;
    const [json, ...options] = tag.split(',');
    fields.push({ json, type, options });
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

/** The form below the names of a type. */
function resolve(type, own, all) {
  if (type === 'types.UID') return 'string';
  if (/^[*[]|^map\[/.test(type) || type in ZERO) return type;
  const { home, name, prefix } = homeOf(type, own, all);
  const alias = home?.aliases.get(name);
  if (`metav1.${name}` in ZERO && (prefix === 'metav1' || own === all.get(META))) return `metav1.${name}`;
  return alias === undefined ? (home?.structs.has(name) ? 'struct' : type) : resolve(alias, home, all);
}

/** Fields of the structs that are written into this one as well. */
function flatten(fields, own, all) {
  return fields.flatMap((field) => {
    if (field.json !== '' || !field.options.includes('inline') || /TypeMeta$/.test(field.type)) {
      return [{ ...field, own }];
    }
    const { home, name } = homeOf(field.type.replace('*', ''), own, all);
    return flatten(home?.structs.get(name) ?? [], home, all);
  });
}

function rowOf(declared, parent, all) {
  const drops = [];
  const writes = {};
  for (const { json, type, options, own } of flatten(declared, parent, all)) {
    if (json === '' || json === '-' || type.startsWith('*')) continue;
    const form = resolve(type, own, all);
    const isSkipped = options.includes('omitempty');
    const isList = /^(\[|map\[)/.test(form);
    if (isList) {
      if (isSkipped) drops.push(json);
      else writes[json] = null;
    } else if (form === 'struct') {
      if (options.includes('omitzero')) drops.push(json);
      else writes[json] = {};
    } else if (form in ZERO) {
      const isScalar = /^(string|bool|int|float)/.test(form);
      if (options.includes('omitzero') || (isSkipped && isScalar)) drops.push(json);
      else writes[json] = ZERO[form];
    } else throw new Error(`what is ${type} (${form}) of ${json}?`);
  }
  return {
    ...orderOf(
      flatten(declared, parent, all).map(({ json, type }) =>
        json === '' && type.endsWith('TypeMeta') ? 'kind apiVersion' : json,
      ),
    ),
    ...(drops.length > 0 ? { drops: drops.join(' ') } : {}),
    ...(Object.keys(writes).length > 0 ? { writes } : {}),
  };
}

/** The order in which the fields are written, where that is not the order of their names. */
function orderOf(names) {
  const order = names
    .join(' ')
    .split(' ')
    .filter((name) => name !== '' && name !== '-');
  const isSorted = order.every((name, index) => index === 0 || order[index - 1] < name);
  return isSorted ? {} : { order: order.join(' ') };
}

function common(a, b) {
  const drops = (a.drops ?? '')
    .split(' ')
    .filter((field) => (b.drops ?? '').split(' ').includes(field) && field !== '');
  const same = ([field, value]) => JSON.stringify(b.writes?.[field]) === JSON.stringify(value);
  const writes = Object.entries(a.writes ?? {}).filter(same);
  const order = [...new Set(`${a.order ?? ''} ${b.order ?? ''}`.trim().split(' '))].join(' ');
  return {
    ...(order === '' ? {} : { order }),
    ...(drops.length > 0 ? { drops: drops.join(' ') } : {}),
    ...(writes.length > 0 ? { writes: Object.fromEntries(writes) } : {}),
  };
}

async function main() {
  const read = packages().map((entry) => ({ ...entry, ...readPackage(entry) }));
  const all = new Map(read.map((entry) => [`${entry.group}.${entry.version}`, entry]));
  const rows = new Map();
  // Two groups may have a type of one name: then only what both say counts, but for Events, which are stored in core form.
  const order = [...read].sort((a, b) => Number(a.group === 'core') - Number(b.group === 'core'));
  const clashes = [];
  for (const own of order) {
    for (const [name, fields] of own.structs) {
      if (/List$|Options$/.test(name)) continue;
      const row = rowOf(fields, own, all);
      const key = `${own.version}.${name}`;
      const before = rows.get(key);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(row)) clashes.push(`${own.group} ${key}`);
      rows.set(key, before === undefined || /^v1\.Event/.test(key) ? row : common(before, row));
    }
  }
  console.log(`${rows.size} types; the same name for different types: ${clashes.join(', ')}`);
  const filled = [...rows].filter(([, row]) => Object.keys(row).length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `/* eslint max-lines: off */
// Generated by scripts/go-fields-table.js from the Go types of Kubernetes; do not edit.
import { type GoFields } from './go-fields';

export const GO_FIELDS: Readonly<Record<string, GoFields>> = ${JSON.stringify(Object.fromEntries(filled))};
`;
  fs.writeFileSync(
    FILE,
    await prettier.format(text, { ...(await prettier.resolveConfig(FILE)), parser: 'typescript' }),
  );
}

main().catch((error) => {
  console.error(`go-fields: ${error.message}`);
  process.exitCode = 1;
});

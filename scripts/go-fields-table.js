// `npm run discovery:table` runs this too: how the Go types of the built-in kinds write their fields, for
// src/modules/sandbox/kinds/recorded. The schemas do not say which empty values a type drops and which it writes even when
// they were never set; the struct tags do.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const { homeOf, META, readPackages } = require('./go-types');

const ROOT = path.join(__dirname, '..');
const FILE = path.join(ROOT, 'src', 'modules', 'sandbox', 'kinds', 'recorded', 'go-fields.table.ts');
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
  // Its ServiceReference is another type than the one of webhooks.
  const read = readPackages().filter(({ group }) => group !== 'apiregistration');
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

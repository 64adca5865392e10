// `npm run discovery:table` runs this too: what the API server's own types look like inside, for
// src/modules/sandbox/kinds/recorded. Some answers print a part of an object as the server holds it: fields of the
// internal Go types, in their order, none left out. Also the order of the fields of the published types. Read from the
// module cache that `npm run kube:assets` filled.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const { moduleFolder } = require('./go-modules.js');

const FILE = path.join(__dirname, '..', 'src', 'modules', 'sandbox', 'kinds', 'recorded', 'go-internal.table.ts');
const GROUPS = ['core', 'apps', 'batch', 'policy', 'rbac', 'networking', 'autoscaling'];
/** What answers print; the types below them follow. */
const ROOTS = [
  'apps.DaemonSetUpdateStrategy',
  'apps.DeploymentStrategy',
  'apps.StatefulSetSpec',
  'autoscaling.MetricSpec',
  'batch.JobSpec',
  'core.PersistentVolumeClaimSpec',
  'core.PersistentVolumeSource',
  'core.PodTemplateSpec',
  'core.ServiceSpec',
  'networking.IngressSpec',
  'networking.NetworkPolicySpec',
  'policy.PodDisruptionBudgetSpec',
  'rbac.RoleRef',
];
const PACKAGES = { api: 'core', v1: 'core' };

function readGroup(folder) {
  const structs = new Map();
  const aliases = new Map();
  const text = fs.readFileSync(path.join(folder, 'types.go'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, name, form] of text.matchAll(/^type (\w+) (?!struct|interface)([^\n{]+?)\s*(?:\/\/.*)?$/gm)) {
    aliases.set(name, form.trim());
  }
  for (const [, name, body] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const lines = body.split('\n').map((line) => line.replace(/\s*\/\/.*$/, '').trim());
    structs.set(
      name,
      lines
        .filter((line) => line !== '')
        .map((line) => {
          const [, field, type] = /^(?:(\w+)\s+)?([\w.*[\]]+)(?:\s+`.*`)?$/.exec(line) ?? [];
          if (type === undefined) throw new Error(`what is "${line}" of ${name}?`);
          return { field, type };
        }),
    );
  }
  return { structs, aliases };
}

const NUMBERS = /^u?int(8|16|32|64)?$|^float64$/;

/** The form of a type: `string`, `number`, `bool`, `quantity`, `int-or-string`, `core.Volume`, `v1.LabelSelector`; with `*`, `[]` or `{}` in front. */
function formOf(type, group, all) {
  const list = /^\[\](.*)$/.exec(type);
  if (list !== null) return list[1] === 'byte' ? 'null' : prefixed('[]', formOf(list[1], group, all));
  const map = /^map\[[\w.]+\](.*)$/.exec(type);
  if (map !== null) return prefixed('{}', formOf(map[1], group, all));
  if (type.startsWith('*')) return prefixed('*', formOf(type.slice(1), group, all));
  if (type === 'string' || type === 'bool') return type;
  if (NUMBERS.test(type)) return 'number';
  if (type === 'types.UID') return 'string';
  if (type === 'resource.Quantity') return 'quantity';
  if (type === 'intstr.IntOrString') return 'int-or-string';
  if (/^metav1\.(Micro)?Time$|^runtime\.|Duration$/.test(type)) return 'null';
  if (type.startsWith('metav1.')) {
    const name = type.slice('metav1.'.length);
    return /^(ConditionStatus|LabelSelectorOperator)$/.test(name) ? 'string' : `v1.${name}`;
  }
  const [first, second] = type.split('.');
  const home = second === undefined ? group : (PACKAGES[first] ?? first);
  const name = second ?? first;
  const known = all.get(home);
  if (known?.structs.has(name)) return `${home}.${name}`;
  const alias = known?.aliases.get(name);
  if (alias === undefined) throw new Error(`what is ${type} of ${group}?`);
  return formOf(alias, home, all);
}

/** A list or a pointer of what is written as it stands needs no more than its null. */
function prefixed(prefix, form) {
  return /^(\*|\[\]|\{\})*[a-z0-9]+\.[A-Z]/.test(form) ? prefix + form : 'null';
}

/** `Name:string Volumes:[]core.Volume`; fields of an embedded struct stand in it themselves. */
function rowOf(key, all) {
  const [group, name] = key.split('.');
  return all
    .get(group)
    .structs.get(name)
    .flatMap(({ field, type }) => {
      const form = formOf(type, group, all);
      if (field !== undefined) return [`${field}:${form}`];
      if (/^v1\.(TypeMeta|ObjectMeta)$/.test(form)) return form === 'v1.ObjectMeta' ? ['.:v1.ObjectMeta'] : [];
      return rowOf(form.replace(/^\*/, ''), all);
    });
}

async function main() {
  const root = path.join(moduleFolder('k8s.io/kubernetes'), 'pkg', 'apis');
  const all = new Map(GROUPS.map((group) => [group, readGroup(path.join(root, group))]));
  const rows = new Map();
  const queue = [...ROOTS];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (rows.has(key)) continue;
    const row = rowOf(key, all);
    rows.set(key, row.join(' '));
    for (const entry of row) {
      const form = entry.slice(entry.indexOf(':') + 1).replace(/^(\*|\[\]|\{\})+/, '');
      if (GROUPS.includes(form.split('.')[0])) queue.push(form);
    }
  }
  const sorted = Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `/* eslint max-lines: off */
// Generated by scripts/go-internal-table.js from the Go types of Kubernetes; do not edit.

/** Fields of the API server's own types in their order, each with its form. */
export const GO_INTERNAL: Readonly<Record<string, string>> = ${JSON.stringify(sorted)};
`;
  const format = { ...(await prettier.resolveConfig(FILE)), parser: 'typescript' };
  fs.writeFileSync(FILE, await prettier.format(text, format));
  console.log(`${rows.size} internal types`);
}

main().catch((error) => {
  console.error(`go-internal: ${error.message}`);
  process.exitCode = 1;
});

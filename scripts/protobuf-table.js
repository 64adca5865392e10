// `npm run protobuf:table`: the protobuf messages of the built-in kinds, for src/modules/sandbox/request/protobuf. The
// struct tags of the Go types say all of it: number and name of a field, and when its JSON form leaves it out.
//   kinds  `apps/v1/Deployment` -> the name of a message
//   types  the name of a message -> its fields in the order of the struct (the form is in message.types.ts)
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { brotliCompressSync } = require('node:zlib');
const { homeOf, META, readPackages } = require('./go-types');

const FILE = path.join(__dirname, '..', 'src', 'modules', 'sandbox', 'request', 'protobuf', 'messages.br');

/** Types of their own marshalling, and those without fields. */
const FORMS = {
  string: 'string',
  bool: 'bool',
  int: 'int64',
  int32: 'int32',
  int64: 'int64',
  float64: 'double',
  '[]byte': 'bytes',
  'types.UID': 'string',
  'types.NodeName': 'string',
  'intstr.IntOrString': 'int-or-string',
  'resource.Quantity': 'quantity',
  'runtime.RawExtension': 'raw',
  'metav1.Time': 'time',
  'metav1.MicroTime': 'micro-time',
  'metav1.FieldsV1': 'raw',
  'apiextensions.JSON': 'raw',
};

class Tables {
  types = {};

  constructor(all) {
    this.all = all;
  }

  /** What stands on the wire for a Go type; a struct gets its message on the way. */
  form(type, own, isRepeated) {
    if (type in FORMS) return FORMS[type];
    if (type.startsWith('*')) return this.form(type.slice(1), own, isRepeated);
    const map = /^map\[[\w.]+\](.+)$/.exec(type);
    if (map !== null) return `map ${this.form(map[1], own, false)}`;
    if (type.startsWith('[]')) return `list ${this.form(type.slice(2), own, false)}`;
    const { home, name } = homeOf(type, own, this.all);
    const known = FORMS[`${home?.group === 'meta' ? 'metav1' : home?.group}.${name}`];
    if (known !== undefined) return known;
    const alias = home?.aliases.get(name);
    // A list with a name of its own is a message that holds it.
    if (alias?.startsWith('[]') && !isRepeated) return this.form(alias, home, true).replace('list', 'wrapped');
    if (alias !== undefined) return this.form(alias, home, isRepeated);
    if (home?.structs.has(name) !== true) throw new Error(`what is ${type} of ${own.group}/${own.version}?`);
    return this.message(home, name);
  }

  message(home, name) {
    const key = `${home.group}.${home.version}.${name}`;
    if (this.types[key] !== undefined) return key;
    const fields = (this.types[key] = []);
    for (const field of home.structs.get(name)) {
      if (field.protobuf !== undefined) fields.push(this.field(field, home));
    }
    return key;
  }

  field({ json, name: goName, type, options, protobuf }, home) {
    const [, number, ...more] = protobuf.split(',');
    const named = more.find((part) => part.startsWith('name='))?.slice('name='.length);
    const isRepeated = more.includes('rep');
    const isPointer = type.startsWith('*');
    const isInline = options.includes('inline');
    // Structs with a JSON form of their own have no JSON names.
    const name = json === '' || json === '-' ? (named ?? type) : json;
    const flags = [
      isPointer ? 'p' : '',
      options.includes('omitempty') ? 'e' : '',
      options.includes('omitzero') ? 'z' : '',
      isInline ? 'i' : '',
    ].join('');
    const row = [Number(number), name, this.form(type, home, isRepeated), flags];
    return goName === name.charAt(0).toUpperCase() + name.slice(1) ? row : [...row, goName];
  }
}

function groupName({ folder, group }) {
  const text = fs.readFileSync(path.join(folder, 'register.go'), 'utf8');
  const found = /GroupName = "([^"]*)"/.exec(text)?.[1];
  if (found === undefined) throw new Error(`${group} has no group name`);
  return found;
}

const read = readPackages();
const tables = new Tables(new Map(read.map((entry) => [`${entry.group}.${entry.version}`, entry])));
const kinds = {};
for (const own of read.filter(({ group }) => !['admission', 'meta'].includes(group))) {
  for (const [name, fields] of own.structs) {
    const isKind = fields.some(({ json, type }) => json === '' && type === 'metav1.TypeMeta');
    // Lists and options are answers and queries, never bodies.
    if (!isKind || /List$|Options$/.test(name)) continue;
    kinds[`${groupName(own)}/${own.version}/${name}`] = tables.message(own, name);
  }
}
const meta = tables.all.get(META);
kinds['/v1/DeleteOptions'] = tables.message(meta, 'DeleteOptions');
const content = Buffer.from(JSON.stringify({ kinds, types: tables.types }));
const packed = brotliCompressSync(content);
fs.mkdirSync(path.dirname(FILE), { recursive: true });
fs.writeFileSync(FILE, packed);
console.log(
  `${Object.keys(kinds).length} kinds, ${Object.keys(tables.types).length} messages, ${content.length} bytes, ${packed.length} compressed`,
);

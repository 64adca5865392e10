// The messages of the built-in kinds, as scripts/protobuf-table.js recorded them from the Go types of Kubernetes. A message
// is compiled when it is first met.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { shippedFile } from '../../../common';
import { type Field, type FieldRow, type MessageType, type Scalar } from './message.types';
import { SPECIAL_MESSAGES } from './special-messages';

interface RawTable {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, readonly FieldRow[]>>;
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'bytes', 'bool', 'int32', 'int64', 'double']);
const WRAPPED = 'wrapped ';
const OPTIONS = 'DeleteOptions';
const compiled = new Map<string, MessageType>();
let table: RawTable | undefined;

/** The message of a built-in kind; undefined for what is none, and for lists: they are never sent. */
export function messageOfKind(group: string, version: string, kind: string): MessageType | undefined {
  const { kinds } = rawTable();
  // Every group has the same options.
  const key = kind === OPTIONS ? `/v1/${OPTIONS}` : `${group}/${version}/${kind}`;
  return Object.hasOwn(kinds, key) ? messageType(kinds[key] ?? '') : undefined;
}

/** By the name in the table, of one of the types with a form of their own, or of a wrapped list. */
export function messageType(key: string): MessageType {
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const special = SPECIAL_MESSAGES[key];
  const rows = special?.rows ?? rowsOf(key);
  const fields: Field[] = [];
  const byNumber = new Map<number, Field>();
  const name = key.slice(key.lastIndexOf('.') + 1);
  const message: MessageType = {
    name: special?.name ?? name,
    byNumber,
    fields,
    finish: special?.finish ?? unwrap(key),
  };
  // Before its fields: some messages hold themselves.
  compiled.set(key, message);
  for (const row of rows) {
    const field = compile(row);
    fields.push(field);
    byNumber.set(row[0], field);
  }
  return message;
}

function rowsOf(key: string): readonly FieldRow[] {
  if (key.startsWith(WRAPPED)) return [[1, 'items', `list ${key.slice(WRAPPED.length)}`, '']];
  const rows = rawTable().types[key];
  if (rows === undefined) throw new Error(`no protobuf message is called ${key}`);
  return rows;
}

function unwrap(key: string): MessageType['finish'] {
  return key.startsWith(WRAPPED) ? ({ items }) => items ?? [] : undefined;
}

function compile([, name, type, flags, goName]: FieldRow): Field {
  const [, shape = 'one', item = ''] = /^(?:(list|map) )?(.*)$/.exec(type) ?? [];
  return {
    name,
    goName: goName ?? name.charAt(0).toUpperCase() + name.slice(1),
    shape: shape as Field['shape'],
    type: SCALARS.has(item) ? (item as Scalar) : messageType(item),
    isPointer: flags.includes('p'),
    isLeftOutWhenEmpty: flags.includes('e'),
    isLeftOutWhenZero: flags.includes('z'),
    isInline: flags.includes('i'),
  };
}

function rawTable(): RawTable {
  if (table === undefined) {
    const file = shippedFile(__dirname, 'modules/sandbox/request/protobuf/messages.br');
    table = JSON.parse(brotliDecompressSync(readFileSync(file)).toString('utf8')) as RawTable;
  }
  return table;
}

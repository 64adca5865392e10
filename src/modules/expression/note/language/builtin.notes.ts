// The functions that text/template brings itself, except comparisons (docs/reference/notes.md, builtin).
import { goFormat } from '../../template/go-format';
import { Float, fieldOf, isList, isMap, isTrue, kindOf, NO_VALUE, printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';

const { note } = notesOf('builtin');
const SPEC = { spec: { name: 'web', port: 80, hosts: ['a.io', 'b.io'], paused: false } };

function unreachable(): never {
  throw new NoteFailure('is compiled, never called');
}

/** Operands with a blank between two neighbours when neither is a string. */
function print(args: readonly Value[]): string {
  let text = '';
  args.forEach((arg, index) => {
    if (index > 0 && typeof arg !== 'string' && typeof args[index - 1] !== 'string') text += ' ';
    text += printValue(arg);
  });
  return text;
}

/** The printed form that the escapers take: a missing value is `<no value>`. */
function escaperInput(args: readonly Value[]): string {
  return print(args.map((arg) => (arg === undefined || arg === null ? NO_VALUE : arg)));
}

function index(args: readonly Value[]): Value {
  const [base, ...keys] = args;
  if (keys.length > 0 && (base === undefined || base === null)) throw new NoteFailure('index of untyped nil');
  let value = base;
  for (const key of keys) {
    if (value === null || value === undefined) throw new NoteFailure('index of nil pointer');
    value = indexOnce(value, key);
  }
  return value;
}

function indexOnce(value: Value, key: Value): Value {
  if (isMap(value)) {
    if (typeof key !== 'string') throw new NoteFailure(`value has type ${goKeyType(key)}; should be string`);
    return fieldOf(value, key);
  }
  const length = isList(value) ? value.length : typeof value === 'string' ? Buffer.byteLength(value) : -1;
  if (length < 0) throw new NoteFailure(`can't index item of type ${kindOf(value)}`);
  if (typeof key !== 'number' || !Number.isInteger(key)) {
    throw new NoteFailure(`cannot index slice/array with ${key === undefined ? 'nil' : `type ${goKeyType(key)}`}`);
  }
  if (key < 0 || key >= length) throw new NoteFailure(`index out of range: ${key}`);
  return isList(value) ? (value[key] ?? null) : Buffer.from(value as string)[key];
}

function goKeyType(key: Value): string {
  const kind = kindOf(key);
  return kind === 'float' ? 'float64' : kind;
}

function slice(args: readonly Value[]): Value {
  const [value, ...bounds] = args;
  if (value === undefined || value === null) throw new NoteFailure('slice of untyped nil');
  if (typeof value !== 'string' && !isList(value)) throw new NoteFailure(`can't slice item of type ${kindOf(value)}`);
  if (bounds.length > (typeof value === 'string' ? 2 : 3)) {
    throw new NoteFailure(`too many slice indexes: ${bounds.length}`);
  }
  const bytes = typeof value === 'string' ? Buffer.from(value) : undefined;
  const length = bytes?.length ?? (value as readonly Value[]).length;
  const [start = 0, end = length] = bounds.map((bound) => sliceBound(bound, length));
  if (start > end) throw new NoteFailure(`invalid slice index: ${start} > ${end}`);
  return bytes === undefined ? (value as readonly Value[]).slice(start, end) : bytes.subarray(start, end).toString();
}

function sliceBound(bound: Value, length: number): number {
  const index = bound instanceof Float ? bound.value : bound;
  if (typeof index !== 'number' || !Number.isInteger(index)) throw new NoteFailure('slice index must be an integer');
  if (index < 0 || index > length) throw new NoteFailure(`index out of range: ${index}`);
  return index;
}

const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

function escapeJs(text: string): string {
  return text.replace(
    /[\\'"<>&=\x00-\x1f]/g,
    (c) => JS[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}

function queryEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}

function unreachableCall(): never {
  throw new NoteFailure('non-function of type interface {}');
}

export const builtinNotes: readonly NoteSpec[] = [
  note(
    'and(values any...) any',
    'The first false argument, else the last; the rest is not evaluated.',
    ['{{ and .spec.name .spec.port }}', '80', SPEC],
    unreachable,
  ),
  note(
    'or(values any...) any',
    'The first true argument, else the last; the rest is not evaluated.',
    ['{{ or .spec.paused .spec.name }}', 'web', SPEC],
    unreachable,
  ),
  note(
    'not(value any) bool',
    'The opposite of the truth of the argument.',
    ['{{ not .spec.paused }}', 'true', SPEC],
    (value: Value) => !isTrue(value),
  ),
  note(
    'index(value any, keys any...) any',
    'An item of a list or a key of a map, step by step.',
    ['{{ index .spec.hosts 1 }}', 'b.io', SPEC],
    (...args: Value[]) => index(args),
  ),
  note(
    'slice(value any, bounds any...) any',
    'A part of a text or a list.',
    ['{{ slice .spec.name 0 2 }}', 'we', SPEC],
    (...args: Value[]) => slice(args),
  ),
  note(
    'call(function any, arguments any...) any',
    'Calls a function value; data never holds one, so it always fails.',
    ['', ''],
    unreachableCall,
  ),
  note(
    'print(values any...) string',
    'Prints its arguments one after the other.',
    ['{{ print .spec.name .spec.port }}', 'web80', SPEC],
    (...args: Value[]) => print(args),
  ),
  note(
    'println(values any...) string',
    'Prints with blanks between and a newline at the end.',
    ['{{ println .spec.name .spec.port }}', 'web 80\n', SPEC],
    (...args: Value[]) => `${args.map(printValue).join(' ')}\n`,
  ),
  note(
    'printf(format string, values any...) string',
    "Go's formatted printing.",
    ['{{ printf "%s-%03d" .spec.name 7 }}', 'web-007', SPEC],
    (format: string, ...args: Value[]) => goFormat(format, args),
  ),
  note('html(values any...) string', 'Escapes for HTML.', ['{{ html "a < b" }}', 'a &lt; b'], (...args: Value[]) =>
    escaperInput(args).replace(/["'&<>\0]/g, (c) => HTML[c] ?? c),
  ),
  note(
    'js(values any...) string',
    'Escapes for JavaScript strings.',
    ['{{ js "it\'s" }}', "it\\'s"],
    (...args: Value[]) => escapeJs(escaperInput(args)),
  ),
  note(
    'urlquery(values any...) string',
    'Escapes for the query of a URL.',
    ['{{ urlquery "a b&c" }}', 'a+b%26c'],
    (...args: Value[]) => queryEscape(escaperInput(args)),
  ),
];

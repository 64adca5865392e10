// The functions that text/template brings itself, except comparisons (docs/reference/notes.md, builtin).
import { goFormat } from '../template/go-format';
import { Float, fieldOf, isList, isMap, isTrue, kindOf, NO_VALUE, printValue, type Value } from '../template/value';
import { NoteFailure, type NoteSpec, type ParameterType } from './registry';

function builtin(
  name: string,
  params: readonly ParameterType[],
  doc: string,
  example: string,
  call: NoteSpec['call'],
  variadic = false,
): NoteSpec {
  return { name, domain: 'builtin', params, variadic, result: 'any', doc, example, call };
}

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

export const builtinNotes: readonly NoteSpec[] = [
  builtin(
    'and',
    ['any'],
    'The first false argument, else the last; the rest is not evaluated.',
    '{{ and .spec.a .spec.b }}',
    unreachable,
    true,
  ),
  builtin(
    'or',
    ['any'],
    'The first true argument, else the last; the rest is not evaluated.',
    '{{ or .spec.a "b" }}',
    unreachable,
    true,
  ),
  builtin(
    'not',
    ['any'],
    'The opposite of the truth of the argument.',
    '{{ not .spec.paused }}',
    ([value]) => !isTrue(value),
  ),
  builtin(
    'index',
    ['any', 'any'],
    'An item of a list or a key of a map, step by step.',
    '{{ index .spec.ports 0 }}',
    index,
    true,
  ),
  builtin('slice', ['any', 'any'], 'A part of a text or a list.', '{{ slice .metadata.name 0 3 }}', slice, true),
  builtin('call', ['any', 'any'], 'Calls a function value; data never holds one.', '', () => unreachableCall(), true),
  builtin('print', ['any'], 'Prints its arguments one after the other.', '{{ print .spec.a .spec.b }}', print, true),
  builtin(
    'println',
    ['any'],
    'Prints with blanks between and a newline at the end.',
    '{{ println "a" 1 }}',
    (args) => `${args.map(printValue).join(' ')}\n`,
    true,
  ),
  builtin(
    'printf',
    ['string', 'any'],
    "Go's formatted printing.",
    '{{ printf "%s-%03d" .metadata.name 7 }}',
    ([format, ...args]) => goFormat(format as string, args),
    true,
  ),
  builtin(
    'html',
    ['any'],
    'Escapes for HTML.',
    '{{ html .spec.message }}',
    (args) => escaperInput(args).replace(/["'&<>\0]/g, (c) => HTML[c] ?? c),
    true,
  ),
  builtin(
    'js',
    ['any'],
    'Escapes for JavaScript strings.',
    '{{ js .spec.message }}',
    (args) => escapeJs(escaperInput(args)),
    true,
  ),
  builtin(
    'urlquery',
    ['any'],
    'Escapes for the query of a URL.',
    '{{ urlquery .spec.term }}',
    (args) => queryEscape(escaperInput(args)),
    true,
  ),
];

function unreachableCall(): never {
  throw new NoteFailure('non-function of type interface {}');
}

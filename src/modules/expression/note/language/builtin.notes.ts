// The functions that text/template brings itself, except comparisons (docs/reference/notes.md, builtin).
import { bytesOf } from '../../../common';
import { escapeHtml, escapeJs, escapeQuery } from '../../template/escapers';
import { goFormat } from '../../template/go-format';
import { index, slice } from '../../template/indexing';
import { intOf, isList, isMap, isTrue, NO_VALUE, printValue, typeName, type Value } from '../../template/value';
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

function length(value: Value): Value {
  if (value === undefined || value === null) throw new NoteFailure('len of nil pointer');
  if (typeof value === 'string') return intOf(bytesOf(value).length);
  if (isList(value)) return intOf(value.length);
  if (!isMap(value)) throw new NoteFailure(`len of type ${typeName(value)}`);
  return intOf(Object.keys(value).filter((key) => value[key] !== undefined).length);
}

function call(callee: Value): never {
  if (callee === undefined || callee === null) throw new NoteFailure('call of nil');
  throw new NoteFailure(`non-function of type ${typeName(callee)}`);
}

const notes: readonly NoteSpec[] = [
  note(
    'and(first any, others any...) any',
    'The first false argument, else the last; the rest is not evaluated.',
    ['{{ and .spec.name .spec.port }}', '80', SPEC],
    unreachable,
  ),
  note(
    'or(first any, others any...) any',
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
    call,
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
    escapeHtml(escaperInput(args)),
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
    (...args: Value[]) => escapeQuery(escaperInput(args)),
  ),
];

/** They print and compare integers with their Go type. */
export const builtinNotes: readonly NoteSpec[] = notes.map((spec) => ({ ...spec, isNative: true }));

/** The built-in `len`. A note stands for it, which never fails; the comparison with Go needs the original. */
export const builtinLen: NoteSpec = {
  ...note(
    'len(value any) int',
    'The number of bytes, items or keys.',
    ['{{ len .spec.hosts }}', '2', SPEC],
    (value: Value) => length(value),
  ),
  isNative: true,
};

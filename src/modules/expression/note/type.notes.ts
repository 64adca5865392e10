// Notes about types and conversions (docs/reference/notes.md, types).
import { stableStringify } from '../../common';
import { Float, fieldOf, isList, isMap, kindOf, printValue, sortedKeys, type Value } from '../template/value';
import { floatValue } from '../template/literal';
import { NoteFailure, type NoteSpec, type ParameterType } from './registry';

/** Number reader N of the catalogue. */
export function toNumber(value: Value): number {
  switch (kindOf(value)) {
    case 'bool':
      return value === true ? 1 : 0;
    case 'int':
    case 'float':
      return value instanceof Float ? value.value : Number(value);
    case 'string': {
      const text = value as string;
      const number = /^[+-]?(inf|infinity)$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
      if (text !== '' && text === text.trim() && (!Number.isNaN(number) || /^[+-]?nan$/i.test(text))) return number;
      throw new NoteFailure(`cannot convert "${text}" to number`);
    }
    default:
      throw new NoteFailure(`cannot convert ${kindOf(value)} to number`);
  }
}

const TRUE = new Set(['true', 'True', 'TRUE', '1', 'yes', 'YES', 'Yes', 'on', 'ON']);
const FALSE = new Set(['false', 'False', 'FALSE', '0', 'no', 'NO', 'No', 'off', 'OFF', '']);

function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (TRUE.has(value)) return true;
    if (FALSE.has(value)) return false;
    throw new NoteFailure(`toBool: unrecognised value "${value}"`);
  }
  const kind = kindOf(value);
  if (kind === 'int' || kind === 'float') return toNumber(value) !== 0;
  throw new NoteFailure(`toBool: cannot convert ${kind}`);
}

/** Plain JSON of a value, for toJson. */
function plain(value: Value): never {
  if (value === undefined || value === null) return null as never;
  if (value instanceof Float) return value.value as never;
  if (typeof value === 'bigint') return Number(value) as never;
  if (isList(value)) return value.map(plain) as never;
  if (isMap(value)) return Object.fromEntries(sortedKeys(value).map((key) => [key, plain(value[key])])) as never;
  return value as never;
}

function toJson(value: Value): string {
  return stableStringify(plain(value)).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

const TYPE_OF = {
  nil: 'null',
  string: 'string',
  int: 'number',
  float: 'number',
  bool: 'bool',
  list: 'slice',
  map: 'map',
} as const;

function typeOf(value: Value): string {
  return TYPE_OF[kindOf(value)];
}

function length(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  return isMap(value) ? sortedKeys(value).length : 0;
}

/** `get obj "a" "b"`: a path that never fails. */
function get(args: readonly Value[]): Value {
  const [root, ...keys] = args;
  return keys.reduce<Value>(
    (value, key) => (isMap(value) && typeof key === 'string' ? fieldOf(value, key) : undefined),
    root,
  );
}

function note(
  name: string,
  params: readonly ParameterType[],
  result: ParameterType,
  doc: string,
  example: string,
  call: NoteSpec['call'],
  variadic = false,
): NoteSpec {
  return { name, domain: 'types', params, variadic, result, doc, example, call };
}

function typeTest(name: string, wanted: string): NoteSpec {
  return note(
    name,
    ['any'],
    'bool',
    `Whether the type is ${wanted}.`,
    `{{ ${name} .spec.x }}`,
    ([value]) => typeOf(value) === wanted,
  );
}

export const typeNotes: readonly NoteSpec[] = [
  note('toInt', ['any'], 'int', 'Whole number, cut toward zero.', '{{ toInt "3.7" }}', ([value]) =>
    Math.trunc(toNumber(value)),
  ),
  note('toFloat', ['any'], 'any', 'Number with fraction.', '{{ toFloat "0.75" }}', ([value]) =>
    floatValue(toNumber(value)),
  ),
  note('toBool', ['any'], 'bool', 'Boolean of a yes/no word or number.', '{{ toBool "yes" }}', ([value]) =>
    toBool(value),
  ),
  note('toString', ['any'], 'string', 'Text of any value; nil is empty.', '{{ toString .spec.n }}', ([value]) =>
    value === undefined || value === null ? '' : printValue(value),
  ),
  note('toJson', ['any'], 'string', 'Compact JSON with sorted keys.', '{{ toJson .spec.labels }}', ([value]) =>
    toJson(value),
  ),
  note(
    'toList',
    ['string'],
    'list',
    'The parts between commas, trimmed, without blank ones.',
    '{{ toList "a, b" }}',
    ([text]) =>
      (text as string)
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
  ),
  note('typeOf', ['any'], 'string', 'null, string, number, bool, map or slice.', '{{ typeOf .spec.x }}', ([value]) =>
    typeOf(value),
  ),
  typeTest('typeMap', 'map'),
  typeTest('typeList', 'slice'),
  typeTest('typeString', 'string'),
  typeTest('typeNumber', 'number'),
  typeTest('typeBool', 'bool'),
  typeTest('typeNull', 'null'),
  note('len', ['any'], 'int', 'Bytes of a text, items of a list or map; else 0.', '{{ len .spec.hosts }}', ([value]) =>
    length(value),
  ),
  note(
    'isEmpty',
    ['any'],
    'bool',
    'nil, "", empty list or map; 0 and false are not.',
    '{{ isEmpty .spec.x }}',
    ([value]) =>
      value === undefined || value === null || value === '' || ((isList(value) || isMap(value)) && length(value) === 0),
  ),
  note(
    'get',
    ['any', 'any'],
    'any',
    'The value at a path of keys; nil when a step is missing.',
    '{{ get . "spec" "tls" "secret" }}',
    get,
    true,
  ),
];

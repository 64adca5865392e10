// Notes about types and conversions (docs/reference/notes.md, types).
import { goQuote } from '../../../common';
import { floatValue } from '../../template/literal';
import { isList, isMap, kindOf, printValue, sortedKeys, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { trimSpace } from '../text/go-text';
import { toJson } from './json-text';
import { toInt64, toNumber } from './numbers';

const { note } = notesOf('types');
const TRUE = new Set(['true', 'True', 'TRUE', '1', 'yes', 'YES', 'Yes', 'on', 'ON']);
const FALSE = new Set(['false', 'False', 'FALSE', '0', 'no', 'NO', 'No', 'off', 'OFF', '']);

function toInt(value: Value): Value {
  if (kindOf(value) === 'int') return value;
  try {
    return toInt64(toNumber(value));
  } catch (error) {
    if (error instanceof NoteFailure) throw new NoteFailure(`toInt: ${error.message}`);
    throw error;
  }
}

function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (TRUE.has(value)) return true;
    if (FALSE.has(value)) return false;
    throw new NoteFailure(`toBool: unrecognised value ${goQuote(value)}`);
  }
  const kind = kindOf(value);
  if (kind === 'int' || kind === 'float') return toNumber(value) !== 0;
  throw new NoteFailure(`toBool: cannot convert ${kind}`);
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

function toList(text: string): readonly string[] {
  return text
    .split(',')
    .map(trimSpace)
    .filter((part) => part !== '');
}

function isEmpty(value: Value): boolean {
  if (value === undefined || value === null || value === '') return true;
  return (isList(value) || isMap(value)) && length(value) === 0;
}

function typeTest(name: string, wanted: string, words: string, example: string): NoteSpec {
  return note(
    `${name}(value any) bool`,
    `Whether the value is ${words}.`,
    [`{{ ${name} ${example} }}`, 'true', { spec: { hosts: ['a.io'], labels: { app: 'web' }, none: null } }],
    (value: Value) => typeOf(value) === wanted,
  );
}

export const typeNotes: readonly NoteSpec[] = [
  note('toInt(value number) int', 'Whole number, cut toward zero.', ['{{ toInt "3.7" }}', '3'], toInt),
  note('toFloat(value number) float', 'Number with fraction.', ['{{ toFloat "0.75" }}', '0.75'], (value: Value) =>
    floatValue(toNumber(value)),
  ),
  note(
    'toBool(value any) bool',
    'The boolean of a yes/no word or of a number; an empty text is false.',
    ['{{ toBool "yes" }}', 'true'],
    toBool,
  ),
  note(
    'toString(value any) string',
    'The text of any value as it prints; nil is empty.',
    ['{{ toString .spec.ports }}', '[80 443]', { spec: { ports: [80, 443] } }],
    (value: Value) => (value === undefined || value === null ? '' : printValue(value)),
  ),
  note(
    'toJson(value any) string',
    'Compact JSON with sorted keys.',
    ['{{ toJson .spec.labels }}', '{"app":"web","tier":1}', { spec: { labels: { tier: 1, app: 'web' } } }],
    toJson,
  ),
  note(
    'toList(text string) list',
    'The parts between commas, trimmed, without blank ones.',
    ['{{ join (toList "a, b,,c") "/" }}', 'a/b/c'],
    toList,
  ),
  note('typeOf(value any) string', 'null, string, number, bool, map or slice.', ['{{ typeOf 3 }}', 'number'], typeOf),
  typeTest('typeMap', 'map', 'a map', '.spec.labels'),
  typeTest('typeList', 'slice', 'a list', '.spec.hosts'),
  typeTest('typeString', 'string', 'a text', '"x"'),
  typeTest('typeNumber', 'number', 'a number', '3'),
  typeTest('typeBool', 'bool', 'a boolean', 'false'),
  typeTest('typeNull', 'null', 'null or missing', '.spec.none'),
  note(
    'len(value any) int',
    'Bytes of a text, items of a list or map; 0 for anything else. Stands for the built-in len.',
    ['{{ len .spec.hosts }}', '2', { spec: { hosts: ['a.io', 'b.io'] } }],
    length,
  ),
  note(
    'isEmpty(value any) bool',
    'Whether it is nil, "", an empty list or an empty map; unlike with empty, 0 and false are values.',
    ['{{ isEmpty .spec.replicas }}', 'false', { spec: { replicas: 0 } }],
    isEmpty,
  ),
  note(
    'isScalar(value any) bool',
    'Whether it is a text, a number or a boolean.',
    ['{{ isScalar 3 }}', 'true'],
    (value: Value) => ['string', 'number', 'bool'].includes(typeOf(value)),
  ),
  note(
    'isComposite(value any) bool',
    'Whether it is a list or a map.',
    ['{{ isComposite .spec.hosts }}', 'true', { spec: { hosts: [] } }],
    (value: Value) => isList(value) || isMap(value),
  ),
];

// Notes that choose between values (docs/reference/notes.md, conditional).
import { Float, isList, isMap, isTrue, NO_VALUE, printValue, sortedKeys, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';

const { note } = notesOf('conditional');

/** nil, "", "<no value>", false, 0, empty list and map. */
export function isEmptyValue(value: Value): boolean {
  if (value === undefined || value === null || value === '' || value === NO_VALUE || value === false) return true;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) === 0;
  if (value instanceof Float) return value.value === 0;
  if (isList(value)) return value.length === 0;
  return isMap(value) && sortedKeys(value).length === 0;
}

export const conditionalNotes: readonly NoteSpec[] = [
  note(
    'default(fallback any, value any) any',
    'The value, or the fallback when it is empty. Made for pipes: the value comes last.',
    ['{{ .spec.version | default "7" }}', '7', { spec: {} }],
    (fallback: Value, value: Value) => (isEmptyValue(value) ? fallback : value),
  ),
  note(
    'empty(value any) bool',
    'Whether the value is nil, "", false, 0 or holds nothing.',
    ['{{ empty .spec.hosts }}', 'true', { spec: { hosts: [] } }],
    isEmptyValue,
  ),
  note(
    'notEmpty(value any) bool',
    'The opposite of empty.',
    ['{{ notEmpty .spec.hosts }}', 'true', { spec: { hosts: ['a.io'] } }],
    (value: Value) => !isEmptyValue(value),
  ),
  note(
    'ternary(condition any, yes any, no any) any',
    'One of two values by a condition of any type: nil, false, 0, "" and what holds nothing are false.',
    ['{{ ternary .spec.debug "debug" "info" }}', 'info', { spec: { debug: false } }],
    (condition: Value, yes: Value, no: Value) => (isTrue(condition) ? yes : no),
  ),
  note(
    'boolTernary(condition bool, yes any, no any) any',
    'As ternary, for a real boolean.',
    ['{{ boolTernary (eq .spec.n 1) "one" "many" }}', 'one', { spec: { n: 1 } }],
    (condition: boolean, yes: Value, no: Value) => (condition ? yes : no),
  ),
  note(
    'boolDefault(value any, fallback bool) bool',
    'The value when it is a boolean, else the fallback: false stays false.',
    ['{{ boolDefault .spec.tls true }}', 'false', { spec: { tls: false } }],
    (value: Value, fallback: boolean) => (typeof value === 'boolean' ? value : fallback),
  ),
  note(
    'eqTernary(value any, target any, yes any, no any) any',
    'One of two values by whether two values print the same: 3 and "3" do.',
    ['{{ eqTernary .spec.n "3" "three" "other" }}', 'three', { spec: { n: 3 } }],
    (value: Value, target: Value, yes: Value, no: Value) => (printValue(value) === printValue(target) ? yes : no),
  ),
  note(
    'coalesce(values any...) any',
    'The first value that is not empty.',
    ['{{ coalesce .spec.alias .metadata.name "web" }}', 'shop', { spec: {}, metadata: { name: 'shop' } }],
    (...values: Value[]) => values.find((value) => !isEmptyValue(value)),
  ),
];

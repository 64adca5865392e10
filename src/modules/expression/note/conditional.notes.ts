// Notes that choose between values (docs/reference/notes.md, conditional).
import { Float, isList, isMap, isTrue, NO_VALUE, printValue, sortedKeys, type Value } from '../template/value';
import { type NoteSpec, type ParameterType } from './registry';

/** nil, "", "<no value>", false, 0, empty list and map. */
export function isEmptyValue(value: Value): boolean {
  if (value === undefined || value === null || value === '' || value === NO_VALUE || value === false) return true;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) === 0;
  if (value instanceof Float) return value.value === 0;
  if (isList(value)) return value.length === 0;
  return isMap(value) && sortedKeys(value).length === 0;
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
  return { name, domain: 'conditional', params, variadic, result, doc, example, call };
}

export const conditionalNotes: readonly NoteSpec[] = [
  note(
    'default',
    ['any', 'any'],
    'any',
    'The value, or the fallback when it is empty.',
    '{{ .spec.version | default "7" }}',
    ([fallback, value]) => (isEmptyValue(value) ? fallback : value),
  ),
  note(
    'empty',
    ['any'],
    'bool',
    'Whether the value is nil, "", false, 0 or holds nothing.',
    '{{ empty .spec.hosts }}',
    ([value]) => isEmptyValue(value),
  ),
  note(
    'notEmpty',
    ['any'],
    'bool',
    'The opposite of empty.',
    '{{ notEmpty .spec.hosts }}',
    ([value]) => !isEmptyValue(value),
  ),
  note(
    'ternary',
    ['any', 'any', 'any'],
    'any',
    'One of two values by a condition.',
    '{{ ternary .spec.debug "debug" "info" }}',
    ([condition, yes, no]) => (isTrue(condition) ? yes : no),
  ),
  note(
    'boolTernary',
    ['bool', 'any', 'any'],
    'any',
    'As ternary, for a real boolean.',
    '{{ boolTernary (eq .spec.n 1) "a" "b" }}',
    ([condition, yes, no]) => (condition === true ? yes : no),
  ),
  note(
    'boolDefault',
    ['any', 'bool'],
    'bool',
    'The value when it is a boolean, else the default.',
    '{{ boolDefault .spec.tls true }}',
    ([value, fallback]) => (typeof value === 'boolean' ? value : fallback),
  ),
  note(
    'eqTernary',
    ['any', 'any', 'any', 'any'],
    'any',
    'One of two values by equal printed forms.',
    '{{ eqTernary .spec.n "3" "y" "n" }}',
    ([value, target, yes, no]) => (printValue(value) === printValue(target) ? yes : no),
  ),
  note(
    'coalesce',
    ['any'],
    'any',
    'The first value that is not empty.',
    '{{ coalesce .spec.a .spec.b "z" }}',
    (values) => values.find((value) => !isEmptyValue(value)),
    true,
  ),
];

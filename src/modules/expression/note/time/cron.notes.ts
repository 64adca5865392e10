// Cron expressions as texts (docs/reference/notes.md, cron). What stands in a field is not checked: nextCron does that.
import { isMap, kindOf, printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';
import { trimSpace } from '../text/go-text';
import { CRON_KEYS, cronFields, cronParts, EVERY_MINUTE } from './cron-fields';

const { note } = notesOf('cron');
const PARTS = [
  ['cronMinute', 'minute', '30'],
  ['cronHour', 'hour', '2'],
  ['cronDom', 'day of the month', '*'],
  ['cronMonth', 'month', '*'],
  ['cronDow', 'day of the week', '1-5'],
] as const;

function orStar(text: string): string {
  const trimmed = trimSpace(text);
  return trimmed === '' ? '*' : trimmed;
}

function fieldAt(expression: string, position: number): string {
  if (position < 0 || position >= CRON_KEYS.length) {
    throw new NoteFailure(`cronField: position ${position} out of range [0-4]`);
  }
  if (trimSpace(expression) === '') return '*';
  const fields = cronFields(expression);
  if (fields === undefined) {
    const count = cronParts(expression).length;
    throw new NoteFailure(`cronField: expected 5 fields in "${expression}", got ${count}`);
  }
  return fields[position] ?? '*';
}

function normalized(expression: string): readonly string[] {
  return cronFields(expression) ?? EVERY_MINUTE;
}

type ValueMap = { readonly [key: string]: Value };

function fromMap(map: ValueMap): string {
  return CRON_KEYS.map((key) => (Object.hasOwn(map, key) ? orStar(printValue(map[key])) : '*')).join(' ');
}

const GO_TYPE = {
  nil: '<nil>',
  string: 'string',
  int: 'int64',
  float: 'float64',
  bool: 'bool',
  list: '[]interface {}',
  map: 'map[string]interface {}',
};

function cronFromMap(value: Value): string {
  if (isMap(value)) return fromMap(value);
  throw new NoteFailure(`cronFromMap: expected map, got ${GO_TYPE[kindOf(value)]}`);
}

function cronFromAny(value: Value): string {
  if (isMap(value)) return fromMap(value);
  return normalized(typeof value === 'string' ? value : '').join(' ');
}

function cronToMap(value: Value): Value {
  if (isMap(value)) return value;
  const fields = normalized(value === undefined || value === null ? '' : printValue(value));
  return Object.fromEntries(CRON_KEYS.map((key, index) => [key, fields[index] ?? '*']));
}

/** The first form that fits. Fields are shown as they are written. */
function describe(expression: string): string {
  const [m = '*', h = '*', d = '*', month = '*', w = '*'] = normalized(expression);
  const areOpen = (...fields: string[]): boolean => fields.every((field) => field === '*');
  if (m.startsWith('*/') && areOpen(h, d, month, w)) return `Every ${m.slice(2)} minutes`;
  if (m === '0' && areOpen(h, d, month, w)) return 'Every hour';
  if (areOpen(d, month, w) && m !== '*' && h !== '*') return `At ${h}:${m} every day`;
  if (areOpen(d, month) && w !== '*') return `At ${h}:${m} on day-of-week ${w}`;
  if (d !== '*' && areOpen(month, w)) return `At ${h}:${m} on day ${d} of every month`;
  return `Cron: ${[m, h, d, month, w].join(' ')}`;
}

const MAP = { spec: { schedule: { hour: 3, minute: '0' } } };

export const cronNotes: readonly NoteSpec[] = [
  note(
    'cronField(expression string, position int) string',
    'A field by its position from 0 to 4; * of an empty expression.',
    ['{{ cronField "@daily" 1 }}', '0'],
    (expression: string, position: number | bigint) => fieldAt(expression, Number(position)),
  ),
  ...PARTS.map(([name, words, output], index) =>
    note(
      `${name}(expression string) string`,
      `The field for the ${words}; * of an empty expression.`,
      [`{{ ${name} "30 2 * * 1-5" }}`, output],
      (expression: string) => fieldAt(expression, index),
    ),
  ),
  note(
    'cronExpr(minute string, hour string, dayOfMonth string, month string, dayOfWeek string) string',
    'An expression of five fields; an empty one is *.',
    ['{{ cronExpr "0" "" "" "" "1" }}', '0 * * * 1'],
    (...parts: string[]) => parts.map(orStar).join(' '),
  ),
  note(
    'cronValid(expression string) bool',
    'Whether it has five fields, or is one of the macros.',
    ['{{ cronValid "@daily" }}', 'true'],
    (expression: string) => cronFields(expression) !== undefined,
  ),
  note(
    'cronNormalize(expression string) string',
    'Macros expanded and single blanks; * * * * * when it has not five fields.',
    ['{{ cronNormalize " 0  2 * * 1 " }}', '0 2 * * 1'],
    (expression: string) => normalized(expression).join(' '),
  ),
  note(
    'cronFromMap(map any) string',
    'The expression of a map with the keys minute, hour, dayOfMonth, month and dayOfWeek.',
    ['{{ cronFromMap .spec.schedule }}', '0 3 * * *', MAP],
    cronFromMap,
  ),
  note(
    'cronFromAny(value any) string',
    'The expression of such a map or of a text; * * * * * of anything else.',
    ['{{ cronFromAny "@hourly" }}', '0 * * * *'],
    cronFromAny,
  ),
  note(
    'cronToMap(value any) map',
    'The five fields as a map.',
    ['{{ (cronToMap "0 2 * * 1").dayOfWeek }}', '1'],
    cronToMap,
  ),
  note(
    'cronDescribe(expression string) string',
    'The expression in words, if it is one of the usual forms.',
    ['{{ cronDescribe "*/15 * * * *" }}', 'Every 15 minutes'],
    describe,
  ),
];

// A value of the wanted type, or the given one (docs/reference/notes.md, safeaccess). The value comes first.
import { Float, kindOf, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { isEmptyValue } from '../values/conditional.notes';
import { toInt64 } from '../values/numbers';

const { note } = notesOf('safeaccess');
const INT64_BOUND = 2 ** 63;
const SPEC = { spec: { name: 'web', size: 3.9, tls: false } };

function intOr(value: Value, fallback: Value): Value {
  const kind = kindOf(value);
  if (kind === 'int') return value instanceof Float ? value.value : value;
  if (kind !== 'float') return fallback;
  const number = value instanceof Float ? value.value : Number(value);
  return Math.abs(number) < INT64_BOUND ? toInt64(number) : fallback;
}

export const safeAccessNotes: readonly NoteSpec[] = [
  note(
    'getOr(value any, fallback any) any',
    'The value, or the fallback when it is empty.',
    ['{{ getOr .spec.replicas 2 }}', '2', SPEC],
    (value: Value, fallback: Value) => (isEmptyValue(value) ? fallback : value),
  ),
  note(
    'getStringOr(value any, fallback string) string',
    'The value when it is a text with content, else the fallback.',
    ['{{ getStringOr .spec.name "none" }}', 'web', SPEC],
    (value: Value, fallback: string) => (typeof value === 'string' && value !== '' ? value : fallback),
  ),
  note(
    'getIntOr(value any, fallback int) int',
    'The value when it is a number, cut toward zero; else the fallback. A text is no number.',
    ['{{ getIntOr .spec.size 1 }}', '3', SPEC],
    intOr,
  ),
  note(
    'getBoolOr(value any, fallback bool) bool',
    'The value when it is a boolean, else the fallback.',
    ['{{ getBoolOr .spec.tls true }}', 'false', SPEC],
    (value: Value, fallback: boolean) => (typeof value === 'boolean' ? value : fallback),
  ),
];

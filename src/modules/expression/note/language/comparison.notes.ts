// eq, ne, lt, le, gt, ge with the rules of Go's text/template between kinds.
import { type Float, type Value, kindOf, numberOf, isList, isMap } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';

const { note } = notesOf('comparison');
const SPEC = { spec: { tier: 'silver', size: 3 } };

function equals(a: Value, b: Value): boolean {
  const left = kindOf(a);
  const right = kindOf(b);
  if (left === 'nil' || right === 'nil') return left === right;
  if (isList(a) || isMap(a) || isList(b) || isMap(b)) {
    throw new NoteFailure(`non-comparable type ${left === 'list' || left === 'map' ? left : right}`);
  }
  if (left !== right) throw new NoteFailure('incompatible types for comparison');
  if (left === 'int' || left === 'float') return compareNumbers(a as number, b as number) === 0;
  return a === b;
}

function isLess(a: Value, b: Value): boolean {
  const left = kindOf(a);
  const right = kindOf(b);
  for (const kind of [left, right]) {
    if (kind === 'nil' || kind === 'bool' || kind === 'list' || kind === 'map') {
      throw new NoteFailure('invalid type for comparison');
    }
  }
  if (left !== right) throw new NoteFailure('incompatible types for comparison');
  if (left === 'string') return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string)) < 0;
  return compareNumbers(a as number, b as number) < 0;
}

function compareNumbers(a: number | bigint | Float, b: number | bigint | Float): number {
  const left = typeof a === 'bigint' ? a : numberOf(a);
  const right = typeof b === 'bigint' ? b : numberOf(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function isAnyEqual(first: Value, ...others: readonly Value[]): boolean {
  if (others.length === 0) throw new NoteFailure('missing argument for comparison');
  return others.some((other) => equals(first, other));
}

export const comparisonNotes: readonly NoteSpec[] = [
  note(
    'eq(value any, others any...) bool',
    'True when the first value equals any of the others.',
    ['{{ eq .spec.tier "gold" "silver" }}', 'true', SPEC],
    isAnyEqual,
  ),
  note(
    'ne(a any, b any) bool',
    'True when the values differ.',
    ['{{ ne .spec.tier "gold" }}', 'true', SPEC],
    (a: Value, b: Value) => !equals(a, b),
  ),
  note('lt(a any, b any) bool', 'True when the first value is less.', ['{{ lt .spec.size 3 }}', 'false', SPEC], isLess),
  note(
    'le(a any, b any) bool',
    'True when the first value is less or equal.',
    ['{{ le .spec.size 3 }}', 'true', SPEC],
    (a: Value, b: Value) => isLess(a, b) || equals(a, b),
  ),
  note(
    'gt(a any, b any) bool',
    'True when the first value is greater.',
    ['{{ gt .spec.size 3 }}', 'false', SPEC],
    (a: Value, b: Value) => !(isLess(a, b) || equals(a, b)),
  ),
  note(
    'ge(a any, b any) bool',
    'True when the first value is greater or equal.',
    ['{{ ge .spec.size 3 }}', 'true', SPEC],
    (a: Value, b: Value) => !isLess(a, b),
  ),
];

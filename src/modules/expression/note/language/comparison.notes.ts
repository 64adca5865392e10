// eq, ne, lt, le, gt, ge with the rules of Go's text/template between kinds.
import { compareGoText } from '../../../common';
import { integerOf, kindOf, numberOf, typeName, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { NoteFailure, type NoteSpec } from '../registry';

const { note } = notesOf('comparison');
const SPEC = { spec: { tier: 'silver', size: 3 } };

/** Go's kinds; lists, maps and nil have none that compares. */
function equals(a: Value, b: Value): boolean {
  const left = comparable(a);
  const right = comparable(b);
  if (left !== right) {
    if (isNil(a) || isNil(b)) return false;
    throw new NoteFailure(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (left !== undefined) return order(a, b) === 0;
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  const types = `${typeName(a)} and ${typeName(b)}`;
  throw new NoteFailure(`non-comparable type${kindOf(a) === kindOf(b) ? '' : 's'}: ${types}`);
}

function isLess(a: Value, b: Value): boolean {
  const left = comparable(a);
  const right = comparable(b);
  if (left === undefined || right === undefined) throw new NoteFailure('invalid type for comparison');
  if (left !== right) {
    throw new NoteFailure(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (left === 'bool') throw new NoteFailure('invalid type for comparison');
  return order(a, b) < 0;
}

function isNil(value: Value): boolean {
  return value === undefined || value === null;
}

function comparable(value: Value): 'string' | 'int' | 'float' | 'bool' | undefined {
  const kind = kindOf(value);
  return kind === 'nil' || kind === 'list' || kind === 'map' ? undefined : kind;
}

/** Order of two values of one kind; NaN beside anything (a NaN too) is neither less nor equal. */
function order(a: Value, b: Value): number {
  if (typeof a === 'string') return compareGoText(a, b as string);
  if (typeof a === 'boolean') return a === b ? 0 : 1;
  const left = integerOf(a) ?? numberOf(a as number);
  const right = integerOf(b) ?? numberOf(b as number);
  return left < right ? -1 : left > right || left !== left || right !== right ? 1 : 0;
}

function isAnyEqual(first: Value, ...others: readonly Value[]): boolean {
  if (others.length === 0) throw new NoteFailure('missing argument for comparison');
  return others.some((other) => equals(first, other));
}

const notes: readonly NoteSpec[] = [
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

/** They name the Go types of integers. */
export const comparisonNotes: readonly NoteSpec[] = notes.map((spec) => ({ ...spec, isNative: true }));

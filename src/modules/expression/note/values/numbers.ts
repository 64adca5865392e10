// How notes read numbers and give them back: every number is a float64 in between, as in Go's implementation.
import { goQuote } from '../../../common';
import { floatOf, floatValue } from '../../template/literal';
import { Float, kindOf, type Value } from '../../template/value';
import { NoteFailure } from '../registry';

/** Digits, with underscores between as in Go's sources. */
const digits = (digit: string): string => `${digit}(?:_?${digit})*`;
const D = digits('[0-9]');
const H = digits('[0-9a-fA-F]');
const DECIMAL = new RegExp(`^[+-]?(?:${D}(?:\\.(?:${D})?)?|\\.${D})(?:[eE][+-]?${D})?$`);
const HEX_FLOAT = new RegExp(`^[+-]?0[xX]_?(?:${H}(?:\\.(?:${H})?)?|\\.${H})[pP][+-]?[0-9]+$`);
const INFINITE = /^[+-]?inf(inity)?$/i;
const NOT_A_NUMBER = /^nan$/i;
const INT64_BOUND = 2 ** 63;

/** Go's strconv.ParseFloat; undefined when the text is no number, or too large for a float64. */
export function parseFloat64(text: string): number | undefined {
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  let value: number | undefined;
  if (DECIMAL.test(text)) value = Number(text.replaceAll('_', ''));
  else if (HEX_FLOAT.test(text)) value = floatOf(text.replaceAll('_', ''));
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

/** A number, a boolean (1 or 0), or a text that is a number to the letter; throws NoteFailure for anything else. */
export function toNumber(value: Value): number {
  switch (kindOf(value)) {
    case 'bool':
      return value === true ? 1 : 0;
    case 'int':
    case 'float':
      return value instanceof Float ? value.value : Number(value);
    case 'string': {
      const number = parseFloat64(value as string);
      if (number !== undefined) return number;
      throw new NoteFailure(`cannot convert ${goQuote(value as string)} to number`);
    }
    default:
      throw new NoteFailure(`cannot convert ${kindOf(value)} to number`);
  }
}

/** A whole float64 as an int; throws NoteFailure outside of int64. */
export function toInt64(value: number): Value {
  const whole = Math.trunc(value);
  if (!(whole >= -INT64_BOUND && whole < INT64_BOUND)) throw new NoteFailure(`${value} does not fit an integer`);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/** The result of arithmetic: an int when it is whole and int64 can hold it, else a float. */
export function numberResult(value: number): Value {
  return Number.isInteger(value) && Math.abs(value) < INT64_BOUND ? toInt64(value) : floatValue(value);
}

/** A count in an object of Kubernetes: numbers are cut, a text gives its leading digits, all else is 0. */
export function toCount(value: Value): number {
  if (value instanceof Float) return Math.trunc(value.value);
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'bigint') return Number(value);
  const digits = typeof value === 'string' ? /^\s*([+-]?[0-9]+)/.exec(value)?.[1] : undefined;
  return digits === undefined ? 0 : Number(digits);
}

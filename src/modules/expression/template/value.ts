// The values of the template language and how Go prints and judges them.
//
// Data is plain JSON. Integers and floats are distinct kinds as in Go: a number without fraction is an int (int64; a
// bigint beyond 2^53), one with a fraction is a float, and a float without fraction exists only as a literal or a
// function result (Float).
// There are two nils: `null` is what a direct step finds (a missing key, a JSON null); it becomes `undefined` (untyped
// nil) when it passes through a pipeline. Stepping into the first is an error, into the second gives nil again.

import { compareGoText } from '../../common';

/** A float64 that has no fraction: the literal `2.0`, the result of `toFloat "2"`. */
export class Float {
  constructor(readonly value: number) {}
}

/**
 * An integer of another type than int64: literals and indexes are `int`, a byte of a text is `uint8`. They are one kind
 * with int64, but printf, messages and range name the type. Functions of the language get the bare number.
 */
export class GoInt {
  constructor(
    readonly type: 'int' | 'uint8',
    readonly value: number | bigint,
  ) {}
}

export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Float
  | GoInt
  | readonly Value[]
  | { readonly [key: string]: Value };

const SMALL_INTS = Array.from({ length: 256 }, (_, value) => new GoInt('int', value));

/** An `int`: an index, a length. */
export function intOf(value: number): GoInt {
  return SMALL_INTS[value] ?? new GoInt('int', value);
}

export type Kind = 'nil' | 'string' | 'int' | 'float' | 'bool' | 'list' | 'map';

const INT64_BOUND = 2 ** 63;

/** A number without fraction is an int as far as int64 reaches; beyond it only a float can hold it. */
function isInt64(value: number): boolean {
  return Number.isInteger(value) && value < INT64_BOUND && value >= -INT64_BOUND;
}

export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return isInt64(value) ? 'int' : 'float';
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      if (value === null || value === undefined) return 'nil';
      if (value instanceof Float) return 'float';
      if (value instanceof GoInt) return 'int';
      return Array.isArray(value) ? 'list' : 'map';
  }
}

/** Go's name of the type, for messages. */
export function typeName(value: Value): string {
  switch (kindOf(value)) {
    case 'nil':
      return 'interface {}';
    case 'string':
      return 'string';
    case 'int':
      return value instanceof GoInt ? value.type : 'int64';
    case 'float':
      return 'float64';
    case 'bool':
      return 'bool';
    case 'list':
      return '[]interface {}';
    case 'map':
      return 'map[string]interface {}';
  }
}

export function isMap(value: Value): value is { readonly [key: string]: Value } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Float) &&
    !(value instanceof GoInt)
  );
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** A key of a map; only own keys exist, so no prototype is ever reached. Missing and null are `null`. */
export function fieldOf(map: { readonly [key: string]: Value }, key: string): Value {
  if (!Object.hasOwn(map, key)) return null;
  const value = map[key];
  return value === undefined ? null : value;
}

/** Keys in the order of their bytes, without keys whose value is undefined. */
export function sortedKeys(map: { readonly [key: string]: Value }): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareGoText);
}

/** The number inside, for arithmetic in doubles. */
export function numberOf(value: number | bigint | Float | GoInt): number {
  return value instanceof Float || value instanceof GoInt ? Number(value.value) : Number(value);
}

/** The number of an integer value, undefined for other kinds. */
export function integerOf(value: Value): number | bigint | undefined {
  if (value instanceof GoInt) return value.value;
  return typeof value === 'bigint' || (typeof value === 'number' && isInt64(value)) ? value : undefined;
}

/** A value as functions of the language take it: a bare number for every integer. */
export function plain(value: Value): Value {
  return value instanceof GoInt ? value.value : value;
}

/** Go's truth: false, 0, "", nil and empty lists and maps are false. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (value === null || value === undefined) return false;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof GoInt) return Number(value.value) !== 0;
  if (isList(value)) return value.length > 0;
  for (const key in value) {
    if (value[key] !== undefined) return true;
  }
  return false;
}

export const NO_VALUE = '<no value>';

/** What an action prints. */
export function printAction(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return NO_VALUE;
  return printValue(value);
}

/** Go's `%v`: nil is `<nil>`, maps have sorted keys. */
export function printValue(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return isInt64(value) ? String(value) : formatFloat(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null || value === undefined) return '<nil>';
      if (value instanceof Float) return formatFloat(value.value);
      if (value instanceof GoInt) return String(value.value);
      if (isList(value)) return `[${value.map(printValue).join(' ')}]`;
      return `map[${sortedKeys(value)
        .map((key) => `${key}:${printValue(value[key])}`)
        .join(' ')}]`;
  }
}

/** Go's shortest float form (`%v`): exponent form below 1e-4 and from 1e6 on. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return plainDecimal(value);
}

function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}

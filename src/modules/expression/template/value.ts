// The values of the template language and how Go prints and judges them.
//
// Data is plain JSON. Integers and floats are distinct kinds as in Go: a number without fraction is an int (int64), one
// with a fraction is a float, and a float without fraction exists only as a literal or a function result (Float).
// There are two nils: `null` is what a direct step finds (a missing key, a JSON null); it becomes `undefined` (untyped
// nil) when it passes through a pipeline. Stepping into the first is an error, into the second gives nil again.

/** A float64 that has no fraction: the literal `2.0`, the result of `toFloat "2"`. */
export class Float {
  constructor(readonly value: number) {}
}

export type Value =
  string | number | bigint | boolean | null | undefined | Float | readonly Value[] | { readonly [key: string]: Value };

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
      return 'int64';
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
  return typeof value === 'object' && value !== null && !(value instanceof Float) && !Array.isArray(value);
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

/** Keys in sorted (byte) order, without keys whose value is undefined. */
export function sortedKeys(map: { readonly [key: string]: Value }): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort();
}

export function numberOf(value: number | bigint | Float): number {
  return value instanceof Float ? value.value : Number(value);
}

/** Go's truth: false, 0, "", nil and empty lists and maps are false. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (value === null || value === undefined) return false;
  if (value instanceof Float) return value.value !== 0;
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

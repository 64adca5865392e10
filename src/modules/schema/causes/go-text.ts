// Values as Go prints them: messages of an API server hold `%q`, `%v` and encoding/json.
import { goJsonText, isJsonArray, isJsonObject, type JsonValue } from '../../common';

/** `%v` of a number that was decoded from JSON: whole numbers are int64, others float64. */
export function goNumber(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : goFloat(value);
}

/** `%v` of a float64: the shortest digits; an exponent below 0.0001 and from 1e+06 up. */
export function goFloat(value: number): string {
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (value === 0 || (exponent >= -4 && exponent < 6)) return String(value);
  const sign = exponent < 0 ? '-' : '+';
  return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * encoding/json: `<`, `>` and `&` escaped. `keys`: those of a Go map come sorted, those of a struct as the value has them.
 */
export function goJson(value: JsonValue | undefined, keys: 'sorted' | 'as given' = 'sorted'): string {
  if (value === undefined || value === null) return 'null';
  if (isJsonArray(value)) return `[${value.map((item) => goJson(item, keys)).join(',')}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (keys === 'sorted') entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${goJsonText(key)}:${goJson(item, keys)}`).join(',')}}`;
  }
  return typeof value === 'string' ? goJsonText(value) : String(value);
}

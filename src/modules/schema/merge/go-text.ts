// How Go prints decoded JSON: messages of the API server come from there.
import { compareGoText, goQuote, isJsonArray, isJsonObject, isNumber, type JsonValue } from '../../common';

/** `%v` of decoded JSON: `map[a:1 b:[x y]]`, keys sorted. */
export function goPrinted(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (isJsonArray(value)) return `[${value.map(goPrinted).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareGoText);
  return `map[${keys.map((key) => `${key}:${goPrinted(value[key])}`).join(' ')}]`;
}

/** `%#v` of decoded JSON. */
export function goSyntax(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (isJsonArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareGoText);
  return `map[string]interface {}{${keys.map((key) => `${goQuote(key)}:${goSyntax(value[key])}`).join(', ')}}`;
}

/** `%T` of decoded JSON. */
export function goType(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (isNumber(value)) return typeof value === 'bigint' ? 'int64' : 'float64';
  return isJsonArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

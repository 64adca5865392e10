// How Go prints and orders text and values: messages and orders of the API server come from there.
import { goQuote, isJsonArray, isJsonObject, type JsonValue } from '../../common';

/** By code points, which is the order of UTF-8 bytes. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [aUnit, bUnit] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (aUnit !== bUnit) return rankOfUnit(aUnit) - rankOfUnit(bUnit);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points behind all others. */
function rankOfUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** `%v` of decoded JSON: `map[a:1 b:[x y]]`, keys sorted. */
export function goPrinted(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (isJsonArray(value)) return `[${value.map(goPrinted).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareTexts);
  return `map[${keys.map((key) => `${key}:${goPrinted(value[key])}`).join(' ')}]`;
}

/** `%#v` of decoded JSON. */
export function goSyntax(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'interface {}(nil)';
  if (typeof value === 'string') return goQuote(value);
  if (isJsonArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isJsonObject(value)) return String(value);
  const keys = Object.keys(value).sort(compareTexts);
  return `map[string]interface {}{${keys.map((key) => `${goQuote(key)}:${goSyntax(value[key])}`).join(', ')}}`;
}

/** `%T` of decoded JSON. */
export function goType(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'float64';
  return isJsonArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

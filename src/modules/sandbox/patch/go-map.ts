import { isJsonArray, isJsonObject, type JsonValue } from '../../common';

/** A value as Go prints it with %v: `map[a:1 b:[x y]]`, keys in order. Errors about strategic patches quote them so. */
export function goMap(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>';
  if (isJsonArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${key}:${goMap(value[key])}`);
  return `map[${members.join(' ')}]`;
}

// JSON text to values and back, without loss of whole numbers: Kubernetes has int64 fields, and a number of JavaScript
// holds only 2^53 of them. A whole number beyond is a bigint in the tree, all others stay numbers (docs/adr/0020).
//
// Both ways ask JSON of the engine first, which is right for nearly every text. Only a text with sixteen digits in a row
// where a number may begin is read again, and only a tree that JSON refuses because of a bigint is written by hand.
import { isJsonObject, setOwn } from './json';
import { JsonCursor, SCALAR, STRING } from './json-cursor';
import { type JsonObject, type JsonValue, type MutableJsonObject } from './json.types';

/** 2^53 has sixteen digits. It stands behind a colon, a comma, a bracket or a space; inside of strings it is rare. */
const LONG_NUMBER = /[:,[\s]-?[0-9]{16}/;
const LONG_AT_START = /^-?[0-9]{16}/;
const WHOLE = /^-?[0-9]+$/;
const [MIN_INT64, MAX_INT64] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * As JSON.parse, but whole numbers of an int64 keep every digit. Beyond int64, with a fraction or an exponent, a number
 * is a float64, as for the API server. Throws SyntaxError.
 */
export function parseJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  return hasLongNumber(text) ? exactValue(new JsonCursor(text)) : value;
}

/** Whether a text may hold a whole number that JavaScript would round. */
export function hasLongNumber(text: string): boolean {
  return LONG_NUMBER.test(text) || LONG_AT_START.test(text);
}

/** The number that stands in a JSON text. */
export function parseNumber(text: string): number | bigint {
  return (WHOLE.test(text) ? int64Of(BigInt(text)) : undefined) ?? Number(text);
}

/** A whole number as it stands in a tree; undefined beyond int64. */
export function int64Of(value: bigint): number | bigint | undefined {
  if (value < MIN_INT64 || value > MAX_INT64) return undefined;
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : value;
}

/** The cursor stands in a text that JSON.parse has taken. */
function exactValue(cursor: JsonCursor): JsonValue {
  switch (cursor.next()) {
    case '{': {
      const map: MutableJsonObject = {};
      cursor.members((name) => setOwn(map, name, exactValue(cursor)));
      return map;
    }
    case '[': {
      const list: JsonValue[] = [];
      cursor.items(() => list.push(exactValue(cursor)));
      return list;
    }
    case '"':
      return JSON.parse(cursor.take(STRING)) as string;
    default:
      return exactScalar(cursor.take(SCALAR));
  }
}

function exactScalar(text: string): JsonValue {
  return WHOLE.test(text) ? parseNumber(text) : (JSON.parse(text) as JsonValue);
}

/** As JSON.stringify with an indentation, of a tree that may hold whole numbers of an int64. */
export function jsonText(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    // Its only other reason is a circle, where writing by hand ends as well.
    if (!(error instanceof TypeError)) throw error;
    return written(value, indent, '\n') ?? 'null';
  }
}

/** Undefined for what JSON leaves out of a map. `line`: a line end and the indentation that belongs here. */
function written(value: unknown, indent: number, line: string): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return JSON.stringify(value);
  const inner = indent === 0 ? '' : line + ' '.repeat(indent);
  const outer = indent === 0 ? '' : line;
  const next = line + ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inner + (written(item, indent, next) ?? 'null'));
    return items.length === 0 ? '[]' : `[${items.join(',')}${outer}]`;
  }
  const members = Object.entries(value).flatMap(([name, member]) => {
    const text = written(member, indent, next);
    return text === undefined ? [] : [`${inner}${JSON.stringify(name)}:${indent === 0 ? '' : ' '}${text}`];
  });
  return members.length === 0 ? '{}' : `{${members.join(',')}${outer}}`;
}

/** The object that the text is as JSON; undefined for any other text. Says nothing of what was found: it may be a secret. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

// What the validation of one node says: the errors, and how many checks it passed (of several alternatives that all fail,
// the one with the most passed checks is reported).
import { goQuote, isJsonObject, isNumber, isInt64, type JsonArray, type JsonValue } from '../../../common';
import {
  goJson,
  invalidCause,
  NO_FIELD,
  notSupportedCause,
  requiredCause,
  tooLongCause,
  tooManyCause,
  typeInvalidCause,
} from '../../causes';
import { type FieldCause } from '../../types/type-schema';

export interface Finding {
  /** Findings with equal text are one. */
  readonly text: string;
  /** `prefix`: the path of the validated part in the whole object (`status`). */
  readonly cause: (prefix: string) => FieldCause;
}

export class Findings {
  readonly list: Finding[] = [];
  matches = 0;

  get isValid(): boolean {
    return this.list.length === 0;
  }

  add(finding: Finding): void {
    if (!this.list.some(({ text }) => text === finding.text)) this.list.push(finding);
  }

  merge(other: Findings): void {
    for (const finding of other.list) this.add(finding);
    this.matches += other.matches;
  }
}

/** The path as it stands in `field`: paths inside the validation may begin with a dot at the root. */
function fieldAt(prefix: string, path: string): string {
  const name = path.startsWith('.') ? path.slice(1) : path;
  if (name === '') return prefix === '' ? NO_FIELD : prefix;
  return prefix === '' ? name : `${prefix}.${name}`;
}

export function required(path: string): Finding {
  return { text: `${path} in body is required`, cause: (prefix) => requiredCause(fieldAt(prefix, path)) };
}

/** `value` is what the server prints as the bad value: the name of the type that was found. */
export function wrongType(path: string, expected: string, found: string): Finding {
  const text = `${path} in body must be of type ${expected}: "${found}"`;
  return { text, cause: (prefix) => typeInvalidCause(fieldAt(prefix, path), found, text) };
}

/** A value that has the form of a string, but not of its format. */
export function wrongFormat(path: string, format: string, value: string): Finding {
  const text = `${path} in body must be of type ${format}: ${goQuote(value)}`;
  return { text, cause: (prefix) => typeInvalidCause(fieldAt(prefix, path), value, text) };
}

export function notInEnum(path: string, value: JsonValue, allowed: JsonArray): Finding {
  const values = allowed.map((item) => (typeof item === 'string' ? item : goJson(item)));
  return {
    text: `${path} in body should be one of [${values.join(' ')}]`,
    cause: (prefix) => notSupportedCause(fieldAt(prefix, path), value, values),
  };
}

export function tooLong(path: string, max: number): Finding {
  const text = `${path} in body should be at most ${max} chars long`;
  return { text, cause: (prefix) => tooLongCause(fieldAt(prefix, path), max) };
}

/** `what`: items or properties. */
export function tooMany(path: string, actual: number, max: number, what: string): Finding {
  const text = `${path} in body should have at most ${max} ${what}`;
  return { text, cause: (prefix) => tooManyCause(fieldAt(prefix, path), actual, max) };
}

/** `<path> in body <rest>`, with the bad value. */
export function invalid(path: string, value: JsonValue, rest: string): Finding {
  const text = `${path} in body ${rest}`;
  return { text, cause: (prefix) => invalidCause(fieldAt(prefix, path), value, text) };
}

/** `text` does not begin with the path. */
export function invalidAs(path: string, value: JsonValue, text: string): Finding {
  return { text, cause: (prefix) => invalidCause(fieldAt(prefix, path), value, text) };
}

/** The cause stands at the map, its value is the name. */
export function forbiddenField(path: string, name: string): Finding {
  return invalidAs(path, name, `${path}.${name} in body is a forbidden property`);
}

/** An error that the server reports without a path: it stands at the whole. */
export function atWhole(text: string): Finding {
  return { text, cause: (prefix) => invalidCause(prefix === '' ? NO_FIELD : prefix, '', text) };
}

/** Names of types as the messages have them. */
export function typeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (isNumber(value)) return isInt64(value) ? 'integer' : 'number';
  if (isJsonObject(value)) return 'object';
  return Array.isArray(value) ? 'array' : typeof value;
}

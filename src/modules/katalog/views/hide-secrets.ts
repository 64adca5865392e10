// A Katalog should hold no credentials, but some do, and whoever reaches the HTTP port would read them. Names decide, not
// values: what a password looks like nobody knows. A template that only refers to a value is no secret and stays.
import { isJsonArray, isJsonObject, isNumber, type JsonValue } from '../../common';
import { holdsSecret, SECRET_WORDS as WORDS } from '../model/secret-names';

const HIDDEN = '<hidden>';

/** `--password=x`, `token: x` in the middle of a text. */
const ASSIGNED = new RegExp(`((?:${WORDS})["']?\\s*[=:]\\s*|--[\\w-]*(?:${WORDS})\\s+)(?!\\{\\{)[^\\s,;&]+`, 'gi');
/** An argument whose value is the next one: `--token`. */
const FLAG = new RegExp(`^--?[\\w-]*(?:${WORDS})$`, 'i');
/** `https://user:password@host`. */
const USER_INFO = /(:\/\/[^\s/:@]*:)(?!\{\{)[^\s/@]+@/g;
/** Data of these is secret under any name. */
const SECRET_DATA = ['data', 'stringData'];

/** A copy in which what looks like a credential is `<hidden>`. */
export function hideSecrets(value: JsonValue): JsonValue {
  return hide(value, false);
}

/** `isSecret`: what is inside a Secret. */
function hide(value: JsonValue | undefined, isSecret: boolean): JsonValue {
  if (value === undefined) return null;
  if (typeof value === 'string') return hideInText(value);
  if (isJsonArray(value)) return value.map((item, index) => hideItem(item, value[index - 1], isSecret));
  if (!isJsonObject(value)) return value;
  const holds = isSecret || value['kind'] === 'Secret';
  const { name } = value;
  const isNamed = typeof name === 'string' && holdsSecret(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (holds && SECRET_DATA.includes(key)) return [key, hideAll(inner)];
      if (holdsSecret(key) || (isNamed && key === 'value')) return [key, hideScalar(inner, isSecret)];
      return [key, hide(inner, isSecret || key === 'secrets')];
    }),
  );
}

function hideItem(item: JsonValue, before: JsonValue | undefined, isSecret: boolean): JsonValue {
  return typeof before === 'string' && FLAG.test(before) ? hideScalar(item, isSecret) : hide(item, isSecret);
}

/** `secret: { secretName }` of a volume is a map: its own names decide. */
function hideScalar(value: JsonValue | undefined, isSecret: boolean): JsonValue {
  if (typeof value === 'string') return isReference(value) ? value : HIDDEN;
  return isNumber(value) ? HIDDEN : hide(value, isSecret);
}

function hideAll(value: JsonValue | undefined): JsonValue {
  if (isJsonArray(value)) return value.map((item) => hideAll(item));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideAll(inner)]));
  }
  return typeof value === 'string' && isReference(value) ? value : HIDDEN;
}

/** One action without a literal: it says where a value comes from, not which. */
function isReference(text: string): boolean {
  return /^\s*\{\{[^{}"'`]*\}\}\s*$/.test(text);
}

function hideInText(text: string): string {
  return text.replace(ASSIGNED, `$1${HIDDEN}`).replace(USER_INFO, `$1${HIDDEN}@`);
}

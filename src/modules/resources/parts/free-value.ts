// Values of free-form content. Where the schema of the kind is known a template gives what its place takes; elsewhere its
// text tells: `3` is a number, `true` a boolean, JSON what it holds (docs/guide/any-kind.md, Values).
import { int64Of, type JsonValue, parseJson, type ScalarNode } from '../../common';
import { type ResultForm } from '../../expression';
import { type TypeSchema } from '../../schema';
import { type Reader, reader } from './values';

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** As Go reads them (strconv.ParseBool), but for 0 and 1, which are numbers first. */
const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ...['t', 'T', 'true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['f', 'F', 'false', 'False', 'FALSE'].map((text) => [text, false] as const),
]);

function wholeOf(text: string): number | bigint | undefined {
  return INTEGER.test(text) ? int64Of(BigInt(text.replace('+', ''))) : undefined;
}

function numberOf(text: string): number | bigint | undefined {
  const number = NUMBER.test(text) ? Number(text) : Number.NaN;
  return wholeOf(text) ?? (Number.isFinite(number) ? number : undefined);
}

/** What is written as JSON, such as the result of `toJson`; undefined for other texts. */
function jsonOf(text: string): JsonValue | undefined {
  if (!/^[[{"]/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The value of a text of which nothing else is known. */
export function guessed(text: string): JsonValue {
  return numberOf(text) ?? TRUTHS.get(text) ?? jsonOf(text) ?? text;
}

const NUMERIC = ['int', 'float', 'string'] as const;
const WHOLE: Reader<number | bigint> = reader('a whole number', NUMERIC, wholeOf, { characters: /[0-9+-]/ });
const ANY_NUMBER: Reader<number | bigint> = reader('a number', NUMERIC, numberOf, { characters: /[0-9.eE+-]/ });
const BOOLEAN: Reader<boolean> = reader('true or false', ['bool', 'string'], (text) => TRUTHS.get(text));
const LIST: Reader<JsonValue> = reader('a list as JSON, such as toJson gives', ['list', 'string'], (text) => {
  const value = jsonOf(text);
  return Array.isArray(value) ? value : undefined;
});
const MAP: Reader<JsonValue> = reader('a map as JSON, such as toJson gives', ['map', 'object', 'string'], (text) => {
  const value = jsonOf(text);
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined;
});
const TEXT: Reader<JsonValue> = {
  ...reader('a text', ['string', 'int', 'float', 'bool'], (text: string): JsonValue => {
    const value = text.startsWith('"') ? jsonOf(text) : undefined;
    return typeof value === 'string' ? value : text;
  }),
  takesNames: true,
};
const WHOLE_OR_TEXT: Reader<JsonValue> = {
  ...reader('a whole number or a text', ['string', 'int'], (text: string): JsonValue => wholeOf(text) ?? text),
  takesNames: true,
};

/** How the text of a template is read at a place; undefined where the schema takes anything. */
export function readerOf(schema: TypeSchema | undefined): Reader<JsonValue> | undefined {
  if (schema?.format === 'int-or-string') return WHOLE_OR_TEXT;
  if (schema?.format === 'quantity') return TEXT;
  switch (schema?.type) {
    case 'string':
      return TEXT;
    case 'integer':
      return WHOLE;
    case 'number':
      return ANY_NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'array':
      return LIST;
    case 'object':
      return MAP;
    case undefined:
      return undefined;
  }
}

/** For the check of types: a text takes everything that can be printed. */
export function formOf(schema: TypeSchema | undefined): ResultForm | undefined {
  const found = readerOf(schema);
  return found === TEXT || found === WHOLE_OR_TEXT ? undefined : found;
}

const WORDS: Readonly<Record<NonNullable<TypeSchema['type']>, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

/** What a place takes, in words; undefined where it takes anything. */
export function wordsOf(schema: TypeSchema | undefined): string | undefined {
  if (schema?.format === 'int-or-string') return 'a whole number or a text';
  if (schema?.format === 'quantity') return 'a quantity such as 250m or 64Mi';
  return schema?.type === undefined ? undefined : WORDS[schema.type];
}

/** Whether a literal is of the type of its place. Nothing is converted: the API server does not do it either. */
export function takesLiteral({ value }: ScalarNode, schema: TypeSchema | undefined): boolean {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (schema?.format === 'int-or-string' || schema?.format === 'quantity') return isNumber || typeof value === 'string';
  switch (schema?.type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'number':
      return isNumber;
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
    case 'object':
      return false;
    case undefined:
      return true;
  }
}

// A JSON text as Go decodes it into the type of a built-in kind, where JSON.parse reads it otherwise: a struct or a map
// that stands twice is filled twice, and numbers are told apart by their text.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { strictFieldProblems } from './strict-fields';

/** The text of numbers that is not what JavaScript makes of them, by the map or list that holds them. */
export type NumberTexts = WeakMap<object, Readonly<Record<string | number, string>>>;

export interface GoDocument {
  readonly object: JsonObject;
  readonly numbers: NumberTexts;
}

/** Fractions, exponents and very long numbers. */
const DELICATE_NUMBER = /[0-9][.eE]|[0-9]{16}/;

/** Undefined for a text that JSON.parse reads just as Go does. The text must be JSON that holds an object. */
export function goDocument(text: string, schema: TypeSchema): GoDocument | undefined {
  const repeats = strictFieldProblems(text, undefined).length > 0;
  if (!repeats && !DELICATE_NUMBER.test(text)) return undefined;
  const reader = new Reader(text);
  const value = reader.value(schema, undefined);
  return isJsonObject(value) ? { object: value, numbers: reader.numbers } : undefined;
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const SPACE = /\s*/y;
const SCALAR = /[^,\]}\s]+/y;

class Reader {
  readonly numbers: NumberTexts = new WeakMap();
  private at = 0;
  /** Of the scalar that was read last. */
  private last = '';

  constructor(private readonly text: string) {}

  /** `before`: what an equal field before it was read as. */
  value(schema: TypeSchema | undefined, before: JsonValue | undefined): JsonValue {
    this.skip(SPACE);
    const next = this.text[this.at];
    const isFilled = schema?.keepsUnknown !== true && schema?.format === undefined;
    const old = isFilled ? before : undefined;
    if (next === '{') return this.object(schema, isJsonObject(old) ? old : {});
    if (next === '[') return this.list(schema, isJsonArray(old) ? old : []);
    this.last = this.skip(next === '"' ? STRING : SCALAR);
    return JSON.parse(this.last) as JsonValue;
  }

  private object(schema: TypeSchema | undefined, before: JsonObject): JsonObject {
    const made: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(before)) if (value !== undefined) set(made, name, value);
    const numbers: Record<string, string> = { ...this.numbers.get(before) };
    this.each('}', () => {
      const name = JSON.parse(this.skip(STRING)) as string;
      this.skip(SPACE);
      this.at++;
      const field = schema?.properties?.get(name);
      // Values of a map begin anew, fields of a struct go on.
      const known = field !== undefined && Object.hasOwn(made, name) ? made[name] : undefined;
      const value = this.value(field ?? schema?.additionalProperties, known);
      set(made, name, value);
      if (typeof value === 'number') numbers[name] = this.last;
    });
    this.keep(made, numbers);
    return made;
  }

  private list(schema: TypeSchema | undefined, before: readonly JsonValue[]): readonly JsonValue[] {
    const made: JsonValue[] = [];
    const numbers: Record<number, string> = {};
    this.each(']', () => {
      const value = this.value(schema?.items, before[made.length]);
      if (typeof value === 'number') numbers[made.length] = this.last;
      made.push(value);
    });
    this.keep(made, numbers);
    return made;
  }

  private keep(holder: object, numbers: Readonly<Record<string | number, string>>): void {
    if (Object.keys(numbers).length > 0) this.numbers.set(holder, numbers);
  }

  /** Members up to the closing bracket; the text is at the opening one. */
  private each(close: string, member: () => void): void {
    this.at++;
    this.skip(SPACE);
    while (this.at < this.text.length && this.text[this.at] !== close) {
      member();
      this.skip(SPACE);
      if (this.text[this.at] === ',') this.at++;
      this.skip(SPACE);
    }
    this.at++;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.at += found.length;
    return found;
  }
}

/** Also a member called `__proto__` is one. */
function set(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
}

// A JSON text as Go decodes it into the type of a built-in kind, where JSON.parse reads it otherwise: a struct or a map
// that stands twice is filled twice, and numbers are told apart by their text.
import {
  isJsonArray,
  isJsonObject,
  JsonCursor,
  type JsonObject,
  type JsonValue,
  parseJson,
  SCALAR,
  STRING,
} from '../../common';
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
  if (!DELICATE_NUMBER.test(text) && strictFieldProblems(text, undefined).length === 0) return undefined;
  const reader = new Reader(text);
  const value = reader.value(schema, undefined);
  return isJsonObject(value) ? { object: value, numbers: reader.numbers } : undefined;
}

class Reader {
  readonly numbers: NumberTexts = new WeakMap();
  private readonly cursor: JsonCursor;
  /** Of the scalar that was read last. */
  private last = '';

  constructor(text: string) {
    this.cursor = new JsonCursor(text);
  }

  /** `before`: what an equal field before it was read as. */
  value(schema: TypeSchema | undefined, before: JsonValue | undefined): JsonValue {
    const next = this.cursor.next();
    const isFilled = schema?.keepsUnknown !== true && schema?.format === undefined;
    const old = isFilled ? before : undefined;
    if (next === '{') return this.object(schema, isJsonObject(old) ? old : {});
    if (next === '[') return this.list(schema, isJsonArray(old) ? old : []);
    this.last = this.cursor.take(next === '"' ? STRING : SCALAR);
    // A float64 is rounded, whatever it was written as.
    return schema?.type === 'number' ? (JSON.parse(this.last) as JsonValue) : parseJson(this.last);
  }

  private object(schema: TypeSchema | undefined, before: JsonObject): JsonObject {
    const made: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(before)) if (value !== undefined) set(made, name, value);
    const numbers: Record<string, string> = { ...this.numbers.get(before) };
    this.cursor.members((name) => {
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
    this.cursor.items(() => {
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
}

/** Also a member called `__proto__` is one. */
function set(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
}

// Every function of the template language in one registry: its signature drives the check of arguments; its card is what
// `ork notes` and docs/reference/notes.md show.
import { type JsonObject } from '../../common';
import { type Frame } from '../template/frame';
import { type DataPath, type EvaluationContext } from '../template/template.types';
import { type Value } from '../template/value';

/**
 * `number` takes what counts as one: an int, a float, a boolean (1 or 0), or a text that is a number to the letter. The
 * function reads it; as a result it is an int when it is whole, else a float.
 */
export type ParameterType = 'any' | 'string' | 'bool' | 'int' | 'number' | 'list' | 'map';
/** `float` is a number that may have a fraction. */
export type ResultType = ParameterType | 'float';
export type Purity = 'pure' | 'clock' | 'random';

/** What the catalogue tells of a function, beside its signature. */
export interface NoteCard {
  /** First version of the product that has it. */
  readonly since: string;
  /** Names of the parameters, in order. */
  readonly names: readonly string[];
  /** What the example prints. */
  readonly output: string;
  /** The data of the example. */
  readonly data: JsonObject;
}

/** A function of the template language. */
export interface NoteSpec {
  readonly name: string;
  /** Domain of the catalogue: `strings`, `conditional`, ... */
  readonly domain: string;
  readonly params: readonly ParameterType[];
  /** The last parameter may repeat, or be absent. */
  readonly variadic?: boolean;
  readonly result: ResultType;
  readonly doc: string;
  readonly example: string;
  readonly purity?: Purity;
  /** Takes integers with their Go type (GoInt) instead of bare numbers: what prints and compares. */
  readonly isNative?: boolean;
  /** Absent for functions that are not of the catalogue. */
  readonly card?: NoteCard;
  /** Throws NoteFailure for a clean message. */
  readonly call: (args: readonly Value[], context: EvaluationContext) => Value;
  /**
   * Present on notes of a Katalog, instead of `call`: they see the data of the template that calls them, and take from
   * its budget. The offset is the place of the call. Throws EvaluationFailure.
   */
  readonly inside?: (frame: Frame, offset: number) => Value;
  /** Paths of the data that `inside` reads. */
  readonly reads?: readonly DataPath[];
}

/** As the catalogue writes it: `truncate(text string, limit int) string`. */
export function noteSignature({ name, params, variadic, result, card }: NoteSpec): string {
  const list = params.map((param, index) => {
    const isRepeated = variadic === true && index === params.length - 1;
    return `${card?.names[index] ?? 'value'} ${param}${isRepeated ? '...' : ''}`;
  });
  return `${name}(${list.join(', ')}) ${result}`;
}

/** A function refuses its arguments; the engine adds name and place. */
export class NoteFailure extends Error {}

/** The functions that a template may call, by name; never changed after it was made. */
export class FunctionRegistry {
  private readonly specs = new Map<string, NoteSpec>();

  constructor(specs: Iterable<NoteSpec>) {
    for (const spec of specs) this.specs.set(spec.name, spec);
  }

  /** This registry and further functions over it. */
  with(specs: Iterable<NoteSpec>): FunctionRegistry {
    return new FunctionRegistry([...this.specs.values(), ...specs]);
  }

  has(name: string): boolean {
    return this.specs.has(name);
  }

  get(name: string): NoteSpec | undefined {
    return this.specs.get(name);
  }

  names(): Iterable<string> {
    return this.specs.keys();
  }

  all(): readonly NoteSpec[] {
    return [...this.specs.values()];
  }
}

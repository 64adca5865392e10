// Every function of the template language in one registry: its signature drives the check of arguments, and later the
// static types, the reference docs and completion.
import { type EvaluationContext } from '../template/template.types';
import { type Value } from '../template/value';

export type ParameterType = 'any' | 'string' | 'bool' | 'int' | 'list' | 'map';
export type Purity = 'pure' | 'clock' | 'random';

/** A function of the template language. */
export interface NoteSpec {
  readonly name: string;
  /** Domain of the catalogue: `strings`, `conditional`, ... */
  readonly domain: string;
  readonly params: readonly ParameterType[];
  /** The last parameter may repeat, or be absent. */
  readonly variadic?: boolean;
  readonly result: ParameterType;
  readonly doc: string;
  readonly example: string;
  readonly purity?: Purity;
  /** Throws NoteFailure for a clean message. */
  readonly call: (args: readonly Value[], context: EvaluationContext) => Value;
}

/** A function refuses its arguments; the engine adds name and place. */
export class NoteFailure extends Error {}

/** The functions that a template may call, by name. */
export class FunctionRegistry {
  private readonly specs = new Map<string, NoteSpec>();

  constructor(specs: Iterable<NoteSpec>) {
    for (const spec of specs) this.specs.set(spec.name, spec);
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

// How the catalogue is written: one line of signature in the way of Go, one sentence, one example with its output.
import { type JsonObject } from '../../common';
import { type EvaluationContext } from '../template/template.types';
import { type Value } from '../template/value';
import { type NoteSpec, type ParameterType, type Purity, type ResultType } from './registry';

/** Template, output, and the data when the template reads any. */
export type Example = readonly [template: string, output: string, data?: JsonObject];

const FIRST_VERSION = '0.1.0';
const SHAPE = /^(\w+)\(([^)]*)\) (\w+)$/;
const PARAMETERS: readonly string[] = ['any', 'string', 'bool', 'int', 'number', 'list', 'map'];

/** The arguments have passed the check of the signature: a function may name the types that it asked for. */
type Call = (...args: never[]) => Value;
type ContextCall = (context: EvaluationContext, ...args: never[]) => Value;

/** Writes the functions of one domain. */
export interface NoteWriter {
  /** `truncate(text string, limit int) string`; the last parameter may be `rest string...`. */
  readonly note: (signature: string, doc: string, example: Example, call: Call) => NoteSpec;
  /** A function that depends on the time or on randomness. */
  readonly contextNote: (
    purity: Purity,
    signature: string,
    doc: string,
    example: Example,
    call: ContextCall,
  ) => NoteSpec;
}

/** Throws when a signature is malformed: an error of this source, found by every test that loads it. */
export function notesOf(domain: string, since = FIRST_VERSION): NoteWriter {
  const write = (signature: string, doc: string, [example, output, data = {}]: Example): Omit<NoteSpec, 'call'> => {
    const { names, ...shape } = parseSignature(signature);
    return { ...shape, domain, doc, example, card: { since, names, output, data } };
  };
  return {
    note: (signature, doc, example, call) => ({
      ...write(signature, doc, example),
      call: (args) => (call as (...values: readonly Value[]) => Value)(...args),
    }),
    contextNote: (purity, signature, doc, example, call) => ({
      ...write(signature, doc, example),
      purity,
      call: (args, context) =>
        (call as (context: EvaluationContext, ...values: readonly Value[]) => Value)(context, ...args),
    }),
  };
}

type Signature = Pick<NoteSpec, 'name' | 'params' | 'variadic' | 'result'> & { readonly names: readonly string[] };

function parseSignature(signature: string): Signature {
  const [, name = '', list = '', result = ''] = SHAPE.exec(signature) ?? [];
  const parts = list === '' ? [] : list.split(', ').map((part) => part.split(' '));
  const variadic = list.endsWith('...');
  const params = parts.map(([, type = '']) => type.replace('...', ''));
  const isKnown = params.every((type) => PARAMETERS.includes(type)) && [...PARAMETERS, 'float'].includes(result);
  if (name === '' || !isKnown) throw new Error(`malformed signature of a note: ${signature}`);
  return {
    name,
    params: params as ParameterType[],
    variadic,
    result: result as ResultType,
    names: parts.map(([parameter = '']) => parameter),
  };
}

// Field access: `.a.b`, with Go's two kinds of nil (value.ts).
import { type Compiled, type Evaluate, type Frame, offsetOf, type Place, untyped } from './frame';
import { EvaluationFailure } from './template.errors';
import { fieldOf, isMap, typeName, type Value } from './value';

/**
 * What an operand gives where it finds nothing: a nil interface (null) to a checked argument, an untyped nil (undefined)
 * to everything else. Deciding it at compile spares a closure around each operand.
 */
export type Nil = null | undefined;

const DOT: Evaluate = (frame) => frame.dot;
const UNTYPED_DOT: Evaluate = (frame) => untyped(frame.dot);

/** `.a.b.c` from dot; short chains, which are most, without a loop. */
export function fieldChain(fields: readonly string[], offset: number, nil: Nil): Evaluate {
  const [first, second] = fields;
  if (first === undefined) return nil === null ? DOT : UNTYPED_DOT;
  if (second === undefined) return oneField(first, offset, nil);
  if (fields.length === 2) return twoFields(first, second, offset, nil);
  return (frame) => found(walk(frame.dot, fields, offset), nil);
}

// One closure in each of these functions: all closures of a function keep all variables that any of them uses.

function oneField(field: string, offset: number, nil: Nil): Evaluate {
  return (frame) => found(step(frame.dot, field, offset), nil);
}

function twoFields(first: string, second: string, offset: number, nil: Nil): Evaluate {
  return (frame) => found(step(step(frame.dot, first, offset), second, offset), nil);
}

/** Fields of something else than dot. */
export function fieldsOf({ evaluate, last }: Compiled, fields: readonly string[], nil: Nil): Evaluate {
  return (frame) => {
    const value = evaluate(frame);
    return found(walk(value, fields, offsetOf(last, frame)), nil);
  };
}

const RAW_VARIABLES: Evaluate[] = [];
const UNTYPED_VARIABLES: Evaluate[] = [];

/** The value of a variable; one closure for all templates. */
export function variableAt(slot: number, nil: Nil): Evaluate {
  if (nil === null) return (RAW_VARIABLES[slot] ??= (frame) => frame.variables[slot]);
  return (UNTYPED_VARIABLES[slot] ??= (frame) => untyped(frame.variables[slot]));
}

/** A value with the nil that its consumer wants. */
export function found(value: Value, nil: Nil): Value {
  return value === null ? nil : value;
}

export function walk(base: Value, fields: readonly string[], offset: number): Value {
  let value = base;
  for (const field of fields) value = step(value, field, offset);
  return value;
}

function step(value: Value, field: string, offset: number): Value {
  if (isMap(value)) return fieldOf(value, field);
  return stepOff(value, field, offset);
}

/** A step on something that has no fields. */
function stepOff(value: Value, field: string, offset: number): undefined {
  if (value === undefined) return undefined;
  if (value === null) throw new EvaluationFailure(`nil pointer evaluating interface {}.${field}`, offset);
  throw new EvaluationFailure(`can't evaluate field ${field} in type ${typeName(value)}`, offset);
}

/** A chain that stands where a function should: it is followed by arguments, or gets a piped value. */
export function calledChain(base: Evaluate, fields: readonly string[], place: Place): Evaluate {
  const last = fields.at(-1) as string;
  return (frame: Frame) => {
    const start = base(frame);
    const offset = offsetOf(place, frame);
    const value = walk(start, fields.slice(0, -1), offset);
    if (isMap(value)) throw new EvaluationFailure(notAMethod(last), offset);
    return stepOff(value, last, offset);
  };
}

export function notAMethod(field: string): string {
  return `${field} is not a method but has arguments`;
}

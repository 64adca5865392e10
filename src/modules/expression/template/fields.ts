// Field access: `.a.b`, with Go's two kinds of nil (value.ts).
import { didYouMean } from '../../common';
import { type Compiled, type Evaluate, type Frame, offsetOf, type Place, untyped } from './frame';
import { EvaluationFailure } from './template.errors';
import { fieldOf, isMap, sortedKeys, typeName, type Value } from './value';

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
  return (frame) => {
    const { dot } = frame;
    return found(isMap(dot) ? fieldOf(dot, field) : walk(dot, [field], offset), nil);
  };
}

function twoFields(first: string, second: string, offset: number, nil: Nil): Evaluate {
  return (frame) => {
    const { dot } = frame;
    const inner = isMap(dot) ? fieldOf(dot, first) : undefined;
    return found(isMap(inner) ? fieldOf(inner, second) : walk(dot, [first, second], offset), nil);
  };
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
  for (let i = 0; i < fields.length; i++) {
    if (isMap(value)) value = fieldOf(value, fields[i] as string);
    else if (value === undefined) return undefined;
    else throw new EvaluationFailure(noFields(value, base, fields, i), offset);
  }
  return value;
}

/** Why a step on something that has no fields fails: Go's words, and behind them what is missing and its nearest name. */
function noFields(value: Value, base: Value, fields: readonly string[], at: number): string {
  const field = fields[at] as string;
  if (value !== null) return `can't evaluate field ${field} in type ${typeName(value)}`;
  const problem = `nil pointer evaluating interface {}.${field}`;
  const missing = fields[at - 1];
  if (missing === undefined) return problem;
  const parent = walk(base, fields.slice(0, at - 1), 0);
  const path = `.${fields.slice(0, at).join('.')}`;
  if (!isMap(parent)) return problem;
  if (Object.hasOwn(parent, missing)) return `${problem}: ${path} is null`;
  return `${problem}: ${path} is missing${didYouMean(missing, sortedKeys(parent))}`;
}

/** A chain that stands where a function should: it is followed by arguments, or gets a piped value. */
export function calledChain(base: Evaluate, fields: readonly string[], place: Place): Evaluate {
  const last = fields.at(-1) as string;
  return (frame: Frame) => {
    const start = base(frame);
    const offset = offsetOf(place, frame);
    const value = walk(start, fields.slice(0, -1), offset);
    if (isMap(value)) throw new EvaluationFailure(notAMethod(last), offset);
    return walk(value, [last], offset);
  };
}

export function notAMethod(field: string): string {
  return `${field} is not a method but has arguments`;
}

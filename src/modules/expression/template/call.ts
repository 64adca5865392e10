// Calling a function: count and types of the arguments are checked against its signature, with one relaxation on
// purpose: any integral number is an int, because JSON does not tell 3 from 3.0.
import { NoteFailure, type NoteSpec, type ParameterType } from '../note/registry';
import {
  BY_DATA,
  type Compiled,
  type Evaluate,
  type Frame,
  MAX_OUTPUT,
  offsetOf,
  type Place,
  spend,
  stepsOf,
  untyped,
} from './frame';
import { found, type Nil } from './fields';
import { EvaluationFailure } from './template.errors';
import { Float, GoInt, isList, isMap, isTrue, kindOf, typeName, type Value } from './value';

export interface Argument extends Compiled {
  /** When it stands in the template: its value is known at compile, and Go words the error differently. */
  readonly literal:
    { readonly value: Value; readonly text: string; readonly offset: number; readonly isNil: boolean } | undefined;
}

/** Collects what no data can make right; the closure fails in the same way when it is reached. */
export type Defect = (reason: string, offset: number) => Evaluate;

/** Where a call stands, and what it gives instead of a nil interface. */
export interface CallSite {
  readonly offset: number;
  readonly nil: Nil;
}

/** The call of a function; a piped value is evaluated first and is the last argument. */
export function compileCall(
  spec: NoteSpec,
  args: readonly Argument[],
  piped: Compiled | undefined,
  { offset, nil }: CallSite,
  defect: Defect,
): Compiled {
  const last = args.at(-1)?.last ?? offset;
  const problem = countProblem(spec, args.length, piped === undefined ? 0 : 1);
  if (problem !== undefined) {
    const fail = defect(problem, offset);
    return { evaluate: piped === undefined ? fail : after(piped.evaluate, fail), last: offset };
  }
  const { inside } = spec;
  if (inside !== undefined) return { evaluate: callInside(inside, offset), last };
  if (spec.name === 'and' || spec.name === 'or') {
    const places = args.map(({ evaluate, last: place }): Compiled => ({ evaluate, last: place }));
    const evaluate = shortCircuit(spec.name === 'or', places, piped?.evaluate);
    return { evaluate, last: args.length > 1 ? BY_DATA : last };
  }
  const checked = args.map((arg, index) => checkedArgument(arg, typeAt(spec, index), defect));
  if (piped === undefined) return { evaluate: plainCall(checked, spec, offset, nil), last };
  return { evaluate: pipedCall(checked, { evaluate: piped.evaluate, last }, spec, offset, nil), last };
}

// One closure in each of these functions: all closures of a function keep all variables that any of them uses.

function after(first: Evaluate, second: Evaluate): Evaluate {
  return (frame) => {
    first(frame);
    return second(frame);
  };
}

function plainCall(args: readonly Evaluate[], spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  const [first, second] = args;
  if (first === undefined) return callOfNone(spec, offset, nil);
  if (second === undefined) return callOfOne(first, spec, offset, nil);
  if (args.length === 2) return callOfTwo(first, second, spec, offset, nil);
  return callOfMany(args, spec, offset, nil);
}

function callInside(inside: NonNullable<NoteSpec['inside']>, offset: number): Evaluate {
  return (frame) => {
    const result = inside(frame, offset);
    spend(frame, offset, stepsOf(result));
    return result;
  };
}

function callOfNone(spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  return (frame) => invoke(spec, [], frame, offset, nil);
}

function callOfOne(first: Evaluate, spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  return (frame) => invoke(spec, [first(frame)], frame, offset, nil);
}

function callOfTwo(first: Evaluate, second: Evaluate, spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  return (frame) => invoke(spec, [first(frame), second(frame)], frame, offset, nil);
}

function callOfMany(args: readonly Evaluate[], spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  return (frame) => invoke(spec, valuesOf(args, frame), frame, offset, nil);
}

function valuesOf(args: readonly Evaluate[], frame: Frame): Value[] {
  const values: Value[] = [];
  for (const arg of args) values.push(arg(frame));
  return values;
}

/** The piped value is evaluated before the arguments, and checked behind them. */
function pipedCall(
  args: readonly Evaluate[],
  { evaluate, last }: Compiled,
  spec: NoteSpec,
  offset: number,
  nil: Nil,
): Evaluate {
  const type = typeAt(spec, args.length);
  const [only] = args;
  if (type === 'any' && only !== undefined && args.length === 1) {
    return pipedBehindOne(only, evaluate, spec, offset, nil);
  }
  return (frame) => {
    const final = evaluate(frame);
    const values = valuesOf(args, frame);
    values.push(fitted(final, type, last, frame));
    return invoke(spec, values, frame, offset, nil);
  };
}

function pipedBehindOne(arg: Evaluate, piped: Evaluate, spec: NoteSpec, offset: number, nil: Nil): Evaluate {
  return (frame) => {
    const final = piped(frame);
    return invoke(spec, [arg(frame), final], frame, offset, nil);
  };
}

/** What the engine checks of an argument: a number is read by the function. */
type CheckedType = Exclude<ParameterType, 'number'>;

/** The type of a parameter; the last one repeats. */
export function typeAt(spec: NoteSpec, index: number): CheckedType {
  const type = spec.params[Math.min(index, spec.params.length - 1)] ?? 'any';
  return type === 'number' ? 'any' : type;
}

function checkedArgument({ evaluate, literal, last }: Argument, type: CheckedType, defect: Defect): Evaluate {
  if (type === 'any') return evaluate;
  if (literal === undefined) return checkedValue(evaluate, type, last);
  const { value } = literal;
  if (!accepts(value, type)) return defect(literalProblem(literal, type), literal.offset);
  return value instanceof Float && type === 'int' ? () => value.value : evaluate;
}

function literalProblem({ isNil, text }: NonNullable<Argument['literal']>, type: CheckedType): string {
  if (isNil) return `cannot assign nil to ${GO_NAME[type]}`;
  return `expected ${type === 'int' ? 'integer' : GO_NAME[type]}; found ${text}`;
}

function checkedValue(evaluate: Evaluate, type: CheckedType, place: Place): Evaluate {
  return (frame) => {
    const value = evaluate(frame);
    return fitted(value, type, place, frame);
  };
}

/** The value as a parameter of the type takes it; an int parameter takes the float 2.0 as 2. */
function fitted(value: Value, type: CheckedType, place: Place, frame: Frame): Value {
  if (type === 'any') return untyped(value);
  if (accepts(value, type)) return type === 'int' && value instanceof Float ? value.value : value;
  const expected = GO_NAME[type];
  const problem =
    value === undefined
      ? `invalid value; expected ${expected}`
      : `wrong type for value; expected ${expected}; got ${typeName(value)}`;
  throw new EvaluationFailure(problem, offsetOf(place, frame));
}

/** `values` belongs to the call: integers become bare numbers in it. */
function invoke(spec: NoteSpec, values: Value[], frame: Frame, offset: number, nil: Nil): Value {
  const isNative = spec.isNative === true;
  let steps = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    steps += stepsOf(value);
    if (!isNative && value instanceof GoInt) values[i] = value.value;
  }
  try {
    const result = spec.call(values, frame.context);
    if (typeof result === 'string' && result.length > MAX_OUTPUT) {
      throw new NoteFailure(`result is larger than ${MAX_OUTPUT} characters`);
    }
    spend(frame, offset, steps + stepsOf(result));
    return found(result, nil);
  } catch (error) {
    if (error instanceof NoteFailure) {
      throw new EvaluationFailure(`error calling ${spec.name}: ${error.message}`, offset);
    }
    // No text of JavaScript can be that long; a stack that is full has another name for it.
    if (error instanceof RangeError && error.message === 'Invalid string length') {
      throw new EvaluationFailure(`error calling ${spec.name}: result is larger than ${MAX_OUTPUT} characters`, offset);
    }
    throw error;
  }
}

/** Arguments after the deciding one are not evaluated; a piped value is there already. */
function shortCircuit(stopsAt: boolean, args: readonly Compiled[], piped: Evaluate | undefined): Evaluate {
  return (frame) => {
    const final = piped?.(frame);
    let value: Value;
    for (const { evaluate, last } of args) {
      value = evaluate(frame);
      if (last !== BY_DATA) frame.at = last;
      if (isTrue(value) === stopsAt) return value;
    }
    return piped === undefined ? value : final;
  };
}

function countProblem({ name, params, variadic }: NoteSpec, count: number, piped: 0 | 1): string | undefined {
  const wanted = params.length;
  if (variadic === true) {
    if (count + piped >= wanted - 1) return undefined;
    return `wrong number of args for ${name}: want at least ${wanted - 1} got ${count}`;
  }
  return count + piped === wanted ? undefined : `wrong number of args for ${name}: want ${wanted} got ${count + piped}`;
}

const GO_NAME: Readonly<Record<CheckedType, string>> = {
  any: 'interface {}',
  string: 'string',
  bool: 'bool',
  int: 'int',
  list: '[]string',
  map: 'map[string]interface {}',
};

function accepts(value: Value, type: CheckedType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'int':
      return kindOf(value) === 'int' || (value instanceof Float && Number.isInteger(value.value));
    case 'list':
      return isList(value);
    case 'map':
      return isMap(value);
    case 'string':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
  }
}

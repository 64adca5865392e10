// Calling a function: count and types of the arguments are checked against its signature, with one
// relaxation on purpose: any integral number is an int, because JSON does not tell 3 from 3.0.
import { NoteFailure, type NoteSpec, type ParameterType } from '../note/registry';
import { EvaluationFailure } from './template.errors';
import { type EvaluationContext } from './template.types';
import { Float, isList, isMap, isTrue, kindOf, typeName, type Value } from './value';

/** A text that a function makes; without it a few steps could double a text again and again. */
const MAX_RESULT = 1024 * 1024;

export interface Frame {
  dot: Value;
  readonly variables: Value[];
  output: string;
  steps: number;
  readonly depth: number;
  readonly context: EvaluationContext;
}

export type Evaluate = (frame: Frame) => Value;

export interface Argument {
  readonly evaluate: Evaluate;
  /** When it stands in the template: its value is known at compile, and Go words the error differently. */
  readonly literal: { readonly value: Value; readonly text: string; readonly offset: number } | undefined;
}

/** Throws EvaluationFailure for what no data can make right: a wrong number of arguments, a literal of the wrong type. */
export function compileCall(spec: NoteSpec, args: readonly Argument[], offset: number): Evaluate {
  if (spec.name === 'and' || spec.name === 'or') return shortCircuit(spec.name, args, offset);
  const problem = countProblem(spec, args.length);
  if (problem !== undefined) throw new EvaluationFailure(problem, offset);
  const types = args.map((_, index) => spec.params[Math.min(index, spec.params.length - 1)] ?? 'any');
  args.forEach(({ literal }, index) => {
    if (literal !== undefined) checkArgument(literal.value, types[index] ?? 'any', literal.text, literal.offset);
  });
  const needsCheck = types.some((type) => type !== 'any');
  const invoke = invoker(spec, offset);
  const [first, second] = args;
  if (!needsCheck && first !== undefined && second !== undefined && args.length === 2) {
    return (frame) => invoke([untyped(first.evaluate(frame)), untyped(second.evaluate(frame))], frame.context);
  }
  return (frame) => {
    const values = args.map((arg) => untyped(arg.evaluate(frame)));
    if (needsCheck) {
      values.forEach((value, index) =>
        checkArgument(value, types[index] as ParameterType, args[index]?.literal?.text, offset),
      );
    }
    return invoke(values.map(unboxed(types)), frame.context);
  };
}

/** An int parameter takes the literal `2.0` as 2. */
function unboxed(types: readonly ParameterType[]): (value: Value, index: number) => Value {
  return (value, index) => (types[index] === 'int' && value instanceof Float ? value.value : value);
}

function invoker(spec: NoteSpec, offset: number): (values: readonly Value[], context: EvaluationContext) => Value {
  return (values, context) => {
    try {
      const result = spec.call(values, context);
      if (typeof result === 'string' && result.length > MAX_RESULT) {
        throw new NoteFailure(`result is larger than ${MAX_RESULT} characters`);
      }
      return result;
    } catch (error) {
      if (error instanceof NoteFailure) {
        throw new EvaluationFailure(`error calling ${spec.name}: ${error.message}`, offset);
      }
      throw error;
    }
  };
}

function untyped(value: Value): Value {
  return value === null ? undefined : value;
}

/** Arguments after the deciding one are not evaluated. */
function shortCircuit(name: 'and' | 'or', args: readonly Argument[], offset: number): Evaluate {
  if (args.length === 0) {
    throw new EvaluationFailure(`wrong number of args for ${name}: want at least 1 got 0`, offset);
  }
  const stopsAt = name === 'or';
  return (frame) => {
    let value: Value;
    for (const arg of args) {
      value = untyped(arg.evaluate(frame));
      if (isTrue(value) === stopsAt) return value;
    }
    return value;
  };
}

function countProblem(spec: NoteSpec, count: number): string | undefined {
  const wanted = spec.params.length;
  if (spec.variadic === true) {
    return count >= wanted - 1
      ? undefined
      : `wrong number of args for ${spec.name}: want at least ${wanted - 1} got ${count}`;
  }
  return count === wanted ? undefined : `wrong number of args for ${spec.name}: want ${wanted} got ${count}`;
}

const GO_NAME: Readonly<Record<ParameterType, string>> = {
  any: 'interface {}',
  string: 'string',
  bool: 'bool',
  int: 'int',
  list: '[]string',
  map: 'map[string]interface {}',
};

function checkArgument(value: Value, type: ParameterType, literal: string | undefined, offset: number): void {
  if (accepts(value, type)) return;
  const expected = GO_NAME[type];
  if (literal !== undefined) {
    throw new EvaluationFailure(`expected ${type === 'int' ? 'integer' : expected}; found ${literal}`, offset);
  }
  throw new EvaluationFailure(`wrong type for value; expected ${expected}; got ${typeName(value)}`, offset);
}

function accepts(value: Value, type: ParameterType): boolean {
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

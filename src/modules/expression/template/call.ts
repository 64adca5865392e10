// Calling a function: count and types of the arguments are checked against its signature (spec: templates §6.6), with
// one relaxation on purpose: any integral number is an int (spec/README decision 16).
import { NoteFailure, type NoteSpec, type ParameterType } from '../note/registry';
import { EvaluationFailure } from './template.errors';
import { type EvaluationContext } from './template.types';
import { Float, isList, isMap, isTrue, kindOf, typeName, type Value } from './value';

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
  /** Source text when it is a literal: Go words the error differently. */
  readonly literal: string | undefined;
}

export function compileCall(spec: NoteSpec, args: readonly Argument[], offset: number): Evaluate {
  if (spec.name === 'and' || spec.name === 'or') return shortCircuit(spec.name, args, offset);
  const problem = countProblem(spec, args.length);
  if (problem !== undefined) {
    return () => {
      throw new EvaluationFailure(problem, offset);
    };
  }
  const types = args.map((_, index) => spec.params[Math.min(index, spec.params.length - 1)] ?? 'any');
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
        checkArgument(value, types[index] as ParameterType, args[index] as Argument, offset),
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
      return spec.call(values, context);
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
    return () => {
      throw new EvaluationFailure(`wrong number of args for ${name}: want at least 1 got 0`, offset);
    };
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

function checkArgument(value: Value, type: ParameterType, argument: Argument, offset: number): void {
  if (accepts(value, type)) return;
  const expected = GO_NAME[type];
  if (argument.literal !== undefined) {
    throw new EvaluationFailure(`expected ${type === 'int' ? 'integer' : expected}; found ${argument.literal}`, offset);
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

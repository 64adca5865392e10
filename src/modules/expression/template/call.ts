// Calling a function: count and types of the arguments are checked against its signature, with one relaxation on
// purpose: any integral number is an int, because JSON does not tell 3 from 3.0.
import { NoteFailure, type NoteSpec, type ParameterType } from '../note/registry';
import { BY_DATA, type Compiled, type Evaluate, type Frame, MAX_OUTPUT, offsetOf, type Place, untyped } from './frame';
import { EvaluationFailure } from './template.errors';
import { Float, isList, isMap, isTrue, kindOf, plain, typeName, type Value } from './value';

export interface Argument extends Compiled {
  /** When it stands in the template: its value is known at compile, and Go words the error differently. */
  readonly literal:
    { readonly value: Value; readonly text: string; readonly offset: number; readonly isNil: boolean } | undefined;
}

/** Collects what no data can make right; the closure fails in the same way when it is reached. */
export type Defect = (reason: string, offset: number) => Evaluate;

/** The call of a function; a piped value is evaluated first and is the last argument. */
export function compileCall(
  spec: NoteSpec,
  args: readonly Argument[],
  piped: Compiled | undefined,
  offset: number,
  defect: Defect,
): Compiled {
  const last = args.at(-1)?.last ?? offset;
  const problem = countProblem(spec, args.length, piped === undefined ? 0 : 1);
  if (problem !== undefined) {
    const fail = defect(problem, offset);
    return { evaluate: piped === undefined ? fail : after(piped.evaluate, fail), last: offset };
  }
  const { inside } = spec;
  if (inside !== undefined) return { evaluate: (frame) => inside(frame, offset), last };
  if (spec.name === 'and' || spec.name === 'or') {
    return { evaluate: shortCircuit(spec.name, args, piped), last: args.length > 1 ? BY_DATA : last };
  }
  const checked = args.map((arg, index) => checkedArgument(arg, typeAt(spec, index), defect));
  const invoke = invoker(spec, offset);
  if (piped === undefined) return { evaluate: plainCall(checked, invoke), last };
  const type = typeAt(spec, args.length);
  const check = type === 'any' ? undefined : typeCheck(type, last);
  const convert = converter(type);
  const evaluate: Evaluate = (frame) => {
    const final = piped.evaluate(frame);
    const values = checked.map((arg) => arg(frame));
    check?.(final, frame);
    values.push(convert(final));
    return invoke(values, frame);
  };
  return { evaluate, last };
}

function after(first: Evaluate, second: Evaluate): Evaluate {
  return (frame) => {
    first(frame);
    return second(frame);
  };
}

function plainCall(args: readonly Evaluate[], invoke: (values: readonly Value[], frame: Frame) => Value): Evaluate {
  const [first, second] = args;
  if (first === undefined) return (frame) => invoke([], frame);
  if (second === undefined) return (frame) => invoke([first(frame)], frame);
  if (args.length === 2) return (frame) => invoke([first(frame), second(frame)], frame);
  return (frame) =>
    invoke(
      args.map((arg) => arg(frame)),
      frame,
    );
}

function typeAt(spec: NoteSpec, index: number): ParameterType {
  return spec.params[Math.min(index, spec.params.length - 1)] ?? 'any';
}

function checkedArgument({ evaluate, literal, last }: Argument, type: ParameterType, defect: Defect): Evaluate {
  if (type === 'any') return literal === undefined ? (frame) => untyped(evaluate(frame)) : evaluate;
  const convert = converter(type);
  if (literal !== undefined) {
    if (accepts(literal.value, type)) {
      const value = convert(literal.value);
      return () => value;
    }
    return defect(literalProblem(literal, type), literal.offset);
  }
  const check = typeCheck(type, last);
  return (frame) => {
    const value = evaluate(frame);
    check(value, frame);
    return convert(value);
  };
}

function literalProblem({ isNil, text }: NonNullable<Argument['literal']>, type: ParameterType): string {
  if (isNil) return `cannot assign nil to ${GO_NAME[type]}`;
  return `expected ${type === 'int' ? 'integer' : GO_NAME[type]}; found ${text}`;
}

function typeCheck(type: ParameterType, place: Place): (value: Value, frame: Frame) => void {
  return (value, frame) => {
    if (accepts(value, type)) return;
    const expected = GO_NAME[type];
    const problem =
      value === undefined
        ? `invalid value; expected ${expected}`
        : `wrong type for value; expected ${expected}; got ${typeName(value)}`;
    throw new EvaluationFailure(problem, offsetOf(place, frame));
  };
}

/** An int parameter takes the literal `2.0` as 2. */
function converter(type: ParameterType): (value: Value) => Value {
  return type === 'int' ? (value) => (value instanceof Float ? value.value : value) : untyped;
}

function invoker(spec: NoteSpec, offset: number): (values: readonly Value[], frame: Frame) => Value {
  const isNative = spec.isNative === true;
  return (values, frame) => {
    try {
      const result = spec.call(isNative ? values : values.map(plain), frame.context);
      if (typeof result === 'string' && result.length > MAX_OUTPUT) {
        throw new NoteFailure(`result is larger than ${MAX_OUTPUT} characters`);
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

/** Arguments after the deciding one are not evaluated; a piped value is there already. */
function shortCircuit(name: 'and' | 'or', args: readonly Argument[], piped: Compiled | undefined): Evaluate {
  const stopsAt = name === 'or';
  return (frame) => {
    const final = piped?.evaluate(frame);
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

const GO_NAME: Readonly<Record<ParameterType, string>> = {
  any: 'interface {}',
  string: 'string',
  bool: 'bool',
  int: 'int',
  list: '[]string',
  map: 'map[string]interface {}',
};

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

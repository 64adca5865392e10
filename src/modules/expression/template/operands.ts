// Pipelines and operands to closures.
import { type FunctionRegistry } from '../note/registry';
import { type Command, type FunctionNode, type Operand, type Pipe, UNDECLARED } from './ast';
import { type Argument, compileCall, type Defect } from './call';
import { calledChain, fieldChain, notAMethod, walk } from './fields';
import { type Compiled, type Evaluate, offsetOf, untyped } from './frame';
import { EvaluationFailure } from './template.errors';

/** Compiles what stands between the braces. */
export class OperandCompiler {
  constructor(
    private readonly functions: FunctionRegistry,
    private readonly defect: Defect,
  ) {}

  /** A pipeline with its declarations; the value is never a nil interface. */
  pipe(pipe: Pipe): Compiled {
    const { last, evaluate } = this.commands(pipe);
    const { declares } = pipe;
    const [first, second] = declares;
    if (first === undefined) return { last, evaluate };
    const missing = declares.find(({ slot }) => slot === UNDECLARED);
    if (missing !== undefined) {
      // The value is evaluated first, so a failure of it comes first.
      const fail = this.undeclared(missing.name, last);
      return { last, evaluate: (frame) => (evaluate(frame), fail(frame)) };
    }
    return {
      last,
      evaluate: (frame) => {
        const value = evaluate(frame);
        frame.variables[first.slot] = value;
        if (second !== undefined) frame.variables[second.slot] = value;
        return value;
      },
    };
  }

  private commands({ commands, offset }: Pipe): Compiled {
    const [first, ...rest] = commands;
    let compiled = this.command(first, undefined, offset);
    for (const command of rest) compiled = this.command(command, compiled, compiled.last);
    return compiled;
  }

  private command(command: Command, piped: Compiled | undefined, before: number): Compiled {
    const { evaluate, last } = this.rawCommand(command, piped, before);
    const [first] = command.args;
    const isNeverNull = first.type === 'literal' || first.type === 'pipe';
    return isNeverNull ? { evaluate, last } : { evaluate: (frame) => untyped(evaluate(frame)), last };
  }

  private rawCommand({ args }: Command, piped: Compiled | undefined, before: number): Compiled {
    const [first, ...rest] = args;
    if (first.type === 'function') return this.call(first, rest, piped);
    if (rest.length === 0 && piped === undefined) {
      return first.type === 'nil' ? this.failing('nil is not a command', first.offset) : this.operand(first);
    }
    const called = this.calledNonFunction(first, before);
    if (piped === undefined) return called;
    return { last: called.last, evaluate: (frame) => (piped.evaluate(frame), called.evaluate(frame)) };
  }

  /** Something else than a function in front of arguments. */
  private calledNonFunction(first: Exclude<Operand, FunctionNode>, before: number): Compiled {
    const fields = 'fields' in first ? first.fields : [];
    if (first.type === 'variable' && first.slot === UNDECLARED) {
      return { evaluate: this.undeclared(first.name, first.offset), last: first.offset };
    }
    if (fields.length === 0) {
      // In front of a parenthesis Go has not moved on yet.
      const reason = `can't give argument to non-function ${nameOf(first)}`;
      if (first.type !== 'pipe' || before >= 0) {
        return this.failing(reason, first.type === 'pipe' ? before : first.offset);
      }
      this.defect(reason, first.offset);
      return { last: before, evaluate: (frame) => fail(reason, offsetOf(before, frame)) };
    }
    this.defect(notAMethod(fields.at(-1) as string), first.offset);
    if (first.type === 'chain') {
      const base = this.operand(first.base);
      return { last: base.last, evaluate: calledChain((frame) => untyped(base.evaluate(frame)), fields, base.last) };
    }
    const base: Evaluate = first.type === 'variable' ? this.variable(first.name, first.slot, first.offset) : dot;
    return { last: first.offset, evaluate: calledChain(base, fields, first.offset) };
  }

  private failing(reason: string, offset: number): Compiled {
    return { evaluate: this.defect(reason, offset), last: offset };
  }

  private call({ name, offset }: FunctionNode, rest: readonly Operand[], piped: Compiled | undefined): Compiled {
    const spec = this.functions.get(name);
    if (spec === undefined) return this.failing(`function "${name}" is not defined`, offset);
    const args = rest.map((arg): Argument => ({ ...this.operand(arg), literal: literalOf(arg) }));
    return compileCall(spec, args, piped, offset, this.defect);
  }

  private operand(operand: Operand): Compiled {
    const { offset } = operand;
    switch (operand.type) {
      case 'literal': {
        const { value } = operand;
        if (value === undefined) return this.failing(`${operand.text} overflows int`, offset);
        return { evaluate: () => value, last: offset };
      }
      case 'nil':
        return { evaluate: () => undefined, last: offset };
      case 'field':
        return { evaluate: fieldChain(operand.fields, offset), last: offset };
      case 'variable': {
        const base = this.variable(operand.name, operand.slot, offset);
        const { fields } = operand;
        return { evaluate: fields.length === 0 ? base : (frame) => walk(base(frame), fields, offset), last: offset };
      }
      case 'function':
        return this.call(operand, [], undefined);
      case 'chain': {
        const base = this.operand(operand.base);
        const { fields } = operand;
        return {
          evaluate: (frame) => {
            const value = base.evaluate(frame);
            return walk(value, fields, offsetOf(base.last, frame));
          },
          last: base.last,
        };
      }
      case 'pipe':
        return this.pipe(operand.pipe);
    }
  }

  private variable(name: string, slot: number, offset: number): Evaluate {
    return slot === UNDECLARED ? this.undeclared(name, offset) : (frame) => frame.variables[slot];
  }

  private undeclared(name: string, offset: number): Evaluate {
    const reason = `undefined variable: ${name}`;
    if (offset >= 0) return this.defect(reason, offset);
    return (frame) => {
      throw new EvaluationFailure(reason, offsetOf(offset, frame));
    };
  }
}

function fail(reason: string, offset: number): never {
  throw new EvaluationFailure(reason, offset);
}

function dot(frame: Parameters<Evaluate>[0]): ReturnType<Evaluate> {
  return frame.dot;
}

function literalOf(operand: Operand): Argument['literal'] {
  const { offset } = operand;
  if (operand.type === 'nil') return { value: undefined, text: 'nil', offset, isNil: true };
  return operand.type === 'literal' ? { value: operand.value, text: operand.text, offset, isNil: false } : undefined;
}

function nameOf(operand: Operand): string {
  switch (operand.type) {
    case 'literal':
      return operand.text;
    case 'variable':
    case 'function':
      return operand.name;
    case 'field':
      return '.';
    default:
      return operand.type === 'nil' ? 'nil' : 'a pipeline';
  }
}

// Pipelines and operands to closures.
import { type FunctionRegistry } from '../note/registry';
import { type Command, type FunctionNode, type Operand, type Pipe, UNDECLARED } from './ast';
import { type Argument, compileCall, type Defect, typeAt } from './call';
import { calledChain, fieldChain, fieldsOf, type Nil, notAMethod, variableAt } from './fields';
import { type Compiled, type Evaluate, offsetOf, type Place } from './frame';
import { EvaluationFailure } from './template.errors';
import { type Value } from './value';

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
    // The value is evaluated first, so a failure of it comes first.
    if (missing !== undefined) return { last, evaluate: both(evaluate, this.undeclared(missing.name, last)) };
    return { last, evaluate: declaring(evaluate, first.slot, second?.slot) };
  }

  private commands({ commands, offset }: Pipe): Compiled {
    let compiled = this.command(commands[0], undefined, offset);
    for (let stage = 1; stage < commands.length; stage++) {
      compiled = this.command(commands[stage] as Command, compiled, compiled.last);
    }
    return compiled;
  }

  private command({ args }: Command, piped: Compiled | undefined, before: number): Compiled {
    const [first] = args;
    if (first.type === 'function') return this.call(first, args.slice(1), piped, undefined);
    if (args.length === 1 && piped === undefined) {
      return first.type === 'nil' ? this.failing('nil is not a command', first.offset) : this.operand(first, undefined);
    }
    const called = this.calledNonFunction(first, before);
    return piped === undefined ? called : { last: called.last, evaluate: both(piped.evaluate, called.evaluate) };
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
      return { last: before, evaluate: failingAt(reason, before) };
    }
    this.defect(notAMethod(fields.at(-1) as string), first.offset);
    if (first.type === 'chain') {
      const base = this.operand(first.base, undefined);
      return { last: base.last, evaluate: calledChain(base.evaluate, fields, base.last) };
    }
    const base: Evaluate =
      first.type === 'variable' ? this.variable(first.name, first.slot, first.offset, null) : fieldChain([], 0, null);
    return { last: first.offset, evaluate: calledChain(base, fields, first.offset) };
  }

  private failing(reason: string, offset: number): Compiled {
    return { evaluate: this.defect(reason, offset), last: offset };
  }

  private call(
    { name, offset }: FunctionNode,
    rest: readonly Operand[],
    piped: Compiled | undefined,
    nil: Nil,
  ): Compiled {
    const spec = this.functions.get(name);
    if (spec === undefined) return this.failing(`function "${name}" is not defined`, offset);
    const args = rest.map((arg, index): Argument => {
      const { evaluate, last } = this.operand(arg, typeAt(spec, index) === 'any' ? undefined : null);
      return { evaluate, last, literal: literalOf(arg) };
    });
    return compileCall(spec, args, piped, { offset, nil }, this.defect);
  }

  private operand(operand: Operand, nil: Nil): Compiled {
    const { offset } = operand;
    switch (operand.type) {
      case 'literal': {
        const { value } = operand;
        if (value === undefined) return this.failing(`${operand.text} overflows int`, offset);
        return { evaluate: constant(value), last: offset };
      }
      case 'nil':
        return { evaluate: NOTHING, last: offset };
      case 'field':
        return { evaluate: fieldChain(operand.fields, offset, nil), last: offset };
      case 'variable': {
        const { name, slot, fields } = operand;
        if (fields.length === 0) return { evaluate: this.variable(name, slot, offset, nil), last: offset };
        const evaluate = this.variable(name, slot, offset, null);
        return { evaluate: fieldsOf({ evaluate, last: offset }, fields, nil), last: offset };
      }
      case 'function':
        return this.call(operand, [], undefined, nil);
      case 'chain': {
        const base = this.operand(operand.base, null);
        return { evaluate: fieldsOf(base, operand.fields, nil), last: base.last };
      }
      case 'pipe':
        return this.pipe(operand.pipe);
    }
  }

  private variable(name: string, slot: number, offset: number, nil: Nil): Evaluate {
    return slot === UNDECLARED ? this.undeclared(name, offset) : variableAt(slot, nil);
  }

  private undeclared(name: string, offset: number): Evaluate {
    const reason = `undefined variable: ${name}`;
    return offset >= 0 ? this.defect(reason, offset) : failingAt(reason, offset);
  }
}

// Closures are made in functions of their own: one that is made in a method would keep the compiler, and with it the
// whole tree, for as long as the template lives.

const NOTHING: Evaluate = () => undefined;

function constant(value: Value): Evaluate {
  return () => value;
}

function both(first: Evaluate, second: Evaluate): Evaluate {
  return (frame) => (first(frame), second(frame));
}

function declaring(evaluate: Evaluate, slot: number, second: number | undefined): Evaluate {
  return (frame) => {
    const value = evaluate(frame);
    frame.variables[slot] = value;
    if (second !== undefined) frame.variables[second] = value;
    return value;
  };
}

function failingAt(reason: string, place: Place): Evaluate {
  return (frame) => {
    throw new EvaluationFailure(reason, offsetOf(place, frame));
  };
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

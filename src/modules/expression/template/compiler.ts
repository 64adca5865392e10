// Tree to closures. A closure gets one frame: dot, the variables, the output so far and what is left of the budget.
// Common shapes (a lone field chain, text around one value) get closures of their own, because a pass of the engine
// evaluates every template of a box each time.
import { didYouMean } from '../../common';
import { type FunctionRegistry } from '../note/registry';
import { type Command, type Definition, type Node, type Operand, type Pipe, type Tree } from './ast';
import { compileCall, type Evaluate, type Frame } from './call';
import { EvaluationFailure } from './template.errors';
import { fieldOf, isList, isMap, isTrue, printAction, printValue, sortedKeys, typeName, type Value } from './value';

export type Run = (frame: Frame) => Flow;
/** How a node list ended: normally, by break, by continue. */
type Flow = 0 | 1 | 2;

const MAX_OUTPUT = 1024 * 1024;
const MAX_CALL_DEPTH = 100;

interface CompiledDefinition {
  run: Run;
  readonly slots: number;
}

/** Throws EvaluationFailure for what no data can make right. */
export function compileTree(tree: Tree, functions: FunctionRegistry): Run {
  const definitions = new Map<string, CompiledDefinition>();
  const compiler = new TreeCompiler(functions, definitions);
  for (const [name, definition] of tree.definitions) definitions.set(name, { run: normal, slots: definition.slots });
  for (const [name, definition] of tree.definitions) {
    const compiled = definitions.get(name);
    if (compiled !== undefined) compiled.run = compiler.list(definition.body);
  }
  return compiler.list(tree.body);
}

const normal: Run = () => 0;

class TreeCompiler {
  constructor(
    private readonly functions: FunctionRegistry,
    private readonly definitions: ReadonlyMap<string, CompiledDefinition>,
  ) {}

  list(nodes: Definition['body']): Run {
    const runs = nodes.map((node) => this.node(node));
    const [first, second] = runs;
    if (first === undefined) return normal;
    if (second === undefined) return first;
    return (frame) => {
      for (const run of runs) {
        const flow = run(frame);
        if (flow !== 0) return flow;
      }
      return 0;
    };
  }

  private node(node: Node): Run {
    switch (node.type) {
      case 'text':
        return emit(() => node.text, node.offset);
      case 'action':
        return this.action(node.pipe, node.offset);
      case 'if':
      case 'with':
        return this.branch(node);
      case 'range':
        return this.range(node);
      case 'template':
        return this.templateCall(node);
      case 'break':
        return () => 1;
      case 'continue':
        return () => 2;
    }
  }

  private action(pipe: Pipe, offset: number): Run {
    const value = this.pipe(pipe);
    if (pipe.declares.length === 0) return emit((frame) => printAction(value(frame)), offset);
    return (frame) => {
      value(frame);
      return 0;
    };
  }

  private branch(node: Extract<Node, { type: 'if' | 'with' }>): Run {
    const value = this.pipe(node.pipe);
    const body = this.list(node.body);
    const otherwise = this.list(node.otherwise);
    if (node.type === 'if') return (frame) => (isTrue(value(frame)) ? body(frame) : otherwise(frame));
    return (frame) => {
      const dot = value(frame);
      if (!isTrue(dot)) return otherwise(frame);
      const outer = frame.dot;
      frame.dot = dot;
      const flow = body(frame);
      frame.dot = outer;
      return flow;
    };
  }

  private range(node: Extract<Node, { type: 'range' }>): Run {
    const { declares } = node.pipe;
    const value = this.pipe({ ...node.pipe, declares: [] });
    const body = this.list(node.body);
    const otherwise = this.list(node.otherwise);
    const [first, second] = declares;
    const keySlot = second === undefined ? undefined : first?.slot;
    const itemSlot = second === undefined ? first?.slot : second.slot;
    return (frame) => {
      const outer = frame.dot;
      const over = value(frame);
      let count = 0;
      const step = (key: Value, item: Value): boolean => {
        spend(frame, node.offset);
        count++;
        frame.dot = item;
        if (keySlot !== undefined) frame.variables[keySlot] = key;
        if (itemSlot !== undefined) frame.variables[itemSlot] = item;
        return body(frame) !== 1;
      };
      iterate(over, step, node.offset);
      frame.dot = outer;
      return count === 0 ? otherwise(frame) : 0;
    };
  }

  private templateCall(node: Extract<Node, { type: 'template' }>): Run {
    const { name, offset } = node;
    const value = node.pipe === undefined ? undefined : this.pipe(node.pipe);
    const definition = this.definitions.get(name);
    if (definition === undefined) {
      const hint = didYouMean(name, this.definitions.keys());
      throw new EvaluationFailure(`template "${name}" not defined${hint}`, offset);
    }
    return (frame) => {
      spend(frame, offset);
      if (frame.depth >= MAX_CALL_DEPTH) {
        throw new EvaluationFailure(`exceeded maximum template depth (${MAX_CALL_DEPTH})`, offset);
      }
      const dot = value === undefined ? undefined : untyped(value(frame));
      const inner: Frame = { ...frame, dot, variables: new Array<Value>(definition.slots), depth: frame.depth + 1 };
      inner.variables[0] = dot;
      definition.run(inner);
      frame.output = inner.output;
      frame.steps = inner.steps;
      return 0;
    };
  }

  // ---- values

  private pipe(pipe: Pipe): Evaluate {
    let value: Evaluate | undefined;
    for (const command of pipe.commands) value = this.command(command, value);
    const last = value as Evaluate;
    const [declared] = pipe.declares;
    if (declared === undefined) return last;
    return (frame) => {
      const result = untyped(last(frame));
      frame.variables[declared.slot] = result;
      return result;
    };
  }

  private command(command: Command, piped: Evaluate | undefined): Evaluate {
    const [first, ...rest] = command.args;
    if (first.type === 'function') return this.call(first, rest, piped);
    if (first.type === 'nil') throw new EvaluationFailure('nil is not a command', first.offset);
    if (rest.length > 0 || piped !== undefined) {
      const name = first.type === 'field' ? first.fields.at(-1) : undefined;
      const text =
        name === undefined ? "can't give argument to non-function" : `${name} is not a method but has arguments`;
      throw new EvaluationFailure(text, first.offset);
    }
    return this.operand(first);
  }

  private call(
    operand: Extract<Operand, { type: 'function' }>,
    rest: readonly Operand[],
    piped: Evaluate | undefined,
  ): Evaluate {
    const spec = this.functions.get(operand.name);
    if (spec === undefined) throw new EvaluationFailure(`function "${operand.name}" is not defined`, operand.offset);
    const args = rest.map((arg) => ({
      evaluate: this.operand(arg),
      literal: arg.type === 'literal' ? arg : undefined,
    }));
    if (piped !== undefined) args.push({ evaluate: piped, literal: undefined });
    return compileCall(spec, args, operand.offset);
  }

  private operand(operand: Operand): Evaluate {
    switch (operand.type) {
      case 'literal': {
        const { value } = operand;
        return () => value;
      }
      case 'nil':
        return () => undefined;
      case 'field':
        return fieldChain(operand.fields, operand.offset);
      case 'variable': {
        const { slot, fields, offset } = operand;
        if (fields.length === 0) return (frame) => frame.variables[slot];
        return (frame) => walk(frame.variables[slot], fields, offset);
      }
      case 'function':
        return this.call(operand, [], undefined);
      case 'chain': {
        const base = this.operand(operand.base);
        const { fields, offset } = operand;
        return (frame) => walk(untyped(base(frame)), fields, offset);
      }
      case 'pipe': {
        const value = this.pipe(operand.pipe);
        return (frame) => untyped(value(frame));
      }
    }
  }
}

/** Passing through a pipeline makes a nil interface an untyped nil. */
function untyped(value: Value): Value {
  return value === null ? undefined : value;
}

function fieldChain(fields: readonly string[], offset: number): Evaluate {
  const [first, second, third] = fields;
  if (first === undefined) return (frame) => frame.dot;
  if (second === undefined) return (frame) => step(frame.dot, first, offset);
  if (third === undefined) return (frame) => step(step(frame.dot, first, offset), second, offset);
  return (frame) => walk(frame.dot, fields, offset);
}

function walk(base: Value, fields: readonly string[], offset: number): Value {
  let value = base;
  for (const field of fields) value = step(value, field, offset);
  return value;
}

function step(value: Value, field: string, offset: number): Value {
  if (isMap(value)) return fieldOf(value, field);
  if (value === undefined) return undefined;
  if (value === null) throw new EvaluationFailure(`nil pointer evaluating interface {}.${field}`, offset);
  throw new EvaluationFailure(
    `can't evaluate field ${field} in type ${isList(value) ? '[]interface {}' : 'interface {}'} (found ${typeName(value)})`,
    offset,
  );
}

function iterate(over: Value, visit: (key: Value, item: Value) => boolean, offset: number): void {
  if (isList(over)) {
    for (let i = 0; i < over.length; i++) {
      const item = over[i];
      if (!visit(i, item === undefined ? null : item)) return;
    }
    return;
  }
  if (isMap(over)) {
    for (const key of sortedKeys(over)) if (!visit(key, fieldOf(over, key))) return;
    return;
  }
  if (over === null || over === undefined) return;
  if (typeof over === 'number' && Number.isInteger(over)) {
    for (let i = 0; i < over; i++) if (!visit(i, i)) return;
    return;
  }
  throw new EvaluationFailure(`range can't iterate over ${printValue(over)}`, offset);
}

function emit(text: (frame: Frame) => string, offset: number): Run {
  return (frame) => {
    frame.output += text(frame);
    if (frame.output.length > MAX_OUTPUT) {
      throw new EvaluationFailure(`output is larger than ${MAX_OUTPUT} characters`, offset);
    }
    return 0;
  };
}

function spend(frame: Frame, offset: number): void {
  if (--frame.steps < 0) throw new EvaluationFailure('too many steps: the template was stopped', offset);
}

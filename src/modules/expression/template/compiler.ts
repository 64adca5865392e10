// Tree to closures. A closure gets one frame: dot, the variables, the output so far and what is left of the budget.
import { didYouMean, goQuote } from '../../common';
import { type FunctionRegistry } from '../note/registry';
import { type Node, type TemplateCallNode, type Tree } from './ast';
import { emit, type Evaluate, type Frame, MAX_CALL_DEPTH, type Run, spend } from './frame';
import { OperandCompiler } from './operands';
import { MAIN } from './parser';
import { compileRange } from './range';
import { EvaluationFailure } from './template.errors';
import { isTrue, printAction, type Value } from './value';

/** Something that no data can make right: a call with a wrong number of arguments, a literal of a wrong type. */
export interface TemplateDefect {
  readonly reason: string;
  readonly offset: number;
}

export interface CompiledTree {
  readonly run: Run;
  readonly defects: readonly TemplateDefect[];
}

const NO_DEFECTS: readonly TemplateDefect[] = [];

export function compileTree(tree: Tree, functions: FunctionRegistry): CompiledTree {
  const compiler = new TreeCompiler(tree, functions);
  for (const name of tree.definitions.keys()) if (name !== MAIN) compiler.definition(name);
  const run = compiler.list(tree.body);
  return { run, defects: compiler.defects.length === 0 ? NO_DEFECTS : compiler.defects };
}

class TreeCompiler {
  readonly defects: TemplateDefect[] = [];
  private readonly compiled = new Map<string, { run: Run }>();
  private readonly operands: OperandCompiler;

  constructor(
    private readonly tree: Tree,
    functions: FunctionRegistry,
  ) {
    this.operands = new OperandCompiler(functions, (reason, offset) => this.defect(reason, offset));
  }

  private defect(reason: string, offset: number): () => never {
    this.defects.push({ reason, offset });
    return failing(reason, offset);
  }

  /** The body of a definition; it may be compiled later than its callers, which it can be itself. */
  definition(name: string): { readonly run: Run } | undefined {
    const known = this.compiled.get(name);
    const definition = this.tree.definitions.get(name);
    if (known !== undefined || definition === undefined) return known;
    const compiled = { run: NORMAL };
    this.compiled.set(name, compiled);
    compiled.run = this.list(definition.body);
    return compiled;
  }

  list(nodes: readonly Node[]): Run {
    return sequence(nodes.map((node) => this.node(node)));
  }

  private node(node: Node): Run {
    switch (node.type) {
      case 'text':
        return text(node.text, node.offset);
      case 'action': {
        const { evaluate } = this.operands.pipe(node.pipe);
        return node.pipe.declares.length === 0 ? printing(evaluate, node.offset) : silent(evaluate);
      }
      case 'if':
        return condition(this.operands.pipe(node.pipe).evaluate, this.list(node.body), this.list(node.otherwise));
      case 'with':
        return rebinding(this.operands.pipe(node.pipe).evaluate, this.list(node.body), this.list(node.otherwise));
      case 'range':
        return compileRange(node, this.operands.pipe(node.pipe), this.list(node.body), this.list(node.otherwise));
      case 'template':
        return this.templateCall(node);
      case 'break':
        return BREAK;
      case 'continue':
        return CONTINUE;
    }
  }

  private templateCall({ name, pipe, offset }: TemplateCallNode): Run {
    const value = pipe === undefined ? undefined : this.operands.pipe(pipe).evaluate;
    const target = this.definition(name);
    if (target !== undefined) {
      return calling({ target, value, slots: this.tree.definitions.get(name)?.slots ?? 0, offset });
    }
    const others = [...this.tree.definitions.keys()].filter((other) => other !== MAIN);
    return this.defect(`template ${goQuote(name)} not defined${didYouMean(name, others)}`, offset);
  }
}

// One closure in each of these functions: all closures of a function keep all variables that any of them uses, and one
// that is made in a method would keep the compiler and with it the whole tree.

const NORMAL: Run = () => 0;
const BREAK: Run = () => 1;
const CONTINUE: Run = () => 2;

function failing(reason: string, offset: number): () => never {
  return () => {
    throw new EvaluationFailure(reason, offset);
  };
}

function sequence(runs: readonly Run[]): Run {
  const [first, second, third] = runs;
  if (first === undefined) return NORMAL;
  if (second === undefined) return first;
  if (third === undefined) return two(first, second);
  return runs.length === 3 ? three(first, second, third) : many(runs);
}

function two(first: Run, second: Run): Run {
  return (frame) => {
    const flow = first(frame);
    return flow === 0 ? second(frame) : flow;
  };
}

function three(first: Run, second: Run, third: Run): Run {
  return (frame) => {
    let flow = first(frame);
    if (flow === 0) flow = second(frame);
    return flow === 0 ? third(frame) : flow;
  };
}

function many(runs: readonly Run[]): Run {
  return (frame) => {
    for (const run of runs) {
      const flow = run(frame);
      if (flow !== 0) return flow;
    }
    return 0;
  };
}

function text(value: string, offset: number): Run {
  return (frame) => {
    emit(frame, value, offset);
    return 0;
  };
}

function printing(evaluate: Evaluate, offset: number): Run {
  return (frame) => {
    const value = evaluate(frame);
    emit(frame, printAction(value), offset);
    return 0;
  };
}

/** A declaration or an assignment prints nothing. */
function silent(evaluate: Evaluate): Run {
  return (frame) => {
    evaluate(frame);
    return 0;
  };
}

function condition(evaluate: Evaluate, body: Run, otherwise: Run): Run {
  return (frame) => (isTrue(evaluate(frame)) ? body(frame) : otherwise(frame));
}

/** `with`: dot is the value inside. */
function rebinding(evaluate: Evaluate, body: Run, otherwise: Run): Run {
  return (frame) => {
    const dot = evaluate(frame);
    if (!isTrue(dot)) return otherwise(frame);
    const outer = frame.dot;
    frame.dot = dot;
    const flow = body(frame);
    frame.dot = outer;
    return flow;
  };
}

interface TemplateCall {
  readonly target: { readonly run: Run };
  readonly value: Evaluate | undefined;
  readonly slots: number;
  readonly offset: number;
}

function calling(call: TemplateCall): Run {
  return (frame) => {
    const { target, value, slots, offset } = call;
    spend(frame, offset);
    if (frame.depth >= MAX_CALL_DEPTH) {
      throw new EvaluationFailure(`exceeded maximum template depth (${MAX_CALL_DEPTH})`, offset);
    }
    const dot = value?.(frame);
    const inner: Frame = { ...frame, dot, variables: new Array<Value>(slots), depth: frame.depth + 1 };
    inner.variables[0] = dot;
    target.run(inner);
    frame.output = inner.output;
    frame.steps = inner.steps;
    return 0;
  };
}

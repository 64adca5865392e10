// Tree to closures. A closure gets one frame: dot, the variables, the output so far and what is left of the budget.
import { didYouMean, goQuote } from '../../common';
import { type FunctionRegistry } from '../note/registry';
import { type BranchNode, type Node, type TemplateCallNode, type Tree } from './ast';
import { type Compiled, emit, type Frame, MAX_CALL_DEPTH, type Run, spend } from './frame';
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

export function compileTree(tree: Tree, functions: FunctionRegistry): CompiledTree {
  const compiler = new TreeCompiler(tree, functions);
  for (const name of tree.definitions.keys()) if (name !== MAIN) compiler.definition(name);
  return { run: compiler.list(tree.body), defects: compiler.defects };
}

const normal: Run = () => 0;

class TreeCompiler {
  readonly defects: TemplateDefect[] = [];
  private readonly compiled = new Map<string, { run: Run }>();
  private readonly operands: OperandCompiler;

  constructor(
    private readonly tree: Tree,
    functions: FunctionRegistry,
  ) {
    this.operands = new OperandCompiler(functions, (reason, offset) => {
      this.defects.push({ reason, offset });
      return () => {
        throw new EvaluationFailure(reason, offset);
      };
    });
  }

  /** The body of a definition; it may be compiled later than its callers, which it can be itself. */
  definition(name: string): { readonly run: Run } | undefined {
    const known = this.compiled.get(name);
    const definition = this.tree.definitions.get(name);
    if (known !== undefined || definition === undefined) return known;
    const compiled = { run: normal };
    this.compiled.set(name, compiled);
    compiled.run = this.list(definition.body);
    return compiled;
  }

  list(nodes: readonly Node[]): Run {
    const runs = nodes.map((node) => this.node(node));
    const [first, second, third] = runs;
    if (first === undefined) return normal;
    if (second === undefined) return first;
    if (third === undefined) {
      return (frame) => {
        const flow = first(frame);
        return flow === 0 ? second(frame) : flow;
      };
    }
    return (frame) => {
      for (const run of runs) {
        const flow = run(frame);
        if (flow !== 0) return flow;
      }
      return 0;
    };
  }

  private node(node: Node): Run {
    const { offset } = node;
    switch (node.type) {
      case 'text': {
        const { text } = node;
        return (frame) => {
          emit(frame, text, offset);
          return 0;
        };
      }
      case 'action': {
        const { evaluate } = this.operands.pipe(node.pipe);
        const prints = node.pipe.declares.length === 0;
        return (frame) => {
          const value = evaluate(frame);
          if (prints) emit(frame, printAction(value), offset);
          return 0;
        };
      }
      case 'if':
      case 'with':
        return this.branch(node);
      case 'range':
        return compileRange(node, this.operands.pipe(node.pipe), this.list(node.body), this.list(node.otherwise));
      case 'template':
        return this.templateCall(node);
      case 'break':
        return () => 1;
      case 'continue':
        return () => 2;
    }
  }

  private branch(node: BranchNode): Run {
    const { evaluate } = this.operands.pipe(node.pipe);
    const body = this.list(node.body);
    const otherwise = this.list(node.otherwise);
    if (node.type === 'if') return (frame) => (isTrue(evaluate(frame)) ? body(frame) : otherwise(frame));
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

  private templateCall({ name, pipe, offset }: TemplateCallNode): Run {
    const value: Compiled | undefined = pipe === undefined ? undefined : this.operands.pipe(pipe);
    const target = this.definition(name);
    const slots = this.tree.definitions.get(name)?.slots ?? 0;
    if (target === undefined) {
      const others = [...this.tree.definitions.keys()].filter((other) => other !== MAIN);
      const reason = `template ${goQuote(name)} not defined${didYouMean(name, others)}`;
      this.defects.push({ reason, offset });
      return () => {
        throw new EvaluationFailure(reason, offset);
      };
    }
    return (frame) => {
      spend(frame, offset);
      if (frame.depth >= MAX_CALL_DEPTH) {
        throw new EvaluationFailure(`exceeded maximum template depth (${MAX_CALL_DEPTH})`, offset);
      }
      const dot = value?.evaluate(frame);
      const inner: Frame = { ...frame, dot, variables: new Array<Value>(slots), depth: frame.depth + 1 };
      inner.variables[0] = dot;
      target.run(inner);
      frame.output = inner.output;
      frame.steps = inner.steps;
      return 0;
    };
  }
}

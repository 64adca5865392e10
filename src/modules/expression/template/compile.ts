// The public entry: text to CompiledTemplate, once per Katalog load.
import { type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { builtinFunctions, type FunctionRegistry } from '../note';
import { type Frame } from './call';
import { compileTree, type Run } from './compiler';
import { type Node, type Tree } from './ast';
import { parseTemplate } from './parser';
import { readsOf } from './reads';
import { EvaluationFailure, TemplateExecutionError, type TemplateSpot, TemplateSyntaxError } from './template.errors';
import { type CompiledTemplate, type EvaluationContext, type Purity, type TemplateData } from './template.types';
import { fieldOf, isMap, NO_VALUE, printAction, type Value } from './value';

/** How templates are compiled. */
export interface CompileOptions {
  readonly functions?: FunctionRegistry;
  /** The place in the user's file of an offset in the template. */
  readonly locate?: (offset: number) => SourcePosition;
}

/** Code of the problem "this is not a template". */
export const CODE_TEMPLATE_SYNTAX = 'ORK1301';

/** Counts evaluations of templates in this process: shows that a pass at rest really evaluates. */
export const evaluationCounter = { templates: 0 };

const MAX_STEPS = 100_000;

/** Throws TemplateSyntaxError, with the position in the user's file when `locate` is given. */
export function compileTemplate(text: string, options: CompileOptions = {}): CompiledTemplate {
  if (!text.includes('{{')) return staticTemplate(text);
  const functions = options.functions ?? builtinFunctions;
  const spot = (offset: number): TemplateSpot =>
    options.locate === undefined ? { offset } : { offset, position: options.locate(offset) };
  const tree = parseTemplate(text, {
    functions,
    fail: (reason, offset) => new TemplateSyntaxError(reason, spot(offset)),
  });
  const run = compiled(tree, functions, spot);
  const execute = pathTemplate(tree) ?? runner(run, tree.slots);
  const guarded = (data: TemplateData, context: EvaluationContext): string => {
    evaluationCounter.templates++;
    try {
      return execute(data, context);
    } catch (error) {
      if (error instanceof EvaluationFailure) throw new TemplateExecutionError(error.reason, spot(error.offset));
      if (error instanceof RangeError) throw new TemplateExecutionError('nested too deeply', spot(0), error);
      throw error;
    }
  };
  return {
    source: text,
    isStatic: false,
    purity: purityOf(tree, functions),
    reads: readsOf(tree),
    execute: guarded,
    resolve: (data, context) => postProcess(guarded(data, context)),
  };
}

/** What fails whatever the data is, is a syntax error of the load. */
function compiled(tree: Tree, functions: FunctionRegistry, spot: (offset: number) => TemplateSpot): Run {
  try {
    return compileTree(tree, functions);
  } catch (error) {
    if (error instanceof EvaluationFailure) throw new TemplateSyntaxError(error.reason, spot(error.offset));
    throw error;
  }
}

/** As compileTemplate, but a syntax error becomes a problem, and using the result afterwards throws. */
export function compileText(source: SourceText, problems: ProblemList, options: CompileOptions = {}): CompiledTemplate {
  try {
    return compileTemplate(source.text, { ...options, locate: (offset) => source.node.locate(offset) });
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    const position = error.position ?? source.node.position;
    problems.add({
      severity: 'error',
      code: CODE_TEMPLATE_SYNTAX,
      message: error.message,
      position,
      path: source.node.path,
    });
    return brokenTemplate(source.text, error);
  }
}

function staticTemplate(text: string): CompiledTemplate {
  const same = (): string => text;
  return { source: text, isStatic: true, purity: 'pure', reads: [], execute: same, resolve: same };
}

function brokenTemplate(text: string, error: TemplateSyntaxError): CompiledTemplate {
  const fail = (): never => {
    throw error;
  };
  return { source: text, isStatic: false, purity: 'pure', reads: [], execute: fail, resolve: fail };
}

type Execute = (data: TemplateData, context: EvaluationContext) => string;

function runner(run: Run, slots: number): Execute {
  return (data, context) => {
    const frame: Frame = {
      dot: data,
      variables: new Array<Value>(slots),
      output: '',
      steps: MAX_STEPS,
      depth: 0,
      context,
    };
    frame.variables[0] = data;
    run(frame);
    return frame.output;
  };
}

/** `{{ .a.b }}` alone, the most common template: no frame, no closure tree. */
function pathTemplate(tree: Tree): Execute | undefined {
  const fields = solePath(tree.body);
  if (fields === undefined) return undefined;
  const { offset } = tree.body[0] as Node;
  return (data) => {
    let value: Value = data;
    for (const field of fields) {
      if (!isMap(value)) throw new EvaluationFailure(stepProblem(value, field), offset);
      value = fieldOf(value, field);
    }
    return printAction(value);
  };
}

function stepProblem(value: Value, field: string): string {
  return value === null || value === undefined
    ? `nil pointer evaluating interface {}.${field}`
    : `can't evaluate field ${field} in type interface {}`;
}

function solePath(body: readonly Node[]): readonly string[] | undefined {
  const [node] = body;
  if (body.length !== 1 || node?.type !== 'action' || node.pipe.declares.length > 0) return undefined;
  const [command] = node.pipe.commands;
  if (node.pipe.commands.length !== 1 || command?.args.length !== 1) return undefined;
  const [operand] = command.args;
  return operand.type === 'field' && operand.fields.length > 0 ? operand.fields : undefined;
}

/** Trim the whole output, then drop every `<no value>`; in that order, without trimming again. */
function postProcess(output: string): string {
  const trimmed = output.trim();
  return trimmed.includes(NO_VALUE) ? trimmed.split(NO_VALUE).join('') : trimmed;
}

function purityOf(tree: Tree, functions: FunctionRegistry): Purity {
  const called = new Set<string>();
  JSON.stringify([tree.body, [...tree.definitions.values()]], (_key, value: unknown) => {
    if (isFunctionNode(value)) called.add(value.name);
    return typeof value === 'bigint' ? String(value) : value;
  });
  const purities = [...called].map((name) => functions.get(name)?.purity ?? 'pure');
  if (purities.includes('random')) return 'random';
  return purities.includes('clock') ? 'clock' : 'pure';
}

function isFunctionNode(value: unknown): value is { readonly name: string } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'function';
}

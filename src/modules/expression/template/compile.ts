// The public entry: text to CompiledTemplate, once per Katalog load.
import { joinLooseBytes, type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { builtinFunctions, type FunctionRegistry } from '../note';
import { type FieldNode, type Node, type Tree } from './ast';
import { compileTree } from './compiler';
import { fieldChain } from './fields';
import { type Frame, MAX_STEPS, type Run } from './frame';
import { parseTemplate } from './parser';
import { readsOf } from './reads';
import { excerpt } from './excerpt';
import { EvaluationFailure, TemplateExecutionError, type TemplateSpot, TemplateSyntaxError } from './template.errors';
import { type CompiledTemplate, type EvaluationContext, type Purity, type TemplateData } from './template.types';
import { NO_VALUE, printAction, type Value } from './value';

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

/** Functions whose result holds no part of a character; behind others the output is put together again (go-bytes.ts). */
const KEEPS_CHARACTERS = new Set('and or not eq ne lt le gt ge len index print default ternary'.split(' '));

/** Throws TemplateSyntaxError, with the position in the user's file when `locate` is given. */
export function compileTemplate(text: string, options: CompileOptions = {}): CompiledTemplate {
  if (!text.includes('{{')) return staticTemplate(text);
  const functions = options.functions ?? builtinFunctions;
  const spot = (offset: number): TemplateSpot => ({
    offset,
    excerpt: excerpt(text, offset),
    ...(options.locate === undefined ? {} : { position: options.locate(offset) }),
  });
  const tree = parseTemplate(text, {
    functions,
    fail: (reason, offset) => new TemplateSyntaxError(reason, spot(offset)),
  });
  const { run, defects } = compileTree(tree, functions);
  const execute = pathTemplate(tree) ?? runner(run, tree.slots);
  const mayCut = text.includes('\\') || [...tree.calls].some((name) => !KEEPS_CHARACTERS.has(name));
  const guarded = (data: TemplateData, context: EvaluationContext): string => {
    evaluationCounter.templates++;
    try {
      const output = execute(data, context);
      return mayCut ? joinLooseBytes(output) : output;
    } catch (error) {
      if (error instanceof EvaluationFailure) {
        throw new TemplateExecutionError(joinLooseBytes(error.reason), spot(error.offset));
      }
      if (error instanceof RangeError) throw new TemplateExecutionError('nested too deeply', spot(0), error);
      throw error;
    }
  };
  return {
    source: text,
    isStatic: false,
    purity: purityOf(tree, functions),
    reads: readsOf(tree),
    defects,
    execute: guarded,
    resolve: (data, context) => postProcess(guarded(data, context)),
  };
}

/**
 * As compileTemplate, but every syntax error becomes a problem, and so does what no data can make right (a wrong number
 * of arguments, a template that is not defined). Using the result of a syntax error throws.
 */
export function compileText(source: SourceText, problems: ProblemList, options: CompileOptions = {}): CompiledTemplate {
  const { node } = source;
  const locate = (offset: number): SourcePosition => node.locate(offset);
  const report = (reason: string, offset: number): void => {
    problems.add({
      severity: 'error',
      code: CODE_TEMPLATE_SYNTAX,
      message: `template: ${reason}`,
      excerpt: excerpt(source.text, offset),
      position: locate(offset),
      path: node.path,
    });
  };
  try {
    const template = compileTemplate(source.text, { ...options, locate });
    for (const { reason, offset } of template.defects) report(reason, offset);
    return template;
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    for (const { reason, offset } of [error, ...error.others]) report(reason, offset);
    return brokenTemplate(source.text, error);
  }
}

function staticTemplate(text: string): CompiledTemplate {
  const same = (): string => text;
  return { source: text, isStatic: true, purity: 'pure', reads: [], defects: [], execute: same, resolve: same };
}

function brokenTemplate(text: string, error: TemplateSyntaxError): CompiledTemplate {
  const fail = (): never => {
    throw error;
  };
  return { source: text, isStatic: false, purity: 'pure', reads: [], defects: [], execute: fail, resolve: fail };
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
      at: 0,
    };
    frame.variables[0] = data;
    run(frame);
    return frame.output;
  };
}

/** `{{ .a.b }}` alone, the most common template: no output to put together. */
function pathTemplate(tree: Tree): Execute | undefined {
  const field = soleField(tree.body);
  if (field === undefined) return undefined;
  const evaluate = fieldChain(field.fields, field.offset);
  return (data, context) =>
    printAction(evaluate({ dot: data, variables: [], output: '', steps: 0, depth: 0, context, at: 0 }));
}

function soleField(body: readonly Node[]): FieldNode | undefined {
  const [node] = body;
  if (body.length !== 1 || node?.type !== 'action' || node.pipe.declares.length > 0) return undefined;
  const [command] = node.pipe.commands;
  if (node.pipe.commands.length !== 1 || command?.args.length !== 1) return undefined;
  const [operand] = command.args;
  return operand.type === 'field' && operand.fields.length > 0 ? operand : undefined;
}

/** Trim the whole output, then drop every `<no value>`; in that order, without trimming again. */
function postProcess(output: string): string {
  const trimmed = output.trim();
  return trimmed.includes(NO_VALUE) ? trimmed.split(NO_VALUE).join('') : trimmed;
}

function purityOf({ calls }: Tree, functions: FunctionRegistry): Purity {
  let purity: Purity = 'pure';
  for (const name of calls) {
    const found = functions.get(name)?.purity ?? 'pure';
    if (found === 'random') return 'random';
    if (found === 'clock') purity = 'clock';
  }
  return purity;
}

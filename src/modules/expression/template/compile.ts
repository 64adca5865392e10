// The public entry: text to CompiledTemplate, once per Katalog load.
import { joinLooseBytes, type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { builtinFunctions, type FunctionRegistry } from '../note';
import { type ResultForm } from '../type/result-form';
import { type Type, UNKNOWN } from '../type/type';
import { checkTypes } from '../type/type-checker';
import { type FieldNode, type Node, type Tree } from './ast';
import { fieldChain } from './fields';
import { type Frame, MAX_STEPS, type Run } from './frame';
import { compileProgram } from './program';
import { reportingTemplate } from './report-template';
import { EvaluationFailure, TemplateExecutionError, TemplateSyntaxError } from './template.errors';
import { type CompiledTemplate, type EvaluationContext, type TemplateData } from './template.types';
import { NO_VALUE, printAction, type Value } from './value';

/** How templates are compiled. */
export interface CompileOptions {
  readonly functions?: FunctionRegistry;
  /** The type of `.` at the top, for the type check of compileText; unknown when absent. */
  readonly data?: Type;
  /** The place in the user's file of an offset in the template. */
  readonly locate?: (offset: number) => SourcePosition;
}

/** Counts evaluations of templates in this process: shows that a pass at rest really evaluates. */
export const evaluationCounter = { templates: 0 };

/** Functions whose result holds no part of a character; behind others the output is put together again (go-bytes.ts). */
const KEEPS_CHARACTERS = new Set('and or not eq ne lt le gt ge len index print default ternary'.split(' '));

/** Throws TemplateSyntaxError, with the position in the user's file when `locate` is given. */
export function compileTemplate(text: string, options: CompileOptions = {}): CompiledTemplate {
  return text.includes('{{') ? compileActions(text, options).template : staticTemplate(text);
}

interface Compilation {
  readonly template: CompiledTemplate;
  readonly tree: Tree;
}

function compileActions(text: string, options: CompileOptions): Compilation {
  const functions = options.functions ?? builtinFunctions;
  const { tree, run, defects, purity, reads, spot } = compileProgram(text, functions, options.locate);
  const execute = pathTemplate(tree) ?? runner(run, tree.slots);
  const mayCut = text.includes('\\') || [...tree.calls].some((name) => !KEEPS_CHARACTERS.has(name));
  const guarded = (data: TemplateData, context: EvaluationContext): string => {
    evaluationCounter.templates++;
    try {
      const output = execute(data, context);
      return mayCut ? joinLooseBytes(output) : output;
    } catch (error) {
      if (error instanceof EvaluationFailure) {
        const { excerpt: line, ...place } = spot(error.offset);
        throw new TemplateExecutionError(joinLooseBytes(error.reason), { ...place, excerpt: line + error.trail });
      }
      if (error instanceof RangeError) throw new TemplateExecutionError('nested too deeply', spot(0), error);
      throw error;
    }
  };
  const template: CompiledTemplate = {
    source: text,
    isStatic: false,
    purity,
    reads,
    defects,
    execute: guarded,
    resolve: (data, context) => postProcess(guarded(data, context)),
  };
  return { template, tree };
}

/**
 * As compileTemplate, but every syntax error becomes a problem, and so does what no data can make right: a wrong number
 * of arguments, a template that is not defined, and what the type check finds (type/type-checker.ts). `result`: what
 * the field takes, when not every text will do. Using the result of a syntax error throws.
 */
export function compileText(
  source: SourceText,
  problems: ProblemList,
  options: CompileOptions = {},
  result?: ResultForm,
): CompiledTemplate {
  const { text } = source;
  if (!text.includes('{{')) return staticTemplate(text);
  const { functions = builtinFunctions, data = UNKNOWN } = options;
  const compiled = reportingTemplate(source, problems, (locate) => {
    const { template, tree } = compileActions(text, { ...options, locate });
    return { template, defects: template.defects, findings: checkTypes(tree, { functions, data, result }) };
  });
  return compiled instanceof TemplateSyntaxError ? brokenTemplate(text, compiled) : compiled.template;
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
      root: data,
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
  const evaluate = fieldChain(field.fields, field.offset, undefined);
  return (data, context) =>
    printAction(evaluate({ dot: data, root: data, variables: [], output: '', steps: 0, depth: 0, context, at: 0 }));
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

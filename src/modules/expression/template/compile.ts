// The public entry: text to CompiledTemplate, once per Katalog load.
import { type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { builtinFunctions, type FunctionRegistry } from '../note';
import { type Output, type ResultForm } from '../type/result-form';
import { type Type, UNKNOWN } from '../type/type';
import { checkTypes } from '../type/type-checker';
import { ActionTemplate } from './action-template';
import { type Tree } from './ast';
import { compileProgram } from './program';
import { reportingTemplate } from './report-template';
import { TemplateSyntaxError } from './template.errors';
import { type CompiledTemplate } from './template.types';

/** How templates are compiled. */
export interface CompileOptions {
  readonly functions?: FunctionRegistry;
  /**
   * The type of `.` at the top, for the type check of compileText; unknown when absent. Conditions are checked for
   * what can never hold only when it is there.
   */
  readonly data?: Type;
  /** The place in the user's file of an offset in the template. */
  readonly locate?: (offset: number) => SourcePosition;
}

/** Throws TemplateSyntaxError, with the position in the user's file when `locate` is given. */
export function compileTemplate(text: string, options: CompileOptions = {}): CompiledTemplate {
  return text.includes('{{') ? compileActions(text, options).template : staticTemplate(text);
}

interface Compilation {
  readonly template: ActionTemplate;
  readonly tree: Tree;
}

function compileActions(text: string, { functions = builtinFunctions, locate }: CompileOptions): Compilation {
  const program = compileProgram(text, functions, locate);
  return { template: new ActionTemplate(text, program, locate), tree: program.tree };
}

/**
 * As compileTemplate, but every syntax error becomes a problem, and so does what no data can make right: a wrong number
 * of arguments, a template that is not defined, and what the type check finds (type/type-checker.ts). `result`: what
 * the field takes, when not every text will do. `onOutput`: is told what a template may print. Using the result of a
 * syntax error throws.
 */
export function compileText(
  source: SourceText,
  problems: ProblemList,
  options: CompileOptions = {},
  result?: ResultForm,
  onOutput?: (output: Output) => void,
): CompiledTemplate {
  const { text } = source;
  if (!text.includes('{{')) return staticTemplate(text);
  const { functions = builtinFunctions, data = UNKNOWN } = options;
  const compiled = reportingTemplate(source, problems, (locate) => {
    const { template, tree } = compileActions(text, { ...options, locate });
    return { template, defects: template.defects, findings: checkTypes(tree, { functions, data, result, onOutput }) };
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

// A template with actions, ready to run. A Katalog has thousands of them, so what they share stands on the prototype.
import { joinLooseBytes, type SourcePosition } from '../../common';
import { type Tree } from './ast';
import { type TemplateDefect } from './compiler';
import { type Evaluate, type Frame, MAX_STEPS } from './frame';
import { fieldChain } from './fields';
import { type Program, spotIn } from './program';
import { EvaluationFailure, TemplateExecutionError } from './template.errors';
import {
  type CompiledTemplate,
  type DataPath,
  type EvaluationContext,
  type Purity,
  type TemplateData,
} from './template.types';
import { NO_VALUE, printAction, type Value } from './value';

/** Counts evaluations of templates in this process: shows that a pass at rest really evaluates. */
export const evaluationCounter = { templates: 0 };

/** Functions whose result holds no part of a character; behind others the output is put together again (go-bytes.ts). */
const KEEPS_CHARACTERS = new Set('and or not eq ne lt le gt ge len index print default ternary'.split(' '));

export class ActionTemplate implements CompiledTemplate {
  readonly purity: Purity;
  readonly reads: readonly DataPath[];
  readonly defects: readonly TemplateDefect[];
  private readonly run: Program['run'];
  private readonly slots: number;
  /** `{{ .a.b }}` alone, the most common template: no output to put together. */
  private readonly path: Evaluate | undefined;
  private readonly mayCut: boolean;

  constructor(
    readonly source: string,
    { tree, run, defects, purity, reads }: Program,
    private readonly locate: ((offset: number) => SourcePosition) | undefined,
  ) {
    this.purity = purity;
    this.reads = reads;
    this.defects = defects;
    this.run = run;
    this.slots = tree.slots;
    this.path = pathOf(tree);
    this.mayCut = source.includes('\\') || mayCutCharacters(tree.calls);
  }

  get isStatic(): false {
    return false;
  }

  execute(data: TemplateData, context: EvaluationContext): string {
    evaluationCounter.templates++;
    try {
      const output = this.output(data, context);
      return this.mayCut ? joinLooseBytes(output) : output;
    } catch (error) {
      throw this.located(error);
    }
  }

  /** Trims the whole output, then drops every `<no value>`; in that order, without trimming again. */
  resolve(data: TemplateData, context: EvaluationContext): string {
    const trimmed = this.execute(data, context).trim();
    return trimmed.includes(NO_VALUE) ? trimmed.split(NO_VALUE).join('') : trimmed;
  }

  private output(data: TemplateData, context: EvaluationContext): string {
    const frame: Frame = {
      dot: data,
      root: data,
      variables: NO_VARIABLES,
      output: '',
      steps: MAX_STEPS,
      depth: 0,
      context,
      at: 0,
    };
    if (this.path !== undefined) return printAction(this.path(frame));
    frame.variables = new Array<Value>(this.slots);
    frame.variables[0] = data;
    this.run(frame);
    return frame.output;
  }

  private located(error: unknown): unknown {
    if (error instanceof EvaluationFailure) {
      const { excerpt, ...place } = spotIn(this.source, error.offset, this.locate);
      return new TemplateExecutionError(joinLooseBytes(error.reason), { ...place, excerpt: excerpt + error.trail });
    }
    if (!(error instanceof RangeError)) return error;
    return new TemplateExecutionError('nested too deeply', spotIn(this.source, 0, this.locate), error);
  }
}

const NO_VARIABLES: Value[] = [];

function mayCutCharacters(calls: ReadonlySet<string>): boolean {
  for (const name of calls) if (!KEEPS_CHARACTERS.has(name)) return true;
  return false;
}

function pathOf({ body }: Tree): Evaluate | undefined {
  const [node] = body;
  if (body.length !== 1 || node?.type !== 'action' || node.pipe.declares.length > 0) return undefined;
  const { commands } = node.pipe;
  const { args } = commands[0];
  if (commands.length !== 1 || args.length !== 1) return undefined;
  const [operand] = args;
  if (operand.type !== 'field' || operand.fields.length === 0) return undefined;
  return fieldChain(operand.fields, operand.offset, undefined);
}

// A template text to what can run: shared by templates of fields and by notes of the Katalog.
import { type SourcePosition } from '../../common';
import { type FunctionRegistry } from '../note/registry';
import { type Tree } from './ast';
import { compileTree, type TemplateDefect } from './compiler';
import { excerpt } from './excerpt';
import { type Run } from './frame';
import { parseTemplate } from './parser';
import { readsOf } from './reads';
import { type TemplateSpot, TemplateSyntaxError } from './template.errors';
import { type DataPath, type Purity } from './template.types';

/** A template that is parsed and compiled, without the ways to call it. */
export interface Program {
  readonly tree: Tree;
  readonly run: Run;
  readonly defects: readonly TemplateDefect[];
  readonly purity: Purity;
  readonly reads: readonly DataPath[];
}

/** Throws TemplateSyntaxError, with the position in the user's file when `locate` is given. */
export function compileProgram(
  text: string,
  functions: FunctionRegistry,
  locate: ((offset: number) => SourcePosition) | undefined,
): Program {
  const tree = parseTemplate(text, {
    functions,
    fail: (reason, offset) => new TemplateSyntaxError(reason, spotIn(text, offset, locate)),
  });
  const { run, defects } = compileTree(tree, functions);
  return { tree, run, defects, purity: purityOf(tree, functions), reads: readsOf(tree, functions) };
}

/** The place of an offset, for errors. */
export function spotIn(
  text: string,
  offset: number,
  locate: ((offset: number) => SourcePosition) | undefined,
): TemplateSpot {
  return { offset, excerpt: excerpt(text, offset), ...(locate === undefined ? {} : { position: locate(offset) }) };
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

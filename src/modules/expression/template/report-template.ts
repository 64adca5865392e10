// What is wrong with a template of a file, as problems of the load.
import { type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { type TemplateDefect } from './compiler';
import { excerpt } from './excerpt';
import { TemplateSyntaxError } from './template.errors';

/** Code of the problem "this is not a template". */
export const CODE_TEMPLATE_SYNTAX = 'ORK1301';

/**
 * Runs a compile. Every syntax error becomes a problem at its place in the file, and so does what no data can make
 * right (a wrong number of arguments, a template that is not defined). The first syntax error stands for the result.
 */
export function reportingTemplate<T extends { readonly defects: readonly TemplateDefect[] }>(
  { text, node }: SourceText,
  problems: ProblemList,
  compile: (locate: (offset: number) => SourcePosition) => T,
): T | TemplateSyntaxError {
  const report = (reason: string, offset: number): void => {
    problems.add({
      severity: 'error',
      code: CODE_TEMPLATE_SYNTAX,
      message: `template: ${reason}`,
      excerpt: excerpt(text, offset),
      position: node.locate(offset),
      path: node.path,
    });
  };
  try {
    const compiled = compile((offset) => node.locate(offset));
    for (const { reason, offset } of compiled.defects) report(reason, offset);
    return compiled;
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    for (const { reason, offset } of [error, ...error.others]) report(reason, offset);
    return error;
  }
}

// What is wrong with a template of a file, as problems of the load.
import { type Problem, type ProblemList, type SourcePosition, type SourceText } from '../../common';
import { type TypeFinding } from '../type/finding';
import { type TemplateDefect } from './compiler';
import { excerpt } from './excerpt';
import { TemplateSyntaxError } from './template.errors';

/** Code of the problem "this is not a template". */
export const CODE_TEMPLATE_SYNTAX = 'ORK1301';

const SYNTAX = { code: CODE_TEMPLATE_SYNTAX, severity: 'error' } as const;

interface Reported {
  readonly defects: readonly TemplateDefect[];
  readonly findings?: readonly TypeFinding[];
}

/**
 * Runs a compile. Every syntax error becomes a problem at its place in the file, and so does what no data can make
 * right (a wrong number of arguments, a template that is not defined), and so do the findings of the type check. The
 * first syntax error stands for the result.
 */
export function reportingTemplate<T extends Reported>(
  { text, node }: SourceText,
  problems: ProblemList,
  compile: (locate: (offset: number) => SourcePosition) => T,
): T | TemplateSyntaxError {
  const report = (message: string, offset: number, { code, severity }: Pick<Problem, 'code' | 'severity'>): void => {
    problems.add({
      severity,
      code,
      message: `template: ${message}`,
      excerpt: excerpt(text, offset),
      position: node.locate(offset),
      path: node.path,
    });
  };
  try {
    const compiled = compile((offset) => node.locate(offset));
    for (const { reason, offset } of compiled.defects) report(reason, offset, SYNTAX);
    for (const finding of compiled.findings ?? []) report(finding.message, finding.offset, finding);
    return compiled;
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    for (const { reason, offset } of [error, ...error.others]) report(reason, offset, SYNTAX);
    return error;
  }
}

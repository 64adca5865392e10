// Lists whose items are texts.
import { type SourceText } from '../../common';
import { type ResultForm } from '../../expression';
import { type EntryCompiler } from './common-entry';
import { type Part, requiredTextPart } from './part';
import { valueError } from './values';

/** Items that render empty are left out. Undefined: the field is not there. */
export function textListPart(
  sources: readonly SourceText[] | undefined,
  compiler: EntryCompiler,
  form?: ResultForm,
): Part<readonly string[]> | undefined {
  if (sources === undefined) return undefined;
  const items = sources.map((source) => ({ source, template: compiler.text(source, form) }));
  for (const { source, template } of items) {
    const problem = template.isStatic && source.text !== '' ? form?.problem(source.text) : undefined;
    if (problem !== undefined) compiler.report(source.node, problem);
  }
  return ({ data, evaluation }) =>
    items.flatMap(({ source, template }) => {
      const text = template.resolve(data, evaluation);
      if (text === '') return [];
      const problem = form?.problem(text);
      if (problem !== undefined) throw valueError(problem, source);
      return [text];
    });
}

/** Items that render empty are errors: where a shorter list means something else, such as more rights. */
export function fullTextListPart(
  sources: readonly SourceText[] | undefined,
  compiler: EntryCompiler,
  what: string,
): Part<readonly string[]> | undefined {
  if (sources === undefined) return undefined;
  const items = sources.map((source) => requiredTextPart(source, compiler, what));
  return (scope) => items.map((item) => item(scope) ?? '');
}

import { type SourceText } from '../../common';
import { compileTemplate, type CompiledTemplate } from '../../expression';
import { type Located } from '../../schema';
import { type EntryCompiler } from '../parts/common-entry';

/** The name template of an entry; a default name has no place in the file, so its errors point at the entry. */
export function compileName(
  source: string,
  decoded: Located & { readonly name: SourceText | undefined },
  compiler: EntryCompiler,
): CompiledTemplate {
  if (decoded.name !== undefined) return compiler.text(decoded.name);
  return compileTemplate(source, { ...compiler.context.options, locate: () => decoded.node.position });
}

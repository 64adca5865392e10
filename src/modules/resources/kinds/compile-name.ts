import { type SourceText } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { type Located } from '../../schema';
import { type EntryCompiler } from '../parts/common-entry';

/** The name template of an entry; a default name has no place in the file, so its errors point at the entry. */
export function compileName(
  source: string,
  decoded: Located & { readonly name: SourceText | undefined },
  compiler: EntryCompiler,
): CompiledTemplate {
  const name =
    decoded.name === undefined ? compiler.borrowed(source, decoded.node.position) : compiler.text(decoded.name);
  if (name === undefined) throw new Error(`the default name "${source}" is no template`);
  return name;
}

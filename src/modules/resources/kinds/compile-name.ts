import { type SourceText } from '../../common';
import { type CompiledTemplate } from '../../expression';
import { type Located } from '../../schema';
import { type EntryCompiler } from '../parts/common-entry';
import { NAME_FORMS } from '../parts/name-forms';
import { type KindFacts } from '../resource-kind';

/** The name template of an entry; a default name has no place in the file, so its errors point at the entry. */
export function compileName(
  source: string,
  decoded: Located & { readonly name: SourceText | undefined },
  compiler: EntryCompiler,
  form: KindFacts['nameForm'],
): CompiledTemplate {
  const name =
    decoded.name === undefined
      ? compiler.borrowed(source, decoded.node.position)
      : compiler.text(decoded.name, NAME_FORMS[form]);
  if (name === undefined) throw new Error(`the default name "${source}" is no template`);
  return name;
}

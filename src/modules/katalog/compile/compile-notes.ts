// The notes of all documents of a load, as one set: files that run together are one Katalog.
import { dirname, resolve } from 'node:path';
import { OrkestraError, type ProblemList, type SourceNode } from '../../common';
import {
  CODE_NOTE,
  CODE_NOTE_UNUSED,
  compileUserNotes,
  type FunctionRegistry,
  type UserNoteFields,
  type UserNote,
  type UserNotes,
} from '../../expression';
import { includedNotesField } from '../model/notes.fields';
import { type LoadedDocument } from '../source/load-document';
import { parseYamlDocuments } from '../source/parse-yaml';
import { readTextFile } from '../source/read-files';

/** Every mistake goes to the problems; a note that nothing calls is a warning, unless it comes from a shared file. */
export function compileNotes(
  documents: readonly LoadedDocument[],
  problems: ProblemList,
  base: FunctionRegistry | undefined,
): UserNotes {
  const declared = documents.flatMap((document) => declaredIn(document, problems));
  const compiled = compileUserNotes(declared, problems, base);
  const files = new Set(documents.map(({ file }) => file));
  const used = usedNotes(documents, compiled.notes);
  for (const { name, position } of compiled.notes) {
    if (used.has(name) || !files.has(position.file)) continue;
    const message = `nothing calls the note "${name}"`;
    problems.add({ severity: 'warning', code: CODE_NOTE_UNUSED, message, position, path: 'notes.functions' });
  }
  return compiled;
}

function declaredIn({ katalog, file }: LoadedDocument, problems: ProblemList): readonly UserNoteFields[] {
  const { include, functions = [] } = katalog.notes ?? {};
  if (include === undefined) return functions;
  const { position, path } = include.node;
  const report = (message: string): readonly UserNoteFields[] => {
    problems.add({ severity: 'error', code: CODE_NOTE, message: `include: ${message}`, position, path });
    return functions;
  };
  try {
    const included = resolve(dirname(file), include.text);
    const [root, ...more] = parseYamlDocuments(readTextFile(included), included, problems);
    if (root === undefined || more.length > 0) return report(`${include.text}: expected one document with "functions"`);
    return [...(includedNotesField.decode(root, { problems })?.functions ?? []), ...functions];
  } catch (error) {
    if (error instanceof OrkestraError) return report(error.message);
    throw error;
  }
}

/** Names that a template outside of `notes` mentions, and what those call; disabled CRDs count. */
function usedNotes(documents: readonly LoadedDocument[], notes: readonly UserNote[]): ReadonlySet<string> {
  if (notes.length === 0) return new Set();
  const templates = documents.flatMap(({ root }) =>
    [...root.entries.values()].filter(({ key }) => key !== 'notes').flatMap(({ value }) => templatesIn(value)),
  );
  const words = new Set(templates.flatMap((text) => text.match(/(?<![\w.$])[A-Za-z_]\w*/g) ?? []));
  const byName = new Map(notes.map((note) => [note.name, note]));
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    byName.get(name)?.calls.forEach(use);
  };
  for (const { name } of notes) if (words.has(name)) use(name);
  return used;
}

function templatesIn(node: SourceNode): readonly string[] {
  if (node.kind === 'scalar') return node.text.includes('{{') ? [node.text] : [];
  if (node.kind === 'list') return node.items.flatMap(templatesIn);
  return [...node.entries.values()].flatMap(({ value }) => templatesIn(value));
}

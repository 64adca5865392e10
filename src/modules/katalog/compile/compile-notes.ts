// The notes of a Katalog: what its templates may call beside the built-in functions.
import { type MapNode, type ProblemList, type SourceNode } from '../../common';
import {
  CODE_NOTE_UNUSED,
  compileUserNotes,
  type FunctionRegistry,
  type UserNote,
  type UserNotes,
} from '../../expression';
import { type KatalogFile } from '../model/katalog.fields';

/** Every mistake goes to the problems; a note that nothing calls is a warning, unless it comes from a shared file. */
export function compileNotes(root: MapNode, katalog: KatalogFile, context: NotesContext): UserNotes {
  const { problems } = context;
  const compiled = compileUserNotes(katalog.notes?.functions ?? [], problems, context.functions);
  const used = usedNotes(root, compiled.notes);
  for (const { name, position } of compiled.notes) {
    if (used.has(name) || position.usedAt !== undefined) continue;
    const message = `nothing calls the note "${name}"`;
    problems.add({ severity: 'warning', code: CODE_NOTE_UNUSED, message, position, path: 'notes.functions' });
  }
  return compiled;
}

export interface NotesContext {
  readonly problems: ProblemList;
  /** What the notes may call; default: every built-in function. */
  readonly functions: FunctionRegistry | undefined;
}

/** Names that a template outside of `notes` mentions, and what those call; disabled CRDs count. */
function usedNotes(root: MapNode, notes: readonly UserNote[]): ReadonlySet<string> {
  if (notes.length === 0) return new Set();
  const templates = [...root.entries.values()]
    .filter(({ key }) => key !== 'notes')
    .flatMap(({ value }) => templatesIn(value));
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

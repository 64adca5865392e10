// `ork validate`: what the compiler says, in words.
import pc from 'picocolors';
import { formatDuration, formatProblem, gvkString, type Problem } from '../../modules/common';
import { type UserNote } from '../../modules/expression';
import { type CompiledCrd } from '../../modules/katalog';
import { compileHere } from '../katalog/compile-here';
import { oneLine } from '../katalog/note-entries';
import { count, RULE, SYMBOL } from '../render/symbols';

export interface ValidateOptions {
  /** Nothing but the notes. */
  readonly notesOnly?: boolean;
}

/** The text to print. Rejects with KatalogInvalidError with every problem. */
export async function validate(
  files: readonly string[],
  directory: string,
  { notesOnly = false }: ValidateOptions = {},
): Promise<string> {
  const { katalog, warnings, unrunnable } = await compileHere(files, directory);
  const notes = describeNotes(katalog.notes);
  if (notesOnly) return `${(notes.length === 0 ? ['no notes are declared'] : notes).join('\n')}\n`;
  const lines = [pc.bold('Validating Katalog...'), ''];
  const sorted = [...katalog.crds].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const crd of sorted) lines.push(...describeCrd(crd), '');
  if (notes.length > 0) lines.push(...notes, '');
  lines.push(RULE, `${SYMBOL.ok} ${count(sorted.length, 'CRD')} valid (${katalog.name})`);
  for (const warning of warnings) lines.push(`${SYMBOL.warning} ${formatProblem(warning)}`);
  lines.push(...describeUnrunnable(unrunnable));
  return `${lines.join('\n')}\n`;
}

/** Right as written, so no failure of the check; but a run would refuse it. */
function describeUnrunnable(unrunnable: readonly Problem[]): readonly string[] {
  if (unrunnable.length === 0) return [];
  return [
    '',
    pc.bold(`${count(unrunnable.length, 'part')} can't run with this version yet`),
    ...unrunnable.map((problem) => `    ${formatProblem(problem)}`),
  ];
}

function describeNotes(notes: readonly UserNote[]): readonly string[] {
  if (notes.length === 0) return [];
  const width = Math.max(...notes.map(({ name }) => name.length));
  return [
    pc.bold('Notes'),
    ...notes.map(({ name, description, expression }) => {
      const about = description === '' ? '' : pc.dim(`  # ${oneLine(description)}`);
      return `    ${name.padEnd(width)}  ${oneLine(expression)}${about}`;
    }),
  ];
}

function describeCrd(crd: CompiledCrd): readonly string[] {
  const { workers, resyncMs, onCreate, onReconcile, onDelete, status } = crd;
  const entries = (list: readonly { readonly facts: { readonly listKey: string } }[]): string => {
    const counts = new Map<string, number>();
    for (const { facts } of list) counts.set(facts.listKey, (counts.get(facts.listKey) ?? 0) + 1);
    return [...counts].map(([key, amount]) => `${amount} ${key}`).join(', ');
  };
  const blocks: readonly (readonly [string, string])[] = [
    ['onCreate', entries(onCreate.entries)],
    ['onReconcile', entries(onReconcile.entries)],
    ['onDelete', entries((onDelete?.stages ?? []).flatMap((stage) => stage.entries))],
    ['status', [...new Set(status.fields.map(({ path }) => path.join('.')))].join(', ')],
    ['dependsOn', crd.dependsOn.map(({ name, condition }) => `${name} (${condition})`).join(', ')],
  ];
  return [
    `${SYMBOL.healthy} ${pc.bold(crd.name)}`,
    `    ${gvkString(crd.gvk)}  workers: ${workers.value}  resync: ${formatDuration(resyncMs.value)}`,
    ...blocks.filter(([, text]) => text !== '').map(([name, text]) => `    ${name}: ${text}`),
  ];
}

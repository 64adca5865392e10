// `ork notes`: the catalogue of template functions, on the screen; with -f the notes of a Katalog stand in it, too.
import pc from 'picocolors';
import { didYouMean } from '../../modules/common';
import { compileHere } from '../katalog/compile-here';
import { RULE } from '../render/symbols';
import { type NoteEntry, noteEntries } from '../katalog/note-entries';

export interface NotesRequest {
  /** `search`, `show`, `domains`; the list when it is missing. */
  readonly action: string | undefined;
  readonly word: string | undefined;
  readonly domain: string | undefined;
  /** Katalogs whose notes are listed, too. */
  readonly files: readonly string[];
  readonly directory: string;
}

const ACTIONS = ['search', 'show', 'domains'] as const;

/**
 * The text to print. Rejects for an unknown action, domain or name, with the nearest one, and for a Katalog with
 * mistakes.
 */
export async function notes({ action, word, domain, files, directory }: NotesRequest): Promise<string> {
  const declared = files.length === 0 ? [] : (await compileHere(files, directory)).katalog.notes;
  const all = noteEntries(declared, directory);
  const listed = ofDomain(all, domain);
  switch (action) {
    case undefined:
      return table(listed);
    case 'domains':
      if (word !== undefined) throw new Error(`unexpected argument "${word}"`);
      return domains(listed);
    case 'search':
      return search(listed, wordOf('search <word>', word));
    case 'show':
      return card(named(all, wordOf('show <name>', word)));
    default:
      throw new Error(
        `unknown action "${action}"${didYouMean(action, ACTIONS)}; expected one of ${ACTIONS.join(', ')}`,
      );
  }
}

function wordOf(usage: string, word: string | undefined): string {
  if (word === undefined || word.trim() === '') throw new Error(`ork notes ${usage}: the argument is missing`);
  return word;
}

function ofDomain(all: readonly NoteEntry[], domain: string | undefined): readonly NoteEntry[] {
  if (domain === undefined) return all;
  const names = [...new Set(all.map((note) => note.domain))];
  if (!names.includes(domain)) {
    throw new Error(`no domain "${domain}"${didYouMean(domain, names)}; see ork notes domains`);
  }
  return all.filter((note) => note.domain === domain);
}

function named(all: readonly NoteEntry[], name: string): NoteEntry {
  const note = all.find((entry) => entry.name === name);
  if (note !== undefined) return note;
  const nearest = didYouMean(
    name,
    all.map((entry) => entry.name),
  );
  throw new Error(`no function "${name}"${nearest}; see ork notes search <word>`);
}

/** Columns as wide as their widest cell; the last one as it is. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ');
  return `${rows.map((row, index) => (index === 0 ? pc.bold(line(row)) : line(row))).join('\n')}\n`;
}

function table(found: readonly NoteEntry[]): string {
  return columns([['DOMAIN', 'NAME', 'DESCRIPTION'], ...found.map(({ domain, name, doc }) => [domain, name, doc])]);
}

function domains(found: readonly NoteEntry[]): string {
  const counts = new Map<string, number>();
  for (const { domain } of found) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  return columns([['DOMAIN', 'FUNCTIONS'], ...[...counts].map(([domain, amount]) => [domain, String(amount)])]);
}

function search(found: readonly NoteEntry[], word: string): string {
  const wanted = word.toLowerCase();
  const matching = found.filter(({ name, doc, template }) =>
    [name, doc, template].some((text) => text.toLowerCase().includes(wanted)),
  );
  return matching.length === 0 ? `no function has "${word}" in its name, description or example\n` : table(matching);
}

function card({ signature, card: rows }: NoteEntry): string {
  const lines = rows
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `  ${`${title}:`.padEnd(13)}${text.replaceAll('\n', `\n${' '.repeat(15)}`)}`);
  return `${[RULE, `  ${pc.bold(signature)}`, RULE, ...lines, RULE].join('\n')}\n`;
}

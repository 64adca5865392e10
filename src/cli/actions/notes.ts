// `ork notes`: the catalogue of template functions, on the screen.
import pc from 'picocolors';
import { didYouMean } from '../../modules/common';
import { builtinFunctions, noteSignature, type NoteSpec } from '../../modules/expression';
import { RULE } from '../render/symbols';

export interface NotesRequest {
  /** `search`, `show`, `domains`; the list when it is missing. */
  readonly action: string | undefined;
  readonly word: string | undefined;
  readonly domain: string | undefined;
}

const ACTIONS = ['search', 'show', 'domains'] as const;

/** The text to print. Throws for an unknown action, domain or name, with the nearest one. */
export function notes({ action, word, domain }: NotesRequest): string {
  const listed = ofDomain(domain);
  switch (action) {
    case undefined:
      return table(listed);
    case 'domains':
      if (word !== undefined) throw new Error(`unexpected argument "${word}"`);
      return domains(listed);
    case 'search':
      return search(listed, wordOf('search <word>', word));
    case 'show':
      return card(named(wordOf('show <name>', word)));
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

function all(): readonly NoteSpec[] {
  return builtinFunctions.all();
}

function ofDomain(domain: string | undefined): readonly NoteSpec[] {
  if (domain === undefined) return all();
  const names = [...new Set(all().map((note) => note.domain))];
  if (!names.includes(domain)) {
    throw new Error(`no domain "${domain}"${didYouMean(domain, names)}; see ork notes domains`);
  }
  return all().filter((note) => note.domain === domain);
}

function named(name: string): NoteSpec {
  const note = builtinFunctions.get(name);
  if (note === undefined) {
    throw new Error(`no function "${name}"${didYouMean(name, builtinFunctions.names())}; see ork notes search <word>`);
  }
  return note;
}

/** Columns as wide as their widest cell; the last one as it is. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ');
  return `${rows.map((row, index) => (index === 0 ? pc.bold(line(row)) : line(row))).join('\n')}\n`;
}

function table(found: readonly NoteSpec[]): string {
  return columns([['DOMAIN', 'NAME', 'DESCRIPTION'], ...found.map(({ domain, name, doc }) => [domain, name, doc])]);
}

function domains(found: readonly NoteSpec[]): string {
  const counts = new Map<string, number>();
  for (const { domain } of found) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  return columns([['DOMAIN', 'FUNCTIONS'], ...[...counts].map(([domain, amount]) => [domain, String(amount)])]);
}

function search(found: readonly NoteSpec[], word: string): string {
  const wanted = word.toLowerCase();
  const matching = found.filter(({ name, doc, example }) =>
    [name, doc, example].some((text) => text.toLowerCase().includes(wanted)),
  );
  return matching.length === 0 ? `no function has "${word}" in its name, description or example\n` : table(matching);
}

function card(note: NoteSpec): string {
  const { domain, doc, example, card: facts, purity = 'pure' } = note;
  const data = JSON.stringify(facts?.data ?? {}, null, 2);
  const rows: readonly (readonly [string, string])[] = [
    ['Domain', `${domain}${facts === undefined ? '' : `, since ${facts.since}`}`],
    ['Description', doc],
    ['Example', example],
    ['Prints', (facts?.output ?? '').trimEnd()],
    ['Data', data === '{}' ? '' : data.replaceAll('\n', `\n${' '.repeat(15)}`)],
    ['Depends on', { pure: '', clock: 'the time', random: 'randomness; for entries with once: true' }[purity]],
  ];
  const lines = rows.filter(([, text]) => text !== '').map(([title, text]) => `  ${`${title}:`.padEnd(13)}${text}`);
  return `${[RULE, `  ${pc.bold(noteSignature(note))}`, RULE, ...lines, RULE].join('\n')}\n`;
}

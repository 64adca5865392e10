// What `ork notes` knows of a function, built in or declared by a Katalog.
import { formatPosition } from '../../modules/common';
import { builtinFunctions, noteSignature, type NoteSpec, type UserNote } from '../../modules/expression';
import { shortPath } from '../render/short-path';

export interface NoteEntry {
  readonly name: string;
  readonly domain: string;
  readonly signature: string;
  readonly doc: string;
  /** What is searched beside name and description: the example, or the expression of a note of the Katalog. */
  readonly template: string;
  /** Titles and texts of the card; empty texts are left out. */
  readonly card: readonly (readonly [title: string, text: string])[];
}

export const USER_DOMAIN = 'user';

/** The built-in functions, then the notes of the Katalog. */
export function noteEntries(notes: readonly UserNote[], directory: string): readonly NoteEntry[] {
  return [...builtinFunctions.all().map(builtinEntry), ...notes.map((note) => userEntry(note, directory))];
}

const DEPENDS_ON = { pure: '', clock: 'the time', random: 'randomness; for entries with once: true' } as const;

function builtinEntry(note: NoteSpec): NoteEntry {
  const { name, domain, doc, example, card: facts, purity = 'pure' } = note;
  const data = JSON.stringify(facts?.data ?? {}, null, 2);
  const card = [
    ['Domain', `${domain}${facts === undefined ? '' : `, since ${facts.since}`}`],
    ['Description', doc],
    ['Example', example],
    ['Prints', (facts?.output ?? '').trimEnd()],
    ['Data', data === '{}' ? '' : data],
    ['Depends on', DEPENDS_ON[purity]],
  ] as const;
  return { name, domain, signature: noteSignature(note), doc, template: example, card };
}

function userEntry({ name, expression, description, position, purity, calls }: UserNote, directory: string): NoteEntry {
  const place = formatPosition({ ...position, file: shortPath(position.file, directory) });
  const card = [
    ['Domain', `${USER_DOMAIN}, declared at ${place}`],
    ['Description', description],
    ['Expression', expression.trim()],
    ['Calls', calls.join(', ')],
    ['Depends on', DEPENDS_ON[purity]],
  ] as const;
  const doc = description === '' ? oneLine(expression) : description;
  return { name, domain: USER_DOMAIN, signature: `${name}() any`, doc, template: expression, card };
}

const WIDTH = 80;

/** A template on one line, cut where the screen ends. */
export function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

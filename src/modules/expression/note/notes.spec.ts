// Every function of the catalogue is what its card says: its example runs and prints what is written there.
import { ManualClock } from '../../common';
import { compileTemplate } from '../template/compile';
import { builtinFunctions, type NoteCard } from '.';
import { notesOf } from './notes-of';

const NOW = '2026-03-04T10:30:15Z';
/** `call` has none: no data makes it succeed. */
const catalogue = builtinFunctions.all().filter(({ name }) => name !== 'call');

describe('the catalogue of notes', () => {
  it.each(catalogue.map((note) => [note.name, note.example, note.card as NoteCard] as const))(
    '%s prints what %s promises',
    (_name, example, { output, data }) => {
      const context = { clock: new ManualClock(Date.parse(NOW)), random: { next: () => 0.5 } };
      expect(compileTemplate(example).execute(data, context)).toBe(output);
    },
  );

  it.each(catalogue.map((note) => [note.name, note] as const))('%s is described', (name, note) => {
    expect(note.example).toContain(name);
    expect(note.doc).toMatch(/^.{10,}[.]$|^.{2,}\.$/);
    expect(note.card?.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(note.card?.names).toHaveLength(note.params.length);
  });

  it('refuses a malformed signature', () => {
    expect(() => notesOf('test').note('broken(text) string', 'x', ['', ''], () => '')).toThrow('malformed signature');
    expect(() => notesOf('test').note('broken(text sting) string', 'x', ['', ''], () => '')).toThrow('malformed');
  });
});

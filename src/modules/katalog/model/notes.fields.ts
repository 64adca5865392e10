// notes: docs/reference/katalog.md, notes.
import { userNoteList } from '../../expression';
import { literal, object, optional, required } from '../../schema';

export const notesField = object('notes', {
  include: optional(literal, 'A file beside this one with further "functions"; they come first.'),
  functions: optional(userNoteList, 'Functions that every template of the Katalog may call.'),
});

/** The file that `include` names. */
export const includedNotesField = object('included notes', {
  functions: required(userNoteList, 'The notes.'),
});

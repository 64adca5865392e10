// notes: docs/reference/katalog.md, notes.
import { userNoteList } from '../../expression';
import { object, optional } from '../../schema';
import { include } from './include';

export const notesField = object('notes', {
  include: include('functions'),
  functions: optional(userNoteList, 'Functions that every template of the Katalog may call.'),
});

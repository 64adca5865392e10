import { builtinNotes } from './builtin.notes';
import { comparisonNotes } from './comparison.notes';
import { conditionalNotes } from './conditional.notes';
import { FunctionRegistry } from './registry';
import { stringNotes } from './string.notes';
import { typeNotes } from './type.notes';

export { FunctionRegistry, NoteFailure, type NoteSpec } from './registry';

/** Every function that a template may call; later lists win on a name clash (the note `len` over the built-in). */
export const builtinFunctions = new FunctionRegistry([
  ...builtinNotes,
  ...comparisonNotes,
  ...conditionalNotes,
  ...stringNotes,
  ...typeNotes,
]);

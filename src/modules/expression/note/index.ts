import { collectionNotes } from './collection/collection.notes';
import { randomNotes } from './collection/random.notes';
import { safeAccessNotes } from './collection/safe-access.notes';
import { fieldNotes, objectNotes } from './kubernetes/object.notes';
import { quantityNotes } from './kubernetes/quantity.notes';
import { builtinNotes } from './language/builtin.notes';
import { comparisonNotes } from './language/comparison.notes';
import { domainNotes, netNotes } from './network/network.notes';
import { FunctionRegistry } from './registry';
import { dataNotes } from './text/data.notes';
import { stringNotes } from './text/string.notes';
import { coercionNotes } from './values/coercion.notes';
import { conditionalNotes } from './values/conditional.notes';
import { mathNotes } from './values/math.notes';
import { typeNotes } from './values/type.notes';
import { versionNotes } from './version/version.notes';

export { FunctionRegistry, type NoteCard, NoteFailure, type NoteSpec } from './registry';

/** Every function that a template may call; later lists win on a name clash (the note `len` over the built-in). */
export const builtinFunctions = new FunctionRegistry([
  ...builtinNotes,
  ...comparisonNotes,
  ...stringNotes,
  ...conditionalNotes,
  ...safeAccessNotes,
  ...collectionNotes,
  ...dataNotes,
  ...typeNotes,
  ...coercionNotes,
  ...mathNotes,
  ...randomNotes,
  ...quantityNotes,
  ...netNotes,
  ...domainNotes,
  ...versionNotes,
  ...objectNotes,
  ...fieldNotes,
]);

// What an onDelete entry may say: which objects are meant. They are found by the entry id (engine contract §3.4), which
// comes of `id`, or of name and namespace as written; everything else would do nothing there.
import { type Field, ineffective, object, type Property } from '../../schema';
import { type CommonEntryFields, type EntryKind } from '../resource-kind';

const IDENTITY_KEYS: readonly string[] = ['id', 'name', 'namespace'];
/** Why everything else does nothing. */
export const NAMES_ONLY =
  'an entry of onDelete only names what is deleted, by "id", or by "name" and "namespace" as written';

/** The entry of a kind inside onDelete: its identity; all other fields are warnings. */
export function deletionEntry({ entry, deletion }: EntryKind): Field<CommonEntryFields> {
  if (deletion !== undefined) return deletion;
  const properties = entry.shape?.kind === 'object' ? entry.shape.properties : {};
  const kept = Object.entries(properties).map(([key, property]): [string, Property<unknown>] => [
    key,
    IDENTITY_KEYS.includes(key) ? property : ineffective(NAMES_ONLY),
  ]);
  return object(entry.typeName, Object.fromEntries(kept)) as unknown as Field<CommonEntryFields>;
}

import { type JsonObject, valueAt } from '../../common';
import { type CompiledEntry } from '../../resources';

/** The data of each item of a forEach over a list, as the reconciler makes it; the data itself without forEach. */
export function itemsOfSpec({ forEach }: CompiledEntry, data: JsonObject): readonly JsonObject[] {
  if (forEach === undefined) return [data];
  const items = valueAt(data, forEach.field);
  if (!Array.isArray(items)) return [];
  return (items as readonly string[]).map((item, index) => ({ ...data, item, index, [forEach.as]: item }));
}

// Objects of the classic implementation: their fields belong to manager `orkestra-runtime`. The entries are merged into
// an Apply entry of ours once, so that a field that leaves the Katalog leaves the object (client-go's csaupgrade does
// the same for kubectl).
import { FIELD_MANAGER, isJsonObject, type JsonArray, type JsonObject, type MutableJsonObject } from '../../common';
import { type KubeObject, type ManagedFieldsEntry } from '../../kube';

/** JSON patch on metadata.managedFields, guarded by the version; undefined when there is nothing to merge. */
export function mergeClassicManager(object: KubeObject, apiVersion: string): JsonArray | undefined {
  const entries = object.metadata.managedFields ?? [];
  const isMerged = ({ manager, subresource }: ManagedFieldsEntry): boolean =>
    manager === FIELD_MANAGER.classic && (subresource ?? '') === '';
  const isOurs = ({ manager, operation, subresource }: ManagedFieldsEntry): boolean =>
    manager === FIELD_MANAGER.children && operation === 'Apply' && (subresource ?? '') === '';
  const merged = entries.filter(isMerged);
  if (merged.length === 0) return undefined;
  const fields = [...entries.filter(isOurs), ...merged].reduce<JsonObject>(
    (union, { fieldsV1 }) => unite(union, fieldsV1 ?? {}),
    {},
  );
  const ours: ManagedFieldsEntry = {
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    manager: FIELD_MANAGER.children,
    operation: 'Apply',
    time: merged[0]?.['time'],
  };
  const rest = entries.filter((entry) => !isMerged(entry) && !isOurs(entry));
  return [
    { op: 'replace', path: '/metadata/managedFields', value: [...rest, ours] },
    { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion ?? '' },
  ];
}

/** Union of two FieldsV1 sets: maps of maps. */
function unite(a: JsonObject, b: JsonObject): JsonObject {
  const result: MutableJsonObject = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = result[key];
    result[key] = isJsonObject(known) && isJsonObject(value) ? unite(known, value) : value;
  }
  return result;
}

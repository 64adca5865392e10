// Objects of the classic implementation: their fields belong to manager `orkestra-runtime`. The entries are merged into
// an Apply entry of ours once, so that a field that leaves the Katalog leaves the object (client-go's csaupgrade does
// the same for kubectl).
import { FIELD_MANAGER, type JsonArray } from '../../common';
import { type KubeObject, type ManagedFieldsEntry } from '../../kube';
import { fieldSetOf, fieldsV1Of } from '../../schema';

/** JSON patch on metadata.managedFields, guarded by the version; undefined when there is nothing to merge. */
export function mergeClassicManager(object: KubeObject, apiVersion: string): JsonArray | undefined {
  const entries = object.metadata.managedFields ?? [];
  const isMerged = ({ manager, subresource }: ManagedFieldsEntry): boolean =>
    manager === FIELD_MANAGER.classic && (subresource ?? '') === '';
  const isOurs = ({ manager, operation, subresource }: ManagedFieldsEntry): boolean =>
    manager === FIELD_MANAGER.children && operation === 'Apply' && (subresource ?? '') === '';
  const merged = entries.filter(isMerged);
  if (merged.length === 0) return undefined;
  const sets = [...entries.filter(isOurs), ...merged].map(({ fieldsV1 }) => fieldSetOf(fieldsV1));
  const ours: ManagedFieldsEntry = {
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsV1Of(sets.reduce((union, set) => union.union(set))),
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

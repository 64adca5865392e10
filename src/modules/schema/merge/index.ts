/**
 * Server-side apply and the other patches over a TypeSchema, as the API server does them. Pure: objects in, objects out.
 */
export { extractItems, removeItems, toFieldSet } from './owned-fields';
export { type Changes, compareObjects } from './compare-objects';
export { FieldSet } from './field-set';
export { fieldSetOf, fieldsV1Of } from './fields-v1';
export {
  applyConfiguration,
  keepTimesOfUnchanged,
  type ManagedApply,
  type ManagedWrite,
  updateManagedFields,
} from './managed-fields';
export type { ManagedType } from './managed-type';
export { goPrinted, goType } from './go-text';
export { managerOf } from './manager-name';
export { PatchRefused, type RefusalCause, TypeMismatch } from './merge.errors';
export { mergeObjects } from './merge-objects';
export { fieldPath, type FieldPath, type PathElement, printPath } from './path-element';
export { applyJsonPatch } from './patches/json-patch';
export { applyMergePatch } from './patches/merge-patch';
export { applyStrategicPatch } from './patches/strategic-patch';
export { fromScaleEntries, type ReplicasPaths, toScaleEntries } from './scale-entries';
export { type Shape, shapeOf } from './shape';

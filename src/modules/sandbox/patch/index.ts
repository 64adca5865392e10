export { applyObject } from './apply-object';
export { CUSTOM_PATCH_TYPES, patchObject, type PatchOperation } from './patch-object';

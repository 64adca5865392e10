export { applyObject, type ApplyRequest } from './apply-object';
export { patchObject, type PatchOperation } from './patch-object';

export { applyObject, patchObject, type PatchOperation } from './patch-object';

/**
 * L1: what a document may look like. `fields/` describes the Katalog language; `structural/`, `cel/` and
 * `decoding/` know what Kubernetes takes, `openapi/` the built-in kinds, `merge/` how objects are patched.
 */
export * from './causes';
export * from './cel';
export * from './decoding';
export { parseIp } from './net-text/ip-address';
export * from './fields';
export * from './merge';
export * from './openapi';
export type { CompareHints } from './structural/compare-hints';
export { compileComparison, type Comparison, type Difference } from './structural/compare';
export type { FieldCause, ListType, TypeSchema } from './types/type-schema';
export { compileStructuralPart, compileStructuralSchema } from './structural/compile';
export { crdSchemaCauses, type CrdSchemaOptions } from './structural/crd-schema/crd-schema';
export { GO_SCHEMA } from './structural/crd-schema/go-schema';
export { applyDefaults } from './structural/defaults';
export { settleEmbedded } from './structural/embedded-metadata';
export { prune, type Pruned, pruneBySchema, unknownFields } from './structural/prune';
export { type MetadataCheck, validateEmbedded } from './structural/validate/embedded';
export { validateLists } from './structural/validate/list-types';
export { patternOf } from './structural/validate/patterns';
export { validateValue, type ValueOptions } from './structural/validate/value';

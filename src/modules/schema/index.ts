/**
 * L1: what a document may look like. `fields/` describes the Katalog language; `structural/` knows how Kubernetes
 * compares, merges and prunes objects.
 */
export * from './fields';
export * from './merge';
export * from './openapi';
export type { CompareHints } from './structural/compare-hints';
export { compileComparison, type Comparison, type Difference } from './structural/compare';
export type { FieldCause, ListType, TypeSchema } from './types/type-schema';
export { type Pruned, pruneBySchema } from './structural/prune';

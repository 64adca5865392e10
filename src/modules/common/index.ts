/**
 * L0: the vocabulary that every module shares. No Nest, no I/O (but node:crypto for hashes, and where files that ship
 * are), no dependency.
 */
export * from './clock';
export * from './duration';
export * from './errors';
export * from './go-text';
export * from './ids';
export * from './json';
export * from './labels';
export * from './network';
export * from './quantity';
export { shippedFile } from './shipped-file';
export * from './source';
export { VERSION } from './version';

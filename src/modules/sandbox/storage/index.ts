export { ObjectStore, type ObjectStoreOptions } from './object-store';
export { compareKeys, type ObjectEntry, pathOf } from './resource-table';
export { type ResourceLog } from './resource-log';
export type { StorageKey, StoredChange, StoredEvent } from './storage.types';

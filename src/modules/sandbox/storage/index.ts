export { ObjectStore } from './object-store';
export { compareKeys, type ObjectEntry, pathOf } from './resource-table';
export { type ResourceLog } from './resource-log';
export type { StoredChange, StoredEvent } from './storage.types';

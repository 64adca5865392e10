// metadata.managedFields, decoded: who owns which fields, and since when.
import {
  compareGoText,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
} from '../../common';
import { fieldSetOf, fieldsV1Of } from './fields-v1';
import { type FieldSet } from './field-set';

export type Operation = 'Apply' | 'Update';

/** One entry. Manager, operation, version (of an Update only) and subresource tell entries apart. */
export interface ManagedEntry {
  readonly manager: string;
  readonly operation: Operation;
  readonly apiVersion: string;
  readonly subresource: string;
  /** RFC 3339; undefined for an entry that never got one. */
  readonly time: string | undefined;
  readonly set: FieldSet;
}

/** By identity, see `identityOf`. */
export type ManagedEntries = Map<string, ManagedEntry>;

export type EntryIdentity = Pick<ManagedEntry, 'manager' | 'operation' | 'apiVersion' | 'subresource'>;

/** An applier keeps its entry when it changes the version. */
export function identityOf(entry: EntryIdentity): string {
  const { manager, operation, apiVersion, subresource } = entry;
  return JSON.stringify({
    ...(manager === '' ? {} : { manager }),
    operation,
    ...(operation === 'Apply' ? {} : { apiVersion }),
    ...(subresource === '' ? {} : { subresource }),
  });
}

/**
 * Entries of an object; undefined when a part of them can't be read.
 * @param value metadata.managedFields.
 */
export function decodeEntries(value: JsonValue | undefined): ManagedEntries | undefined {
  const entries: ManagedEntries = new Map();
  if (value === undefined || value === null) return entries;
  if (!isJsonArray(value)) return undefined;
  for (const item of value) {
    const entry = decodeEntry(item);
    if (entry === undefined) return undefined;
    entries.set(identityOf(entry), entry);
  }
  return entries;
}

function decodeEntry(item: JsonValue): ManagedEntry | undefined {
  if (!isJsonObject(item)) return undefined;
  const { operation, apiVersion, fieldsType } = item;
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (typeof apiVersion !== 'string' || apiVersion === '' || fieldsType !== 'FieldsV1') return undefined;
  try {
    return {
      manager: text(item['manager']),
      operation,
      apiVersion,
      subresource: text(item['subresource']),
      time: typeof item['time'] === 'string' ? item['time'] : undefined,
      set: fieldSetOf(item['fieldsV1']),
    };
  } catch {
    return undefined;
  }
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** As the server stores them: by operation, time, manager, version, subresource. Undefined when there are none. */
export function encodeEntries(entries: ManagedEntries): readonly JsonObject[] | undefined {
  if (entries.size === 0) return undefined;
  return [...entries.values()].sort(compareEntries).map(encodeEntry);
}

function encodeEntry(entry: ManagedEntry): JsonObject {
  const encoded: MutableJsonObject = {};
  if (entry.manager !== '') encoded['manager'] = entry.manager;
  encoded['operation'] = entry.operation;
  encoded['apiVersion'] = entry.apiVersion;
  if (entry.time !== undefined) encoded['time'] = entry.time;
  encoded['fieldsType'] = 'FieldsV1';
  encoded['fieldsV1'] = fieldsV1Of(entry.set);
  if (entry.subresource !== '') encoded['subresource'] = entry.subresource;
  return encoded;
}

function compareEntries(a: ManagedEntry, b: ManagedEntry): number {
  return (
    compareGoText(a.operation, b.operation) ||
    secondsOf(a.time) - secondsOf(b.time) ||
    compareGoText(a.manager, b.manager) ||
    compareGoText(a.apiVersion, b.apiVersion) ||
    compareGoText(a.subresource, b.subresource)
  );
}

/** Whole seconds since the epoch; 0 for none. */
export function secondsOf(time: string | undefined): number {
  const epochMs = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(epochMs) ? 0 : Math.floor(epochMs / 1000);
}

/** Written by a client to start anew: an empty list, or one empty entry. */
export function isReset(value: JsonValue | undefined): boolean {
  if (!isJsonArray(value)) return false;
  if (value.length === 0) return true;
  const [only] = value;
  return value.length === 1 && isJsonObject(only) && Object.keys(only).length === 0;
}

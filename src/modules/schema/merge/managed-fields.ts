// managedFields of a write: `updateManagedFields` for create, update and the patches that were merged already,
// `applyConfiguration` for server-side apply. Both are pure: the caller stores what they return.
import { isJsonObject, jsonEquals, type JsonArray, type JsonObject, type JsonValue, rfc3339 } from '../../common';
import { capUpdateEntries } from './cap-entries';
import { checkTypes } from './check-types';
import { conflictRefusal } from './conflict-message';
import { FieldSet } from './field-set';
import { allowedByLastApplied, withLastApplied } from './last-applied';
import {
  decodeEntries,
  encodeEntries,
  identityOf,
  isReset,
  type ManagedEntries,
  type ManagedEntry,
} from './managed-entries';
import { emptyObject, entriesOf, type ManagedType, NEVER_OWNED, withEntries, withoutEntries } from './managed-type';
import { PatchRefused, TypeMismatch } from './merge.errors';
import { Conflicts, ownAfterApply, ownAfterUpdate, type Writer } from './ownership';
import { shapeOf } from './shape';

export interface ManagedWrite {
  /** fieldManager of the request, or the default name of its client. */
  readonly manager: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

export interface ManagedApply extends ManagedWrite {
  readonly force: boolean;
}

/** Where the entry of the running write stands until it is merged with the one of its manager. */
const CURRENT = 'current-operation';

/**
 * The new object with its managedFields. On create call it after defaulting and before the server sets anything of its
 * own: nobody owns what the server sets.
 * @param live the stored object with its managedFields; undefined on create.
 * @param next what the client wants stored; managedFields in it replace the stored ones (main resource only), an empty
 *   list or one empty entry starts anew, and what can't be read is ignored.
 */
export function updateManagedFields(
  type: ManagedType,
  live: JsonObject | undefined,
  next: JsonObject,
  write: ManagedWrite,
): JsonObject {
  const entries = entriesOfUpdate(type, live, next);
  // An object that lives without managedFields is not tracked from its middle on.
  if (entries.size === 0 && live !== undefined) return withoutEntries(next);
  const before = live === undefined ? emptyObject(type) : withoutEntries(live);
  const after = withoutEntries(next);
  try {
    recordUpdate(type, { before, after }, entries, write);
  } catch (error) {
    if (error instanceof TypeMismatch) return after;
    throw error;
  }
  return withEntries(after, encodeEntries(entries));
}

function entriesOfUpdate(type: ManagedType, live: JsonObject | undefined, next: JsonObject): ManagedEntries {
  const stored = (): ManagedEntries =>
    (live === undefined ? undefined : decodeEntries(entriesOf(live))) ?? new Map<string, ManagedEntry>();
  if ((type.subresource ?? '') !== '') return stored();
  const sent = entriesOf(next);
  if (isReset(sent)) return new Map();
  const entries = decodeEntries(sent);
  return entries === undefined || entries.size === 0 ? stored() : entries;
}

/** Compares, gives the changed fields to the writer, and keeps the number of entries small. */
function recordUpdate(
  type: ManagedType,
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
  entries: ManagedEntries,
  { manager, nowMs }: ManagedWrite,
): void {
  const writer = writerOf(type, manager, 'Update');
  const schema = type.schemaOf(type.apiVersion);
  if (schema === undefined) return;
  checkTypes(after, shapeOf(schema), { allowsDuplicates: true });
  ownAfterUpdate(type, { live: before, next: after, writer, id: CURRENT }, entries);
  stripNeverOwned(entries, CURRENT);
  const current = entries.get(CURRENT);
  if (current !== undefined) {
    const id = identityOf(writer);
    const earlier = entries.get(id);
    const set = earlier === undefined ? current.set : current.set.union(earlier.set);
    entries.delete(CURRENT);
    entries.set(id, { ...writer, set, time: rfc3339(nowMs) });
  }
  capUpdateEntries(entries);
}

function writerOf(type: ManagedType, manager: string, operation: Writer['operation']): Writer {
  return {
    manager: manager === '' ? 'unknown' : manager,
    operation,
    apiVersion: type.apiVersion,
    subresource: type.subresource ?? '',
  };
}

function stripNeverOwned(entries: ManagedEntries, id: string): void {
  const entry = entries.get(id);
  if (entry === undefined) return;
  const set = entry.set.difference(NEVER_OWNED);
  if (set.isEmpty) entries.delete(id);
  else entries.set(id, { ...entry, set });
}

/**
 * Server-side apply: the live object with the configuration merged in, and the managedFields that follow.
 * Compare the result with the live object after defaulting (`keepTimesOfUnchanged`): an apply that changes nothing is
 * not stored.
 * @param live undefined when the apply creates the object.
 * @throws PatchRefused: conflicts (409), a configuration of another version or with managedFields (400), or one that
 *   does not fit the schema (500).
 */
export function applyConfiguration(
  type: ManagedType,
  live: JsonObject | undefined,
  config: JsonObject,
  write: ManagedApply,
): JsonObject {
  refuseWrongConfiguration(type, config);
  const entries = decodeEntries(live === undefined ? undefined : entriesOf(live));
  if (entries === undefined) {
    throw new PatchRefused(500, '', 'failed to decode managed fields: managedFields of the object are not readable');
  }
  const before = live === undefined ? emptyObject(type) : withoutEntries(live);
  if (entries.size === 0) adoptEarlierFields(type, before, entries, write);
  const after = applyOrForce(type, before, config, entries, write);
  const applied = withLastApplied(after, config, write.manager);
  return withEntries(applied, encodeEntries(entries));
}

function refuseWrongConfiguration(type: ManagedType, config: JsonObject): void {
  const { apiVersion, kind, metadata } = config;
  if (apiVersion !== type.apiVersion || kind !== type.kind) {
    throw new PatchRefused(400, 'BadRequest', `invalid object type: ${printType(apiVersion, kind)}`);
  }
  if (isJsonObject(metadata) && Object.hasOwn(metadata, 'managedFields') && metadata['managedFields'] !== null) {
    throw new PatchRefused(400, 'BadRequest', 'metadata.managedFields must be nil');
  }
}

function printType(apiVersion: JsonValue | undefined, kind: JsonValue | undefined): string {
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
  // The core group has no name.
  const group = text(apiVersion).includes('/') ? '' : '/';
  return `${group}${text(apiVersion)}, Kind=${text(kind)}`;
}

/** What was there before the first apply belongs to a manager of that name. */
function adoptEarlierFields(
  type: ManagedType,
  before: JsonObject,
  entries: ManagedEntries,
  { nowMs }: ManagedWrite,
): void {
  try {
    recordUpdate(type, { before: emptyObject(type), after: before }, entries, {
      manager: 'before-first-apply',
      nowMs,
    });
  } catch (error) {
    if (!(error instanceof TypeMismatch)) throw error;
    throw new PatchRefused(500, '', `failed to create manager for existing fields: ${error.message}`);
  }
}

function applyOrForce(
  type: ManagedType,
  before: JsonObject,
  config: JsonObject,
  entries: ManagedEntries,
  write: ManagedApply,
): JsonObject {
  try {
    return recordApply(type, before, config, entries, write);
  } catch (error) {
    if (!(error instanceof Conflicts)) throw error;
    const allowed = write.manager === 'kubectl' ? allowedByLastApplied(type, before) : FieldSet.EMPTY;
    const left = error.conflicts.filter(({ path }) => !allowed.has(path));
    if (left.length > 0) throw conflictRefusal(left);
    return recordApply(type, before, config, entries, { ...write, force: true });
  }
}

function recordApply(
  type: ManagedType,
  before: JsonObject,
  config: JsonObject,
  entries: ManagedEntries,
  { manager, force, nowMs }: ManagedApply,
): JsonObject {
  const writer = writerOf(type, manager, 'Apply');
  const id = identityOf(writer);
  // A refused apply leaves the entries as they were.
  const draft: ManagedEntries = new Map(entries);
  const after = mergedConfiguration(type, { live: before, config, writer, id, force }, draft);
  stripNeverOwned(draft, id);
  const own = draft.get(id);
  if (own !== undefined && after !== undefined) draft.set(id, { ...own, time: rfc3339(nowMs) });
  entries.clear();
  for (const [key, entry] of draft) entries.set(key, entry);
  return after ?? before;
}

function mergedConfiguration(
  type: ManagedType,
  write: Parameters<typeof ownAfterApply>[1],
  entries: ManagedEntries,
): JsonObject | undefined {
  const schema = type.schemaOf(type.apiVersion);
  if (schema === undefined) {
    throw new PatchRefused(500, '', `no corresponding type for ${printType(type.apiVersion, type.kind)}`);
  }
  const shape = shapeOf(schema);
  const name = nameOf(write.config);
  const kind = printType(type.apiVersion, type.kind);
  const refuse = (step: string, error: unknown): never => {
    if (!(error instanceof TypeMismatch)) throw error;
    throw new PatchRefused(500, '', `${step}: ${error.message}`);
  };
  try {
    checkTypes(write.config, shape);
  } catch (error) {
    refuse(`failed to create typed patch object (${name}; ${kind})`, error);
  }
  try {
    checkTypes(write.live, shape, { allowsDuplicates: true });
  } catch (error) {
    refuse(`failed to create typed live object (${name}; ${kind})`, error);
  }
  return ownAfterApply(type, write, entries);
}

function nameOf(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
  return `${text(metadata['namespace'])}/${text(metadata['name'])}`;
}

/**
 * The new object with the times of the stored one when nothing else differs: only then a write is a no-op.
 */
export function keepTimesOfUnchanged(next: JsonObject, live: JsonObject): JsonObject {
  const [now, old] = [entriesOf(next), entriesOf(live)];
  if (!Array.isArray(now) || !Array.isArray(old) || now.length !== old.length || now.length === 0) return next;
  if (!jsonEquals(withoutTimes(now as JsonArray), withoutTimes(old as JsonArray))) return next;
  return jsonEquals(withoutEntries(next), withoutEntries(live)) ? withEntries(next, old as JsonArray) : next;
}

function withoutTimes(entries: JsonArray): JsonArray {
  return entries.map((entry) => {
    if (!isJsonObject(entry)) return entry;
    const { time: _, ...rest } = entry;
    return rest;
  });
}

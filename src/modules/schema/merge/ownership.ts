// Ownership after a write: what a manager takes, what the others lose, what an applier gives up. One write works on
// entries by identity; versions of an object are compared in the version of each entry.
import { jsonEquals, type JsonObject } from '../../common';
import { checkTypes } from './check-types';
import { changesWithout, type Changes, compareObjects } from './compare-objects';
import { FieldSet } from './field-set';
import { type ManagedEntries, type ManagedEntry } from './managed-entries';
import { inVersion, type ManagedType } from './managed-type';
import { mergeObjects } from './merge-objects';
import { removeItems, toFieldSet } from './owned-fields';
import { type FieldPath } from './path-element';
import { reconcileWithSchema } from './reconcile-with-schema';
import { type Shape, shapeOf } from './shape';

/** A place that a configuration wants to change and another manager owns. */
export interface Conflict {
  readonly owner: ManagedEntry;
  readonly path: FieldPath;
}

/** An applied configuration wants to change what others own, and was not forced. */
export class Conflicts extends Error {
  constructor(readonly conflicts: readonly Conflict[]) {
    super(`${conflicts.length} conflicts`);
    this.name = 'Conflicts';
  }
}

/** The entry of the write, before it has a time. */
export type Writer = Omit<ManagedEntry, 'set' | 'time'>;

/**
 * Entries after `next` has been written over `live`; the entry of the writer, if there is one, stands under `id`.
 * @throws TypeMismatch when the object does not fit the version of an entry
 */
export function ownAfterUpdate(
  type: ManagedType,
  write: { readonly live: JsonObject; readonly next: JsonObject; readonly writer: Writer; readonly id: string },
  entries: ManagedEntries,
): void {
  reconcileEntries(type, entries);
  checkOtherVersions(type, write, entries);
  const changes = takeFromOthers(type, write, entries, true);
  const before = entries.get(write.id)?.set ?? FieldSet.EMPTY;
  const own = before.difference(changes.removed).union(changes.modified).union(changes.added);
  setOrDrop(entries, write.id, { ...write.writer, time: undefined, set: withoutReset(type, own) });
}

/**
 * The configuration merged into the live object, without what the applier owned before and nobody owns any more.
 * Undefined when nothing changed.
 * @throws Conflicts @throws TypeMismatch
 */
export function ownAfterApply(
  type: ManagedType,
  write: {
    readonly live: JsonObject;
    readonly config: JsonObject;
    readonly writer: Writer;
    readonly id: string;
    readonly force: boolean;
  },
  entries: ManagedEntries,
): JsonObject | undefined {
  reconcileEntries(type, entries);
  const { live, config, writer, id } = write;
  const shape = requiredShape(type, writer.apiVersion);
  const merged = mergeObjects(live, config, shape) as JsonObject;
  const last = entries.get(id);
  const time = last?.time;
  entries.set(id, { ...writer, time, set: withoutReset(type, toFieldSet(config, shape)) });
  const next = last === undefined || last.set.isEmpty ? merged : pruned(type, merged, entries, { last, writer });
  takeFromOthers(type, { live, next, writer, id }, entries, write.force);
  return jsonEquals(live, next) ? undefined : next;
}

/** Objects are compared in the version of each entry, without losing what that version does not know. */
function checkOtherVersions(
  type: ManagedType,
  { live, next, writer }: { readonly live: JsonObject; readonly next: JsonObject; readonly writer: Writer },
  entries: ManagedEntries,
): void {
  for (const apiVersion of new Set([...entries.values()].map((entry) => entry.apiVersion))) {
    if (apiVersion === writer.apiVersion) continue;
    const shape = requiredShape(type, apiVersion);
    for (const object of [live, next]) checkTypes(inVersion(object, apiVersion), shape, { allowsDuplicates: true });
  }
}

function withoutReset(type: ManagedType, set: FieldSet): FieldSet {
  return type.resetFields === undefined ? set : set.recursiveDifference(type.resetFields);
}

function setOrDrop(entries: ManagedEntries, id: string, entry: ManagedEntry): void {
  if (entry.set.isEmpty) entries.delete(id);
  else entries.set(id, entry);
}

function shapeIn(type: ManagedType, apiVersion: string): Shape | undefined {
  const schema = type.schemaOf(apiVersion);
  return schema === undefined ? undefined : shapeOf(schema);
}

function requiredShape(type: ManagedType, apiVersion: string): Shape {
  const shape = shapeIn(type, apiVersion);
  if (shape === undefined) throw new Error(`no schema of ${type.kind} in ${apiVersion}`);
  return shape;
}

/** Entries of versions that are gone are dropped; the others follow changes of the schema. */
function reconcileEntries(type: ManagedType, entries: ManagedEntries): void {
  for (const [id, entry] of entries) {
    const shape = shapeIn(type, entry.apiVersion);
    if (shape === undefined) entries.delete(id);
    else {
      const set = reconcileWithSchema(entry.set, shape);
      if (set !== entry.set) entries.set(id, { ...entry, set });
    }
  }
}

/** Takes changed and removed fields away from the other entries. Returns the changes in the version of the write. */
function takeFromOthers(
  type: ManagedType,
  write: { readonly live: JsonObject; readonly next: JsonObject; readonly writer: Writer; readonly id: string },
  entries: ManagedEntries,
  force: boolean,
): Changes {
  const versions = new Map<string, Changes>();
  const changesIn = (apiVersion: string): Changes => {
    let changes = versions.get(apiVersion);
    if (changes === undefined) {
      changes = changesOf(type, write, apiVersion);
      versions.set(apiVersion, changes);
    }
    return changes;
  };
  const conflicts: Conflict[] = [];
  const left = new Map<string, FieldSet>();
  for (const [id, entry] of entries) {
    if (id === write.id) continue;
    const { added, modified, removed } = changesIn(entry.apiVersion);
    const lost = entry.set.intersection(modified.union(added));
    for (const path of lost.paths()) conflicts.push({ owner: entry, path });
    left.set(id, entry.set.difference(lost).difference(removed));
  }
  if (!force && conflicts.length > 0) throw new Conflicts(conflicts);
  for (const [id, set] of left) setOrDrop(entries, id, { ...(entries.get(id) as ManagedEntry), set });
  for (const [id, entry] of entries) if (entry.set.isEmpty) entries.delete(id);
  return changesIn(write.writer.apiVersion);
}

function changesOf(
  type: ManagedType,
  { live, next }: { readonly live: JsonObject; readonly next: JsonObject },
  apiVersion: string,
): Changes {
  const shape = requiredShape(type, apiVersion);
  const changes = compareObjects(inVersion(live, apiVersion), inVersion(next, apiVersion), shape);
  return type.resetFields === undefined || apiVersion !== type.apiVersion
    ? changes
    : changesWithout(changes, type.resetFields);
}

/**
 * Takes out what the applier owned and does not name any more, unless another entry owns it. First everything that it
 * owned goes, then what anybody owns comes back, then what it never owned.
 */
function pruned(
  type: ManagedType,
  merged: JsonObject,
  entries: ManagedEntries,
  { last, writer }: { readonly last: ManagedEntry; readonly writer: Writer },
): JsonObject {
  const version = last.apiVersion;
  const shape = requiredShape(type, version);
  const lastSet = withNamedFields(last.set, shape);
  const whole = inVersion(merged, version);
  let left = removeItems(whole, lastSet, shape) as JsonObject;
  for (const [apiVersion, owned] of ownedByVersion(entries, version)) {
    left = withOwned(type, merged, left, { apiVersion, owned });
  }
  left = inVersion(left, version);
  const wholeSet = withNamedFields(toFieldSet(whole, shape), shape);
  const leftSet = withNamedFields(toFieldSet(left, shape), shape);
  const gone = wholeSet.difference(leftSet).intersection(lastSet);
  return inVersion(removeItems(whole, gone, shape) as JsonObject, writer.apiVersion);
}

/** The version of the last configuration first: what another conversion needs is there again then. */
function ownedByVersion(entries: ManagedEntries, first: string): ReadonlyMap<string, FieldSet> {
  const owned = new Map<string, FieldSet>();
  const versions = [...entries.values()].map(({ apiVersion }) => apiVersion);
  if (versions.includes(first)) owned.set(first, FieldSet.EMPTY);
  for (const { apiVersion, set } of entries.values()) {
    owned.set(apiVersion, (owned.get(apiVersion) ?? FieldSet.EMPTY).union(set));
  }
  return owned;
}

function withOwned(
  type: ManagedType,
  merged: JsonObject,
  left: JsonObject,
  { apiVersion, owned }: { readonly apiVersion: string; readonly owned: FieldSet },
): JsonObject {
  const shape = shapeIn(type, apiVersion);
  if (shape === undefined) return left;
  const whole = inVersion(merged, apiVersion);
  const all = withNamedFields(toFieldSet(whole, shape), shape);
  const kept = withNamedFields(toFieldSet(inVersion(left, apiVersion), shape), shape);
  return removeItems(whole, all.difference(kept.union(withNamedFields(owned, shape))), shape) as JsonObject;
}

/** With the named fields of structs on the way to each member: removing the last member removes them. */
function withNamedFields(set: FieldSet, shape: Shape | undefined): FieldSet {
  if (set.children.size === 0) return set;
  const members = new Map(set.members);
  const children = new Map<string, { readonly element: FieldPath[number]; readonly set: FieldSet }>();
  for (const [id, { element, set: below }] of set.children) {
    let belowShape: Shape | undefined;
    if (element.kind === 'field') {
      belowShape = shape?.map?.field(element.name);
      if (shape?.map?.hasNamed(element.name) === true) members.set(id, element);
    } else if (element.kind === 'key') belowShape = shape?.list?.items;
    children.set(id, { element, set: withNamedFields(below, belowShape) });
  }
  return new FieldSet(members, children);
}

// A Scale has managedFields of its own: those of the main resource, as far as they own its replicas. A write of the Scale
// takes that field away from the entries of the main resource, or gives it to one with the subresource `scale`.
import { type JsonValue } from '../../common';
import { FieldSet } from './field-set';
import { decodeEntries, encodeEntries, type ManagedEntries, type ManagedEntry } from './managed-entries';
import { fieldPath, type FieldPath } from './path-element';

const SCALE_VERSION = 'autoscaling/v1';
const REPLICAS_OF_SCALE = fieldPath('spec', 'replicas');

/** Where replicas stand in a version of the main resource; null: it has no scale; undefined: no such version. */
export type ReplicasPaths = (apiVersion: string) => FieldPath | null | undefined;

/** managedFields of the Scale, from those of the main resource. */
export function toScaleEntries(parent: JsonValue | undefined, paths: ReplicasPaths): JsonValue | undefined {
  const entries: ManagedEntries = new Map();
  for (const [id, entry] of decodeEntries(parent) ?? []) {
    const path = paths(entry.apiVersion);
    if (path === undefined || path === null || !entry.set.has(path)) continue;
    entries.set(id, { ...entry, apiVersion: SCALE_VERSION, set: FieldSet.of(REPLICAS_OF_SCALE) });
  }
  return encodeEntries(entries);
}

/**
 * managedFields of the main resource after its Scale was written. An entry that is new has no time, as on a real server.
 * @param apiVersion of the main resource, as it was addressed.
 */
export function fromScaleEntries(
  parent: JsonValue | undefined,
  scale: JsonValue | undefined,
  apiVersion: string,
  paths: ReplicasPaths,
): JsonValue | undefined {
  const before = decodeEntries(parent) ?? new Map<string, ManagedEntry>();
  const ofScale = decodeEntries(scale) ?? new Map<string, ManagedEntry>();
  const entries: ManagedEntries = new Map();
  for (const [id, entry] of before) {
    const path = paths(entry.apiVersion);
    if (path === undefined) continue;
    if (path === null || !entry.set.has(path)) entries.set(id, entry);
    // Only an applier is found again: the identity of an update has the version in it, and a Scale has another one.
    else if (ofScale.delete(id)) entries.set(id, entry);
    else {
      const set = entry.set.difference(FieldSet.of(path));
      if (!set.isEmpty) entries.set(id, { ...entry, set });
    }
  }
  const own = paths(apiVersion);
  for (const [id, entry] of ofScale) {
    if (own === undefined || own === null || !entry.set.has(REPLICAS_OF_SCALE)) continue;
    entries.set(id, { ...entry, apiVersion, set: FieldSet.of(own), time: before.get(id)?.time });
  }
  return encodeEntries(entries);
}

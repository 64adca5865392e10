// Reading and making metadata. Members of a new object stand in the order in which the real server writes built-in kinds:
// the transport of this product reads a version out of the text of a watch event without parsing it.
import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, type MutableJsonObject, scalarText } from '../../common';

const ORDER = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const;

export function metaOf(object: JsonObject): JsonObject {
  const metadata = object['metadata'];
  return isJsonObject(metadata) ? metadata : {};
}

export function textOf(object: JsonObject, member: string): string {
  return scalarText(metaOf(object)[member]);
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

export function finalizersOf(object: JsonObject): readonly string[] {
  return listOf(metaOf(object)['finalizers']).map(scalarText);
}

/** The metadata of a draft, made when it is missing. */
export function draftMeta(draft: MutableJsonObject): MutableJsonObject {
  if (!isJsonObject(draft['metadata'])) draft['metadata'] = {};
  return draft['metadata'];
}

/** The object with other members of metadata; undefined takes one away. Shares everything else. */
export function withMeta(object: JsonObject, members: JsonObject): JsonObject {
  return { ...object, metadata: orderedMeta({ ...metaOf(object), ...members }) };
}

/** kind, apiVersion and metadata first, metadata in order, nothing that is undefined. */
export function ordered(object: JsonObject): JsonObject {
  const { kind, apiVersion, metadata, ...rest } = object;
  return { kind, apiVersion, metadata: isJsonObject(metadata) ? orderedMeta(metadata) : metadata, ...rest };
}

function orderedMeta(metadata: JsonObject): JsonObject {
  const made: MutableJsonObject = {};
  for (const member of ORDER) {
    const value = metadata[member];
    if (value !== undefined && value !== null) made[member] = value;
  }
  for (const member in metadata) {
    const value = metadata[member];
    if (made[member] === undefined && value !== undefined && value !== null && member !== '__proto__') {
      made[member] = value;
    }
  }
  return made;
}

export function newUid(): string {
  return randomUUID();
}

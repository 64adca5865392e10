// The objects of one resource by namespace and name, listed in the order of etcd's keys.
import { type JsonObject } from '../../common';
import { ResourceLog } from './resource-log';
import { type StorageKey, type StoredEvent } from './storage.types';

export interface ObjectEntry extends StorageKey {
  readonly object: JsonObject;
}

interface Bucket {
  readonly objects: Map<string, JsonObject>;
  /** Names in order; undefined after one came or went. */
  names: readonly string[] | undefined;
}

export class ResourceTable {
  readonly log: ResourceLog;
  private readonly buckets = new Map<string, Bucket>();
  private namespaces: readonly string[] | undefined;
  private count = 0;

  constructor(historySize: number, revision: number) {
    this.log = new ResourceLog(historySize, revision);
  }

  get size(): number {
    return this.count;
  }

  get(namespace: string, name: string): JsonObject | undefined {
    return this.buckets.get(namespace)?.objects.get(name);
  }

  set({ namespace, name }: StorageKey, object: JsonObject): void {
    let bucket = this.buckets.get(namespace);
    if (bucket === undefined) {
      bucket = { objects: new Map(), names: [] };
      this.buckets.set(namespace, bucket);
      this.namespaces = undefined;
    }
    if (!bucket.objects.has(name)) {
      bucket.names = undefined;
      this.count++;
    }
    bucket.objects.set(name, object);
  }

  remove({ namespace, name }: StorageKey): void {
    const bucket = this.buckets.get(namespace);
    if (bucket?.objects.delete(name) !== true) return;
    bucket.names = undefined;
    this.count--;
    if (bucket.objects.size > 0) return;
    this.buckets.delete(namespace);
    this.namespaces = undefined;
  }

  /** In no order; of one namespace when it is given. */
  *values(namespace?: string): Iterable<JsonObject> {
    if (namespace !== undefined) {
      yield* this.buckets.get(namespace)?.objects.values() ?? [];
      return;
    }
    for (const bucket of this.buckets.values()) yield* bucket.objects.values();
  }

  /** In the order of their keys; of one namespace when it is given. */
  entries(namespace?: string): readonly ObjectEntry[] {
    const entries: ObjectEntry[] = [];
    for (const space of namespace === undefined ? this.sortedNamespaces() : [namespace]) {
      const bucket = this.buckets.get(space);
      if (bucket === undefined) continue;
      bucket.names ??= [...bucket.objects.keys()].sort(compareKeys);
      for (const name of bucket.names) {
        const object = bucket.objects.get(name);
        if (object !== undefined) entries.push({ namespace: space, name, object });
      }
    }
    return entries;
  }

  /** The same at an older revision; the log must cover it. */
  entriesAt(revision: number, namespace?: string): readonly ObjectEntry[] {
    const before = this.statesBefore(revision);
    if (before.size === 0) return this.entries(namespace);
    const entries = new Map(this.entries(namespace).map((entry) => [pathOf(entry), entry]));
    for (const [path, { key, object }] of before) {
      if (namespace !== undefined && key.namespace !== namespace) continue;
      if (object === undefined) entries.delete(path);
      else entries.set(path, { ...key, object });
    }
    return [...entries.values()].sort((a, b) => compareKeys(pathOf(a), pathOf(b)));
  }

  /** What each object that changed after the revision was at it. */
  private statesBefore(revision: number): ReadonlyMap<string, { key: StorageKey; object: JsonObject | undefined }> {
    const states = new Map<string, { key: StorageKey; object: JsonObject | undefined }>();
    for (let position = this.log.positionAfter(revision); position < this.log.end; position++) {
      const event = this.log.at(position);
      if (event === undefined) continue;
      const key = keyOfEvent(event);
      const path = pathOf(key);
      if (!states.has(path)) states.set(path, { key, object: event.previous });
    }
    return states;
  }

  private sortedNamespaces(): readonly string[] {
    this.namespaces ??= [...this.buckets.keys()].sort((a, b) => compareKeys(`${a}/`, `${b}/`));
    return this.namespaces;
  }
}

/** Order of etcd: by code unit, which is by byte for the characters of names. */
export function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `namespace/name`, or the name alone: what continue tokens and etcd compare. */
export function pathOf({ namespace, name }: StorageKey): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function keyOfEvent(event: StoredEvent): StorageKey {
  const metadata = event.object['metadata'] as { namespace?: string; name: string };
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

// All objects of the sandbox under one revision counter, as etcd keeps them: every write takes the next revision, which is
// the resourceVersion of what it wrote. Objects are never changed after they are stored, so that answers, watches, old
// versions and the store itself share them.
import { type JsonObject } from '../../common';
import { type ObjectEntry, ResourceTable } from './resource-table';
import { type ResourceLog } from './resource-log';
import { type StorageKey, type StoredChange, type StoredEvent } from './storage.types';

/** The first revision of a new sandbox: above 1, so that "resourceVersion 1" never is an object's (engine contract §2.2). */
const FIRST_REVISION = 100;
const HISTORY_SIZE = 8_192;

export interface ObjectStoreOptions {
  /** Changes of one resource that are remembered; default 8,192. */
  readonly historySize?: number;
  /** Where to begin: of a sandbox that ran before. */
  readonly revision?: number;
  /** Told of every change, in order, before the writer hears of it. */
  readonly onChange?: (change: StoredChange) => void;
}

export class ObjectStore {
  private readonly tables = new Map<string, ResourceTable>();
  private current: number;
  /** Nothing at or below it can be listed or watched any more. */
  private compacted: number;

  constructor(private readonly options: ObjectStoreOptions = {}) {
    this.current = options.revision ?? FIRST_REVISION;
    // The whole past of a new sandbox is known.
    this.compacted = options.revision === undefined ? 0 : this.current - 1;
  }

  get revision(): number {
    return this.current;
  }

  get(resourceId: string, namespace: string, name: string): JsonObject | undefined {
    return this.tables.get(resourceId)?.get(namespace, name);
  }

  /** In no order. */
  list(resourceId: string, namespace?: string): Iterable<JsonObject> {
    return this.tables.get(resourceId)?.values(namespace) ?? [];
  }

  count(resourceId: string): number {
    return this.tables.get(resourceId)?.size ?? 0;
  }

  /** In the order of keys, at a revision that `canRead`. */
  entries(resourceId: string, namespace: string | undefined, revision: number): readonly ObjectEntry[] {
    const table = this.table(resourceId);
    return revision >= this.current ? table.entries(namespace) : table.entriesAt(revision, namespace);
  }

  /** Whether the state at the revision and all that came after it are known. */
  canRead(resourceId: string, revision: number): boolean {
    return revision > this.compacted && this.table(resourceId).log.covers(revision);
  }

  log(resourceId: string): ResourceLog {
    return this.table(resourceId).log;
  }

  /** Stores what `withVersion` makes of the next resourceVersion. */
  put(resourceId: string, key: StorageKey, withVersion: (resourceVersion: string) => JsonObject): JsonObject {
    const table = this.table(resourceId);
    const previous = table.get(key.namespace, key.name);
    const revision = ++this.current;
    const object = withVersion(String(revision));
    table.set(key, object);
    this.tell(table, resourceId, key, {
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      revision,
      object,
      previous,
      lines: new Map(),
    });
    return object;
  }

  /** Removes an object; `withVersion` makes its last state, which watches are told. */
  remove(resourceId: string, key: StorageKey, withVersion: (resourceVersion: string) => JsonObject): JsonObject {
    const table = this.table(resourceId);
    const previous = table.get(key.namespace, key.name);
    const revision = ++this.current;
    const object = withVersion(String(revision));
    table.remove(key);
    this.tell(table, resourceId, key, { type: 'DELETED', revision, object, previous, lines: new Map() });
    return object;
  }

  /** Puts back what a journal held: no event, no new revision. */
  restore(resourceId: string, key: StorageKey, object: JsonObject): void {
    this.table(resourceId).set(key, object);
  }

  /** Every object with where it is, in no order: what a compacted journal holds. */
  *all(): Iterable<{ readonly resourceId: string; readonly entry: ObjectEntry }> {
    for (const [resourceId, table] of this.tables) {
      for (const entry of table.entries()) yield { resourceId, entry };
    }
  }

  /** Begins to keep a resource: of what was before it came nothing can be told. */
  begin(resourceId: string): void {
    if (!this.tables.has(resourceId)) this.tables.set(resourceId, this.newTable(this.current));
  }

  /** Forgets old versions: lists and watches that need them are told 410. A real server does it every five minutes. */
  compact(): void {
    this.compacted = this.current - 1;
    for (const { log } of this.tables.values()) log.compact(this.current);
  }

  private tell(table: ResourceTable, resourceId: string, key: StorageKey, event: StoredEvent): void {
    const { type, revision, object } = event;
    this.options.onChange?.({ resourceId, key, revision, object: type === 'DELETED' ? undefined : object });
    table.log.append(event);
  }

  private table(resourceId: string): ResourceTable {
    let table = this.tables.get(resourceId);
    if (table === undefined) {
      // Nothing ever happened to this resource: its whole past is known.
      table = this.newTable(0);
      this.tables.set(resourceId, table);
    }
    return table;
  }

  private newTable(revision: number): ResourceTable {
    return new ResourceTable(this.options.historySize ?? HISTORY_SIZE, revision);
  }
}

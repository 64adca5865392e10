// A reflector, its store and its listeners. What we wrote ourselves is in the store before the watch tells it
// (read-your-writes, DESIGN §4.3); versions decide which of the two is newer.
import { apiVersionOf, objectKey, type ObjectKey, OrkestraError, type Random } from '../../common';
import { type Logger } from '../../observability';
import { type KubeApi } from '../kube-api';
import { isOlder, keyOf, type KubeObject } from '../kube-object';
import { describeRef } from '../transport';
import { type IndexFunction, type Informer, type InformerEvent, type InformerScope } from './informer.types';
import { ObjectStore } from './object-store';
import { Reflector, type ReflectorSink, type ReflectorTimes } from './reflector';

/** What an object is reduced to before it is stored. */
export type Transform = (object: KubeObject) => KubeObject;

export interface InformerOptions {
  readonly indices?: Readonly<Record<string, IndexFunction>>;
  readonly transform?: Transform;
  readonly times?: ReflectorTimes;
}

export interface InformerPorts {
  readonly api: KubeApi;
  readonly random: Random;
  readonly logger: Logger;
}

export class SharedInformer implements Informer, ReflectorSink {
  readonly store: ObjectStore;
  private readonly reflector: Reflector;
  private readonly handlers = new Set<(event: InformerEvent) => void>();
  private readonly presenceHandlers = new Set<(present: boolean) => void>();
  private readonly waiters = new Set<() => void>();
  /** Objects that we deleted before the watch told it; news of them is old. */
  private readonly deletedUids = new Set<string>();
  /** Versions that we wrote and no list or watch has told yet: only these may be ahead of a list. */
  private readonly unconfirmed = new Map<ObjectKey, string>();
  private readonly transform: Transform;
  private readonly apiVersion: string;
  private started = false;
  private synced = false;
  /** What list and watch have told up to now. */
  private toldVersion: string | undefined;
  private isAbsent = false;
  private problem: OrkestraError | undefined;

  constructor(
    readonly scope: InformerScope,
    private readonly ports: InformerPorts,
    options: InformerOptions = {},
  ) {
    this.store = new ObjectStore(options.indices);
    this.transform = options.transform ?? ((object) => object);
    this.apiVersion = apiVersionOf(scope.resource);
    this.reflector = new Reflector(ports.api, scope, this, ports.random, options.times);
  }

  get hasSynced(): boolean {
    return this.synced;
  }

  get isMissing(): boolean {
    return this.isAbsent;
  }

  get lastError(): OrkestraError | undefined {
    return this.problem;
  }

  start(signal: AbortSignal): void {
    if (this.started) {
      const message = `informer of ${describeRef(this.scope.resource, this.scope.namespace)} was started twice`;
      throw new OrkestraError({ code: 'INFORMER_STARTED_TWICE', kind: 'Bug', message });
    }
    this.started = true;
    void this.reflector.run(signal);
  }

  nudge(): void {
    this.reflector.nudge();
  }

  waitForSync(signal: AbortSignal): Promise<void> {
    if (this.synced) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.waiters.delete(settle);
        signal.removeEventListener('abort', settle);
        if (this.synced) resolve();
        else reject(this.problem ?? stopped(describeRef(this.scope.resource, this.scope.namespace)));
      };
      this.waiters.add(settle);
      signal.addEventListener('abort', settle, { once: true });
      if (signal.aborted) settle();
    });
  }

  onEvent(handler: (event: InformerEvent) => void): () => void {
    this.handlers.add(handler);
    return () => void this.handlers.delete(handler);
  }

  onPresence(handler: (present: boolean) => void): () => void {
    this.presenceHandlers.add(handler);
    return () => void this.presenceHandlers.delete(handler);
  }

  observeWrite(object: KubeObject): void {
    const stamped = this.prepare(object);
    const key = keyOf(stamped);
    const known = this.store.get(key);
    const version = stamped.metadata.resourceVersion;
    if (isOlder(version, known?.metadata.resourceVersion)) return;
    // Versions of one resource are told in order: what is absent although the watch is further was deleted meanwhile.
    if (known === undefined && (version === this.toldVersion || isOlder(version, this.toldVersion))) return;
    // Nor does a late answer bring back what we deleted after it, or an object of a resource that is not served any more.
    if (this.isAbsent || this.deletedUids.has(stamped.metadata.uid ?? '')) return;
    this.store.set(key, stamped);
    if (version !== undefined) this.unconfirmed.set(key, version);
  }

  observeDelete(key: ObjectKey, uid: string): void {
    // What is not in the store was told as deleted already: remembering its uid would be for ever.
    if (this.store.get(key)?.metadata.uid !== uid) return;
    this.deletedUids.add(uid);
    this.unconfirmed.delete(key);
    this.store.delete(key);
  }

  // ---- ReflectorSink

  replace(items: readonly KubeObject[], resourceVersion: string): void {
    // The store is whole before anybody hears of it: no handler ever sees half a list.
    const prepared = items.map((item) => this.prepare(item));
    const isInitialList = !this.synced;
    this.problem = undefined;
    this.toldVersion = resourceVersion;
    const events = this.takeOver(prepared, resourceVersion, isInitialList);
    this.synced = true;
    this.setPresence(true);
    for (const event of events) this.emit(event);
    for (const waiter of [...this.waiters]) waiter();
  }

  change(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void {
    const stamped = this.prepare(object);
    const key = keyOf(stamped);
    const version = stamped.metadata.resourceVersion;
    if (!isOlder(version, this.unconfirmed.get(key))) this.unconfirmed.delete(key);
    this.toldVersion = version;
    if (type !== 'DELETED') {
      const event = this.put(key, stamped, false);
      if (event !== undefined) this.emit(event);
      return;
    }
    this.deletedUids.delete(stamped.metadata.uid ?? '');
    const known = this.store.get(key);
    if (known === undefined || isOlder(version, known.metadata.resourceVersion)) return;
    this.store.delete(key);
    this.emit({ type: 'deleted', object: stamped });
  }

  has(namespace: string, name: string, resourceVersion: string): boolean {
    const key = objectKey(namespace, name);
    const isKnown = this.store.get(key)?.metadata.resourceVersion === resourceVersion;
    // The watch told it: lists from now on are no older.
    if (isKnown) this.unconfirmed.delete(key);
    return isKnown;
  }

  missing(): void {
    const gone = [...this.store.values()];
    for (const object of gone) this.store.delete(keyOf(object));
    this.deletedUids.clear();
    this.unconfirmed.clear();
    this.toldVersion = undefined;
    this.setPresence(false);
    for (const object of gone) this.emit({ type: 'deleted', object });
  }

  recovered(): void {
    this.problem = undefined;
  }

  failed(error: OrkestraError): void {
    this.problem = error;
    const { resource, namespace } = this.scope;
    this.ports.logger.warn('informer.failed', { resource: describeRef(resource, namespace), problem: error.message });
  }

  // ----

  /** The store becomes the list, but for what we wrote or deleted after it was taken. Returns what changed. */
  private takeOver(
    items: readonly KubeObject[],
    listVersion: string,
    isInitialList: boolean,
  ): readonly InformerEvent[] {
    for (const [key, version] of this.unconfirmed) if (!isOlder(listVersion, version)) this.unconfirmed.delete(key);
    const events: InformerEvent[] = [];
    const listed = new Set<ObjectKey>();
    const listedUids = new Set<string | undefined>();
    for (const item of items) {
      const key = keyOf(item);
      listed.add(key);
      listedUids.add(item.metadata.uid);
      // A list is the truth even where its versions are lower: etcd may have been restored from a backup.
      const event = this.unconfirmed.has(key) ? undefined : this.put(key, item, isInitialList, true);
      if (event !== undefined) events.push(event);
    }
    for (const key of [...this.store.keys()]) {
      const object = this.store.get(key);
      if (object === undefined || listed.has(key) || this.unconfirmed.has(key)) continue;
      this.store.delete(key);
      events.push({ type: 'deleted', object });
    }
    for (const uid of this.deletedUids) if (!listedUids.has(uid)) this.deletedUids.delete(uid);
    return events;
  }

  /** Stores what is news and says which; undefined when it is known or older than what is known. */
  private put(key: ObjectKey, object: KubeObject, isInitialList: boolean, isList = false): InformerEvent | undefined {
    if (this.deletedUids.has(object.metadata.uid ?? '')) return undefined;
    const previous = this.store.get(key);
    const version = object.metadata.resourceVersion;
    const known = previous?.metadata.resourceVersion;
    if (previous !== undefined && version === known) return undefined;
    if (!isList && isOlder(version, known)) return undefined;
    this.store.set(key, object);
    return previous === undefined ? { type: 'added', object, isInitialList } : { type: 'updated', object, previous };
  }

  /** Items of a list carry neither apiVersion nor kind. */
  private prepare(object: KubeObject): KubeObject {
    const { kind } = this.scope.resource;
    const stamped =
      object.kind === kind && object.apiVersion === this.apiVersion
        ? object
        : { ...object, apiVersion: this.apiVersion, kind };
    return this.transform(stamped);
  }

  private setPresence(present: boolean): void {
    if (this.isAbsent !== present) return;
    this.isAbsent = !present;
    for (const handler of this.presenceHandlers) this.guard(() => handler(present));
  }

  private emit(event: InformerEvent): void {
    for (const handler of this.handlers) this.guard(() => handler(event));
  }

  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.ports.logger.error('informer.handler-failed', { problem: error instanceof Error ? error.message : '' });
    }
  }
}

function stopped(what: string): OrkestraError {
  return new OrkestraError({ code: 'STOPPED', kind: 'Transient', message: `${what}: stopped before the first list` });
}

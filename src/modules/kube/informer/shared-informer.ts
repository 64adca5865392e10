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
  /** Objects that we deleted; later news of them is old. */
  private readonly deletedUids = new Set<string>();
  private readonly transform: Transform;
  private readonly apiVersion: string;
  private started = false;
  private synced = false;
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
    if (isOlder(stamped.metadata.resourceVersion, known?.metadata.resourceVersion)) return;
    this.store.set(key, stamped);
  }

  observeDelete(key: ObjectKey, uid: string): void {
    this.deletedUids.add(uid);
    if (this.store.get(key)?.metadata.uid === uid) this.store.delete(key);
  }

  // ---- ReflectorSink

  replace(items: readonly KubeObject[], resourceVersion: string): void {
    const isInitialList = !this.synced;
    this.setPresence(true);
    this.problem = undefined;
    const listed = new Set<ObjectKey>();
    const listedUids = new Set<string | undefined>();
    for (const item of items) {
      listed.add(keyOf(item));
      listedUids.add(item.metadata.uid);
      this.upsert(this.prepare(item), isInitialList);
    }
    for (const [key, object] of [...this.store.keys()].map((key) => [key, this.store.get(key)] as const)) {
      // What we wrote after the list was taken is newer than the list.
      const isNewer = isOlder(resourceVersion, object?.metadata.resourceVersion);
      if (object !== undefined && !listed.has(key) && !isNewer) this.remove(key, object);
    }
    for (const uid of this.deletedUids) if (!listedUids.has(uid)) this.deletedUids.delete(uid);
    this.synced = true;
    for (const waiter of [...this.waiters]) waiter();
  }

  change(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject): void {
    if (type !== 'DELETED') {
      this.upsert(this.prepare(object), false);
      return;
    }
    const key = keyOf(object);
    this.deletedUids.delete(object.metadata.uid ?? '');
    const known = this.store.get(key);
    if (known === undefined || isOlder(object.metadata.resourceVersion, known.metadata.resourceVersion)) return;
    this.remove(key, this.prepare(object));
  }

  has(namespace: string, name: string, resourceVersion: string): boolean {
    return this.store.get(objectKey(namespace, name))?.metadata.resourceVersion === resourceVersion;
  }

  missing(): void {
    for (const key of [...this.store.keys()]) {
      const object = this.store.get(key);
      if (object !== undefined) this.remove(key, object);
    }
    this.deletedUids.clear();
    this.setPresence(false);
  }

  failed(error: OrkestraError): void {
    this.problem = error;
    const { resource, namespace } = this.scope;
    this.ports.logger.warn('informer.failed', { resource: describeRef(resource, namespace), problem: error.message });
  }

  // ----

  private upsert(object: KubeObject, isInitialList: boolean): void {
    if (this.deletedUids.has(object.metadata.uid ?? '')) return;
    const key = keyOf(object);
    const previous = this.store.get(key);
    const version = object.metadata.resourceVersion;
    if (previous !== undefined) {
      const known = previous.metadata.resourceVersion;
      if (version === known || isOlder(version, known)) return;
    }
    this.store.set(key, object);
    this.emit(
      previous === undefined ? { type: 'added', object, isInitialList } : { type: 'updated', object, previous },
    );
  }

  private remove(key: ObjectKey, object: KubeObject): void {
    this.store.delete(key);
    this.emit({ type: 'deleted', object });
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

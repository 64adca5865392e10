// Conducts the lanes: caches first, then the election; the winner's lanes work, everybody else keeps warm caches.
// Starting is explicit (DESIGN §4.9).
import { type Clock, LABEL, LEASE_NAME, type ObjectKey, OrkestraError, type Random, rfc3339 } from '../common';
import { type CompiledCrd, type CompiledKatalog } from '../katalog';
import {
  InformerFactory,
  type InformerPorts,
  keyOf,
  type KubeApi,
  type KubeObject,
  type LeaderElector,
  type LeaseHolder,
  type ResourceType,
  type SharedInformer,
} from '../kube';
import { type Logger } from '../observability';
import { type ReconcilerFactory } from '../reconciler';
import { type Announcer } from './activity';
import { ChildCaches, ownerHint } from './children/child-caches';
import { SourceWatches } from './children/source-watches';
import { CrdPresence } from './crd-presence';
import { InventoryStore } from './inventory/inventory-store';
import { sameType } from './inventory/inventory-record';
import { type KordinatorMetrics } from './kordinator.metrics';
import { CrdHealth } from './lanes/crd-health';
import { Lane } from './lanes/lane';
import { retiredCrd } from './lanes/retired-crd';
import { syncOrRefuse } from './sync-or-refuse';

export const CR_UID_INDEX = 'uid';

export interface KordinatorOptions {
  readonly katalog: CompiledKatalog;
  /** Of the Lease and the inventories. */
  readonly namespace: string;
  readonly api: KubeApi;
  readonly elector: LeaderElector;
  readonly reconcilers: ReconcilerFactory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: KordinatorMetrics;
  readonly announcer: Announcer;
  /** The process can't go on: another Katalog holds the Lease. */
  readonly onFatal: (error: OrkestraError) => void;
}

export class Kordinator {
  private readonly all: Lane[] = [];
  private readonly stopping = new AbortController();
  private readonly factory: InformerFactory;
  private readonly children: ChildCaches;
  private readonly sources: SourceWatches;
  private readonly inventories: InventoryStore;
  private readonly presence: CrdPresence;
  /** Undefined: caches are filled, and who leads is known. */
  private unready: string | undefined = 'starting';
  private shift: { readonly stop: AbortController; readonly running: Promise<void> } | undefined;

  constructor(private readonly options: KordinatorOptions) {
    const { api, random, logger, elector, namespace, katalog, metrics } = options;
    const ports: InformerPorts = { api, random, logger };
    this.factory = new InformerFactory(ports, this.stopping.signal);
    this.children = new ChildCaches(this.factory, (child) => this.enqueueOwner(child));
    this.sources = new SourceWatches(
      ports,
      (key) => this.all.forEach((lane) => lane.enqueue(key)),
      this.stopping.signal,
    );
    this.presence = new CrdPresence(this.factory, () => this.all.map(({ crs }) => crs));
    this.inventories = new InventoryStore({
      api,
      namespace,
      katalog: katalog.name,
      fence: elector.fence,
      open: (resource, signal) => this.children.open(resource).waitForSync(signal),
    });
    metrics.lanes = () =>
      this.all.map(({ gvk, crs, depth, workers, busy }) => ({
        crd: gvk,
        resources: crs.store.size,
        depth,
        workers,
        busy,
      }));
  }

  /** The lanes of the Katalog's CRDs, in dependency order. */
  get lanes(): readonly Lane[] {
    return this.all.filter(({ isRetired }) => !isRetired);
  }

  get isKonductor(): boolean {
    return this.options.elector.isLeader;
  }

  /** Why this process is not ready; undefined when it is. A standby with warm caches is ready. */
  get notReady(): string | undefined {
    if (this.unready !== undefined) return this.unready;
    const degraded = this.lanes.filter(({ health }) => health.state === 'degraded').map(({ crd }) => crd.name);
    return degraded.length === 0 ? undefined : `degraded: ${degraded.join(', ')}`;
  }

  get childCaches(): ChildCaches {
    return this.children;
  }

  /** Fills the caches, then stands for election. Rejects when the API server refuses what the Katalog needs. */
  async start(): Promise<void> {
    const { katalog, elector } = this.options;
    const { signal } = this.stopping;
    await this.inventories.load(signal);
    this.presence.start();
    for (const crd of katalog.crds) this.add(crd, false);
    this.connect();
    const wanted = katalog.crds.flatMap(({ childKinds }) => childKinds.map(({ resource }) => resource));
    const opened = wanted.map((resource) => this.children.open(resource));
    const lanes = this.all.map(({ crs }) => crs);
    await Promise.all([...opened, ...lanes].map((informer) => syncOrRefuse(informer, signal)));
    this.openInventoried();
    await elector.start(
      {
        onStartedLeading: () => this.lead(),
        onStoppedLeading: (reason) => this.yield(reason),
        onNewLeader: (holder) => this.meet(holder),
        onForeignKatalog: (holder) => this.options.onFatal(this.foreign(holder)),
      },
      signal,
    );
  }

  /** Lanes first, then what they still have to say (only a leader may), then the lease, then the caches. */
  async stop(drainMs: number, beforeRelease?: () => Promise<void>): Promise<void> {
    await this.stopLanes(drainMs);
    await beforeRelease?.();
    await this.options.elector.stop();
    this.stopping.abort();
  }

  // ---- leadership

  private lead(): void {
    this.unready = undefined;
    this.options.announcer.note('leading: this process reconciles');
    const stop = new AbortController();
    const before = this.shift?.running ?? Promise.resolve();
    const running = before
      .then(() => this.startLanes(AbortSignal.any([stop.signal, this.stopping.signal])))
      .catch((error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        this.options.logger.error('kordinator.start-failed', { problem });
        if (!stop.signal.aborted) this.retryLead(stop.signal);
      });
    this.shift = { stop, running };
  }

  /** What failed was a request; as long as we lead it is tried again. */
  private retryLead(signal: AbortSignal): void {
    const timer = setTimeout(() => {
      if (!signal.aborted && this.isKonductor) this.lead();
    }, 1_000);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  private yield(reason: 'lost' | 'released'): void {
    if (reason === 'lost') {
      this.unready = 'the lease was lost';
      this.options.logger.warn('lease.lost', {});
      this.options.announcer.note('the lease was lost: standing by');
    }
    // Writes are fenced already: nothing is worth waiting for.
    const stopped = this.stopLanes(0);
    this.shift = { stop: new AbortController(), running: stopped };
  }

  private async startLanes(signal: AbortSignal): Promise<void> {
    await this.inventories.load(signal);
    for (const lane of this.lanes) await this.inventories.cover(lane.crd, signal);
    this.openInventoried();
    this.addRetired();
    await this.shrink(signal);
    const starts = this.all.map((lane) =>
      lane.start(signal).catch((error: unknown) => {
        if (signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        this.options.logger.error('lane.start-failed', { crd: lane.crd.name, problem });
      }),
    );
    // A lane that waits for its CRD must not keep the others from being stopped and started again.
    void Promise.all(starts);
  }

  private async stopLanes(drainMs: number): Promise<void> {
    const { shift } = this;
    shift?.stop.abort();
    await shift?.running;
    for (const lane of [...this.all].reverse()) await lane.stop(drainMs);
  }

  private meet(holder: LeaseHolder): void {
    if (this.isKonductor) return;
    this.unready = undefined;
    this.options.announcer.note(
      `standing by: ${holder.identity} holds the lease ${this.options.namespace}/${LEASE_NAME} until ${rfc3339(holder.expiresAt)} at least`,
    );
  }

  private foreign(holder: LeaseHolder): OrkestraError {
    const { namespace, katalog } = this.options;
    return new OrkestraError({
      code: 'LEASE_OF_OTHER_KATALOG',
      kind: 'UserError',
      message:
        `the lease ${namespace}/${LEASE_NAME} is held by ${holder.identity} for the Katalog "${holder.katalog ?? ''}", ` +
        `this one is "${katalog.name}": two Katalogs need two namespaces; set ORK_NAMESPACE to another one`,
    });
  }

  // ---- lanes

  private add(crd: CompiledCrd, isRetired: boolean): void {
    const { clock, logger, elector, announcer, metrics } = this.options;
    const crs = this.factory.informer(
      {
        resource: crd.resource,
        ...(crd.watchNamespace === undefined ? {} : { namespace: crd.watchNamespace }),
        ...(crd.labelSelector === undefined ? {} : { labelSelector: crd.labelSelector }),
        ...(crd.fieldSelector === undefined ? {} : { fieldSelector: crd.fieldSelector }),
      },
      { indices: { [CR_UID_INDEX]: uidOf }, transform: withoutManagedFields },
    );
    crs.onEvent(({ type, object }) => {
      if (type === 'deleted') this.sources.release(keyOf(object));
    });
    const ports = {
      fence: elector.fence,
      crs,
      children: this.children,
      sources: this.sources,
      inventory: this.inventories.of(crd),
      logger: logger.child({ crd: crd.name }),
      activity: (activity: Parameters<Announcer['activity']>[0]) => announcer.activity(activity),
    };
    const reconciler = this.options.reconcilers(crd, ports, isRetired ? 'deletionOnly' : 'full');
    const health = new CrdHealth(crd.failureThreshold, clock);
    this.all.push(new Lane(crd, { crs, reconciler, health, metrics, logger }, isRetired));
  }

  private connect(): void {
    for (const lane of this.all) {
      lane.dependencies = lane.crd.dependsOn.flatMap(({ name, condition }) => {
        const other = this.all.find(({ crd }) => crd.name === name);
        return other === undefined ? [] : [{ name, condition, lane: other }];
      });
    }
  }

  /** CRDs that left the Katalog while their CRs carry our finalizer (engine contract §3.3). */
  private addRetired(): void {
    for (const record of this.inventories.all()) {
      if (!record.usesFinalizer || this.all.some(({ crd }) => sameType(crd.resource, record.crd))) continue;
      this.options.logger.info('crd.retired', { crd: `${record.crd.plural}.${record.crd.group}` });
      this.add(retiredCrd(record.crd), true);
    }
  }

  private openInventoried(): void {
    for (const { kinds } of this.inventories.all()) {
      for (const kind of kinds) {
        if (this.children.isOpen(kind)) continue;
        // Rights for what the Katalog doesn't declare any more may be missing: a warning (engine contract §8).
        syncOrRefuse(this.children.open(kind), this.stopping.signal).catch((error: unknown) => {
          const problem = error instanceof Error ? error.message : String(error);
          this.options.logger.warn('rights.missing', { problem });
          this.options.announcer.note(`left-overs of an earlier Katalog can't be seen: ${problem}`);
        });
      }
    }
  }

  private async shrink(signal: AbortSignal): Promise<void> {
    for (const { crd, crs } of this.lanes) {
      const record = this.inventories.record(crd.resource);
      if (record === undefined || !crs.hasSynced) continue;
      const gone = record.kinds.filter((kind) => !isDeclared(crd, kind) && !this.hasChildren(crs, kind));
      await this.inventories.shrink(crd.resource, gone, signal);
    }
  }

  private hasChildren(crs: SharedInformer, kind: ResourceType): boolean {
    const informer = this.children.informer(kind);
    if (informer?.hasSynced !== true) return true;
    for (const child of informer.store.values()) {
      const uid = child.metadata.labels?.[LABEL.ownerUid];
      if (uid !== undefined && crs.store.byIndex(CR_UID_INDEX, uid).length > 0) return true;
    }
    return false;
  }

  private enqueueOwner(child: KubeObject): void {
    const { controller, uid } = ownerHint(child);
    for (const lane of this.all) {
      const { gvk } = lane.crd;
      if (controller?.kind === gvk.kind && controller.group === gvk.group) lane.enqueue(controller.key);
      else if (controller === undefined && uid !== undefined) {
        for (const cr of lane.crs.store.byIndex(CR_UID_INDEX, uid)) lane.enqueue(keyOf(cr));
      }
    }
  }

  /** The lane of a CRD by its name in the Katalog. */
  lane(name: string): Lane | undefined {
    return this.lanes.find(({ crd }) => crd.name === name);
  }

  /** A CR from the cache. */
  cr(lane: Lane, key: ObjectKey): KubeObject | undefined {
    return lane.crs.store.get(key);
  }
}

function uidOf(object: KubeObject): readonly string[] {
  return object.metadata.uid === undefined ? [] : [object.metadata.uid];
}

function isDeclared(crd: CompiledCrd, kind: ResourceType): boolean {
  return crd.childKinds.some(({ resource }) => sameType(resource, kind));
}

/** The largest part of a small CR, and nobody asks for it. */
function withoutManagedFields(object: KubeObject): KubeObject {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}

// Conducts the lanes: caches first, then the election; the winner's lanes work, everybody else keeps warm caches.
// Starting is explicit (DESIGN §4.9).
import { type Clock, LEASE_NAME, type ObjectKey, OrkestraError, type Random, rfc3339 } from '../common';
import { childResources, type CompiledKatalog } from '../katalog';
import {
  type EventRecorder,
  InformerFactory,
  type InformerPorts,
  type KubeApi,
  type KubeObject,
  type LeaderElector,
  type LeaseHolder,
  type SharedInformer,
} from '../kube';
import { type Logger } from '../observability';
import { ourFinalizers, type ReconcilerFactory } from '../reconciler';
import { type Announcer } from './activity';
import { ChildCaches } from './children/child-caches';
import { KindDiscovery } from './children/kind-discovery';
import { SourceWatches } from './children/source-watches';
import { CrdPresence } from './crd-presence';
import { InventoriedKinds } from './inventory/inventoried-kinds';
import { sameType } from './inventory/inventory-record';
import { InventoryStore } from './inventory/inventory-store';
import { type KordinatorMetrics } from './kordinator.metrics';
import { type Lane } from './lanes/lane';
import { LaneRoster } from './lanes/lane-roster';
import { Latch } from './lanes/latch';
import { retiredCrd } from './lanes/retired-crd';
import { settled, syncOrRefuse } from './sync-or-refuse';

/** The ports of a kordinator; in a process KordinatorModule binds them. */
export interface KordinatorOptions {
  readonly katalog: CompiledKatalog;
  /** Of the Lease and the inventories. */
  readonly namespace: string;
  readonly api: KubeApi;
  readonly elector: LeaderElector;
  readonly events: EventRecorder;
  readonly reconcilers: ReconcilerFactory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: KordinatorMetrics;
  readonly announcer: Announcer;
  /** The process can't go on: another Katalog holds the Lease. */
  readonly onFatal: (error: OrkestraError) => void;
}

interface Shift {
  readonly stop: AbortController;
  readonly running: Promise<void>;
}

const RETRY_MS = 1_000;
const SLOW_ELECTION_MS = 5_000;

/**
 * One for each process. `start` fills caches and stands for election, `stop` ends everything; what it does between is
 * decided by who leads.
 */
export class Kordinator {
  private readonly stopping = new AbortController();
  private readonly roster: LaneRoster;
  private readonly children: ChildCaches;
  private readonly kinds: KindDiscovery;
  private readonly inventories: InventoryStore;
  private readonly inventoried: InventoriedKinds;
  private readonly presence: CrdPresence;
  /** Undefined: caches are filled, and who leads is known. */
  private unready: string | undefined = 'starting';
  private shift: Shift | undefined;
  /** Opens when it is known who leads for the first time. */
  private readonly roleKnown = new Latch();
  private isEnding = false;
  private runs: CompiledKatalog;

  constructor(private readonly options: KordinatorOptions) {
    const { api, random, logger, elector, namespace, katalog, metrics } = options;
    const ports: InformerPorts = { api, random, logger };
    this.runs = katalog;
    const { signal } = this.stopping;
    const factory = new InformerFactory(ports, signal);
    this.children = new ChildCaches(
      factory,
      (child) => this.roster.enqueueOwner(child),
      (resource) => this.kinds.presenceChanged(resource),
    );
    this.kinds = new KindDiscovery(
      {
        api,
        random,
        isMissing: (resource) => this.children.informer(resource)?.isMissing === true,
        onChange: (kind) => this.roster.enqueueUsers(kind),
      },
      signal,
    );
    this.inventories = new InventoryStore({
      api,
      namespace,
      katalog: katalog.name,
      fence: elector.fence,
      open: (resource, until) => syncOrRefuse(this.children.open(resource), until),
      unobserved: (resource) => this.inventoried.unobserved(resource),
    });
    this.inventoried = new InventoriedKinds(this.inventories, this.children, (problem) => {
      logger.warn('rights.missing', { problem: `left-overs of an earlier Katalog can't be seen: ${problem}` });
    });
    const sources = new SourceWatches(ports, signal);
    const { children, inventories, kinds } = this;
    this.roster = new LaneRoster({ ...options, fence: elector.fence, factory, children, sources, kinds, inventories });
    const informers = (): readonly SharedInformer[] => [...this.roster.all.map(({ crs }) => crs), ...children.all()];
    this.presence = new CrdPresence(factory, informers, kinds);
    metrics.lanes = () =>
      this.roster.all.map(({ gvk, crs, depth, workers, busy }) => ({
        crd: gvk,
        resources: crs.store.size,
        depth,
        workers,
        busy,
      }));
  }

  /** The lanes of the Katalog's CRDs, in dependency order. */
  get lanes(): readonly Lane[] {
    return this.roster.lanes;
  }

  /** The Katalog that runs: with the plurals of this cluster once it has started. */
  get katalog(): CompiledKatalog {
    return this.runs;
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

  /** Children of all kinds, as the caches have them. */
  get childCaches(): ChildCaches {
    return this.children;
  }

  /** The lane of a CRD by its name in the Katalog. */
  lane(name: string): Lane | undefined {
    return this.lanes.find(({ crd }) => crd.name === name);
  }

  /** A CR from the cache. */
  cr(lane: Lane, key: ObjectKey): KubeObject | undefined {
    return lane.crs.store.get(key);
  }

  /**
   * Fills the caches, then stands for election. `katalog`: the one of the options with what only the cluster knows.
   * Rejects when the API server refuses what the Katalog needs.
   */
  async start(katalog = this.options.katalog): Promise<void> {
    const { elector } = this.options;
    this.runs = katalog;
    const { signal } = this.stopping;
    await this.inventories.load(signal);
    this.presence.start();
    for (const crd of katalog.crds) this.roster.add(crd, false);
    this.roster.connect();
    for (const { gvk, resource } of katalog.crds.flatMap(({ customKinds }) => customKinds)) {
      if (resource === undefined) this.kinds.lookup(gvk);
      else this.kinds.know(gvk, resource);
    }
    const opened = katalog.crds.flatMap(childResources).map((resource) => this.children.open(resource));
    const crs = this.roster.all.map((lane) => lane.crs);
    await Promise.all([...opened, ...crs].map((informer) => syncOrRefuse(informer, signal)));
    await this.inventoried.observe(signal);
    if (signal.aborted) return;
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

  /**
   * Resolves when it is known who leads: to the holder while another process does, else to undefined. Says so when that
   * takes long, and keeps waiting until the signal aborts: the election itself goes on trying.
   */
  async standsBehind(signal: AbortSignal): Promise<LeaseHolder | undefined> {
    const { announcer, elector, namespace } = this.options;
    const slow = setTimeout(() => {
      announcer.note(`nobody is known to lead yet: still asking for the lease ${namespace}/${LEASE_NAME}`);
    }, SLOW_ELECTION_MS);
    await this.roleKnown.wait(AbortSignal.any([signal, this.stopping.signal]));
    clearTimeout(slow);
    return this.isKonductor ? undefined : elector.holder;
  }

  /** Lanes first, then what they still have to say (only a leader may), then the lease, then the caches. */
  async stop(drainMs: number, beforeRelease?: () => Promise<void>): Promise<void> {
    this.isEnding = true;
    await this.stopLanes(drainMs);
    await beforeRelease?.();
    await this.options.elector.stop();
    this.stopping.abort();
  }

  // ---- leadership

  private lead(): void {
    // The lease may be won while it is being given up.
    if (this.isEnding) return;
    this.unready = undefined;
    this.options.announcer.note('leading: this process reconciles');
    this.roleKnown.open();
    this.begin();
  }

  private begin(): void {
    const stop = new AbortController();
    const before = this.shift?.running ?? Promise.resolve();
    const running = before
      .then(() => this.startLanes(AbortSignal.any([stop.signal, this.stopping.signal])))
      .catch((error: unknown) => {
        if (stop.signal.aborted || this.stopping.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        this.options.logger.error('kordinator.start-failed', { problem });
        this.beginLater(stop.signal);
      });
    this.shift = { stop, running };
  }

  /** What failed was a request; as long as we lead it is tried again. */
  private beginLater(signal: AbortSignal): void {
    const timer = setTimeout(() => {
      if (!signal.aborted && this.isKonductor) this.begin();
    }, RETRY_MS);
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
    await this.inventoried.observe(signal);
    this.addRetired();
    await this.inventoried.shrink(this.lanes, signal);
    if (signal.aborted) return;
    // A lane that waits for its CRD must not keep the others from being stopped and started again.
    for (const lane of this.roster.all) {
      lane.start(signal).catch((error: unknown) => {
        if (signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        this.options.logger.error('lane.start-failed', { crd: lane.crd.name, problem });
      });
      if (lane.isRetired) void this.releaseRetired(lane, signal);
    }
  }

  /** Intake ends everywhere at once; then dependents stop before what they depend on, within one deadline. */
  private async stopLanes(drainMs: number): Promise<void> {
    const { clock } = this.options;
    const deadline = clock.monotonicMs() + drainMs;
    const { shift } = this;
    shift?.stop.abort();
    const lanes = [...this.roster.all].reverse();
    for (const lane of lanes) lane.close();
    await shift?.running;
    for (const lane of lanes) await lane.stop(Math.max(0, deadline - clock.monotonicMs()));
  }

  private meet(holder: LeaseHolder): void {
    const { events, namespace, elector } = this.options;
    if (this.isKonductor) {
      // Only who leads writes this: a process that lost the lease must not write at all (engine contract §5).
      events.record({
        regarding: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: LEASE_NAME, namespace } },
        type: 'Normal',
        reason: 'KonductorElected',
        message: `${holder.identity} leads`,
        action: 'Elect',
        fence: elector.fence,
      });
      return;
    }
    this.unready = undefined;
    this.options.announcer.note(
      `standing by: ${holder.identity} holds the lease ${namespace}/${LEASE_NAME} until ${rfc3339(holder.expiresAt)} at least`,
    );
    this.roleKnown.open();
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

  // ---- CRDs that left the Katalog while their CRs carry our finalizers (engine contract §3.3)

  private addRetired(): void {
    for (const record of this.inventories.all()) {
      const mayCarry = record.usesFinalizer || record.finalizers.length > 0;
      if (!mayCarry || this.roster.all.some(({ crd }) => sameType(crd.resource, record.crd))) continue;
      this.options.logger.info('crd.retired', { crd: `${record.crd.plural}.${record.crd.group}` });
      this.roster.add(retiredCrd(record), true);
    }
  }

  /** The lane is needed until no CR carries a finalizer; the next start then has none. */
  private async releaseRetired({ crd, crs }: Lane, signal: AbortSignal): Promise<void> {
    await settled(crs, signal);
    if (signal.aborted || !crs.hasSynced) return;
    for (const cr of crs.store.values()) if (ourFinalizers(crd, cr).length > 0) return;
    await this.inventories.released(crd.resource, signal).catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error);
      this.options.logger.warn('inventory.release-failed', { crd: crd.name, problem });
    });
  }
}

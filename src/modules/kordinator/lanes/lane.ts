// A lane runs the passes of one CRD: queue, workers, resync, health. It exists for the whole life of the process; it
// works only between start and stop, with a new queue each time.
import { gvkString, type ObjectKey, objectKey, policyOf } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { excerptOf } from '../../expression';
import { type KubeObject, RateLimitedWorkQueue, type SharedInformer } from '../../kube';
import { type Logger } from '../../observability';
import { type Outcome, type Reconciler } from '../../reconciler';
import { type KordinatorMetrics } from '../kordinator.metrics';
import { type CrdHealth } from './crd-health';
import { LaneStatistics } from './lane-statistics';
import { Latch } from './latch';
import { ResyncTicker } from './resync-ticker';

const QUIET_RETRY_MS = 2_000;
const SLOW_RETRY_MS = 60_000;

export interface LanePorts {
  readonly crs: SharedInformer;
  readonly reconciler: Reconciler;
  readonly health: CrdHealth;
  readonly metrics: KordinatorMetrics;
  readonly logger: Logger;
}

export interface LaneDependency {
  readonly name: string;
  readonly condition: 'started' | 'healthy';
  readonly lane: Lane;
}

/** Passes at rest never wait for anything: without a break they would keep timers and sockets from their turn. */
const BREAK_MS = 10;

interface Shift {
  readonly queue: RateLimitedWorkQueue<ObjectKey>;
  readonly resync: ResyncTicker;
  readonly workers: Promise<void>;
  readonly passes: AbortController;
}

export class Lane {
  readonly started = new Latch();
  readonly healthy = new Latch();
  readonly gvk: string;
  private shift: Shift | undefined;
  private readonly busyWorkers = new Set<number>();
  private breakAt = 0;
  readonly statistics = new LaneStatistics();
  dependencies: readonly LaneDependency[] = [];

  constructor(
    readonly crd: CompiledCrd,
    private readonly ports: LanePorts,
    /** CRDs that left the Katalog keep a lane for CRs that carry our finalizer. */
    readonly isRetired = false,
  ) {
    this.gvk = gvkString(crd.gvk);
    ports.crs.onEvent(({ object }) => this.enqueue(keyOfObject(object)));
    ports.crs.onPresence((present) => this.presence(present));
  }

  get crs(): SharedInformer {
    return this.ports.crs;
  }

  get health(): CrdHealth {
    return this.ports.health;
  }

  get depth(): number {
    return this.shift?.queue.length ?? 0;
  }

  get busy(): number {
    return this.busyWorkers.size;
  }

  get workers(): number {
    return this.shift === undefined ? 0 : this.crd.workers.value;
  }

  isBusy(worker: number): boolean {
    return this.busyWorkers.has(worker);
  }

  /** A change of the CR or of something that it depends on. Does nothing while the lane doesn't work. */
  enqueue(key: ObjectKey): void {
    this.shift?.queue.add(key);
  }

  /** Something changed that may concern all of them; news of a single one don't wait behind it. */
  enqueueAll(): void {
    for (const key of this.crs.store.keys()) this.shift?.queue.add(key, 'resync');
  }

  /** Waits for dependencies and caches, then works until stop. Resolves when the workers run. */
  async start(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const { metrics } = this.ports;
    for (const { lane, condition } of this.dependencies) {
      await (condition === 'healthy' ? lane.healthy : lane.started).wait(signal);
    }
    if (this.ports.crs.isMissing) {
      this.health.vanished();
      metrics.activations.inc({ crd: this.gvk, result: 'failure' });
    }
    await this.ports.crs.waitForSync(signal);
    if (signal.aborted) return;
    const queue = new RateLimitedWorkQueue<ObjectKey>();
    const { store } = this.ports.crs;
    const passes = new AbortController();
    const limit = this.crd.maxQueueDepth.value;
    const resync = new ResyncTicker(
      this.crd.resyncMs.value,
      () => store.keys(),
      // A full queue needs no routine on top: the next round comes. Changes are never left out.
      (key) => {
        if (limit === 0 || queue.length < limit) queue.add(key, 'resync');
      },
    );
    const workers = Promise.all(
      Array.from({ length: this.crd.workers.value }, (_, index) => this.work(index, queue, passes.signal)),
    );
    this.shift = { queue, resync, passes, workers: workers.then(() => undefined) };
    // A change that comes meanwhile doesn't wait behind all that is there already.
    for (const key of store.keys()) queue.add(key, 'resync');
    resync.start();
    this.health.workersStarted();
    this.started.open();
    // A dependency without any CR has nothing that could fail.
    if (store.size === 0) this.healthy.open();
    metrics.activations.inc({ crd: this.gvk, result: 'success' });
    metrics.activationLatency.observe({ crd: this.gvk }, (performance.now() - began) / 1_000);
  }

  /** No new passes from now on. */
  close(): void {
    this.shift?.resync.stop();
    this.shift?.queue.shutDown();
  }

  /** Running passes may finish within the drain time, then they are aborted. */
  async stop(drainMs: number): Promise<void> {
    const { shift } = this;
    if (shift === undefined) return;
    this.close();
    this.shift = undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)));
    await Promise.race([shift.workers, late]);
    clearTimeout(timer);
    shift.passes.abort();
    await shift.workers;
    this.health.workersStopped();
  }

  private async work(index: number, queue: RateLimitedWorkQueue<ObjectKey>, signal: AbortSignal): Promise<void> {
    for (let key = await queue.get(); key !== undefined; key = await queue.get()) {
      this.busyWorkers.add(index);
      const began = performance.now();
      const outcome = await this.ports.reconciler.reconcile(key, signal);
      this.settle(key, outcome, queue);
      queue.done(key);
      const ended = performance.now();
      this.statistics.passed(ended - began);
      this.ports.metrics.duration.observe({ crd: this.gvk }, (ended - began) / 1_000);
      this.busyWorkers.delete(index);
      if (ended >= this.breakAt) {
        await new Promise((resolve) => setImmediate(resolve));
        this.breakAt = performance.now() + BREAK_MS;
      }
    }
  }

  private settle(key: ObjectKey, outcome: Outcome, queue: RateLimitedWorkQueue<ObjectKey>): void {
    const { metrics, health } = this.ports;
    if (outcome.type === 'failed') {
      this.failed(key, outcome, queue);
      return;
    }
    queue.forget(key);
    metrics.reconciles.inc({ crd: this.gvk, result: 'success' });
    if (outcome.type === 'requeueAfter') {
      queue.addAfter(key, outcome.ms);
      health.waited();
      return;
    }
    health.succeeded();
    this.healthy.open();
  }

  private failed(
    key: ObjectKey,
    { error }: Outcome & { type: 'failed' },
    queue: RateLimitedWorkQueue<ObjectKey>,
  ): void {
    const { metrics, health, logger } = this.ports;
    const policy = policyOf(error.kind);
    metrics.reconciles.inc({ crd: this.gvk, result: 'error' });
    if (policy.countsAsFailure) health.failedWith(error.message);
    const excerpt = excerptOf(error);
    logger[policy.logLevel]('reconcile.failed', {
      crd: this.crd.name,
      key,
      code: error.code,
      problem: error.message,
      ...(excerpt === undefined ? {} : { excerpt }),
      ...(error.kind === 'Bug' ? { stack: error.cause instanceof Error ? error.cause.stack : error.stack } : {}),
    });
    switch (policy.retry) {
      case 'backoff':
        if (error.retryAfterMs === undefined) queue.addRateLimited(key);
        else queue.addAfter(key, error.retryAfterMs);
        return;
      case 'quiet':
        queue.addAfter(key, error.retryAfterMs ?? QUIET_RETRY_MS);
        return;
      case 'slow':
        queue.addAfter(key, SLOW_RETRY_MS, 'resync');
        return;
      case 'none':
        return;
    }
  }

  private presence(present: boolean): void {
    const { health, logger } = this.ports;
    if (present) health.returned();
    else health.vanished();
    logger[present ? 'info' : 'warn'](present ? 'crd.served' : 'crd.missing', { crd: this.crd.name, gvk: this.gvk });
  }
}

function keyOfObject(object: KubeObject): ObjectKey {
  return objectKey(object.metadata.namespace, object.metadata.name);
}

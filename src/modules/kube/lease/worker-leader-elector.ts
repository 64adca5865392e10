// Main thread side of the election: starts the renewing thread, beats, passes news on, answers the fence.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Logger } from '../../observability';
import { type ClusterConfig } from '../config';
import { type Fence } from '../kube-api';
import { type LeaderElectionCallbacks, type LeaderElector, type LeaseHolder } from './leader-election.types';
import { type LeaseTimes } from './lease-loop';
import { LeaseState } from './lease-state';
import { type FromWorker, type LeaseWorkerData, type ToWorker } from './lease.worker';

const WORKER_FILE = join(__dirname, 'lease.worker.js');
const RELEASE_DEADLINE_MS = 1_000;

export interface LeaderElectorOptions {
  readonly config: ClusterConfig;
  readonly namespace: string;
  readonly katalog: string;
  readonly userAgent: string;
  readonly times: LeaseTimes;
  readonly logger: Logger;
  readonly resolveAgain: () => Promise<ClusterConfig>;
}

export class WorkerLeaderElector implements LeaderElector {
  /** Two processes on one host must not both lead. */
  readonly identity = `${hostname()}_${randomUUID()}`;
  readonly fence: Fence = { assertHeld: () => this.state.assertHeld(this.epoch) };
  private readonly state = new LeaseState();
  private epoch = 0;
  private worker: Worker | undefined;
  private heart: NodeJS.Timeout | undefined;
  private known: LeaseHolder | undefined;
  private callbacks: LeaderElectionCallbacks | undefined;
  private onStopped: (() => void) | undefined;

  constructor(private readonly options: LeaderElectorOptions) {}

  get isLeader(): boolean {
    return this.epoch !== 0 && this.epoch === this.state.epoch && this.state.isHeld;
  }

  get holder(): LeaseHolder | undefined {
    return this.known;
  }

  start(callbacks: LeaderElectionCallbacks, signal: AbortSignal): Promise<void> {
    this.callbacks = callbacks;
    const { config, namespace, katalog, userAgent, times } = this.options;
    this.state.beat();
    const heartbeatMs = Math.max(50, Math.min(500, times.retryPeriodMs / 4));
    this.heart = setInterval(() => this.state.beat(), heartbeatMs);
    const workerData: LeaseWorkerData = {
      config,
      namespace,
      identity: this.identity,
      katalog,
      userAgent,
      times,
      buffer: this.state.buffer,
    };
    const worker = new Worker(WORKER_FILE, { workerData, resourceLimits: { maxOldGenerationSizeMb: 64 } });
    this.worker = worker;
    worker.on('message', (news: FromWorker) => this.hear(news));
    worker.on('error', (error) => {
      this.options.logger.error('lease.worker-failed', { problem: error.message });
      this.state.drop();
      this.ended('lost');
    });
    signal.addEventListener('abort', () => void this.stop(), { once: true });
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    this.worker = undefined;
    const stopped = new Promise<void>((resolve) => (this.onStopped = resolve));
    const late = new Promise<void>((resolve) => setTimeout(resolve, RELEASE_DEADLINE_MS).unref());
    this.post(worker, { type: 'stop' });
    await Promise.race([stopped, late]);
    clearInterval(this.heart);
    this.state.drop();
    await worker.terminate();
    this.ended('released');
  }

  private hear(news: FromWorker): void {
    switch (news.type) {
      case 'acquired':
        this.epoch = news.epoch;
        this.callbacks?.onStartedLeading();
        return;
      case 'lost':
        this.ended('lost');
        return;
      case 'leader':
        this.known = news.holder;
        this.callbacks?.onNewLeader(news.holder);
        return;
      case 'foreign':
        this.known = news.holder;
        this.callbacks?.onForeignKatalog(news.holder);
        return;
      case 'problem':
        this.options.logger.warn('lease.problem', { problem: news.message });
        return;
      case 'config-wanted':
        void this.sendConfig();
        return;
      case 'stopped':
        this.onStopped?.();
        return;
      default:
        news satisfies never;
    }
  }

  private ended(reason: 'lost' | 'released'): void {
    if (this.epoch === 0) return;
    this.epoch = 0;
    this.callbacks?.onStoppedLeading(reason);
  }

  private async sendConfig(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    try {
      this.post(worker, { type: 'config', config: await this.options.resolveAgain() });
    } catch (error) {
      this.post(worker, { type: 'config', problem: error instanceof Error ? error.message : String(error) });
    }
  }

  private post(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }
}

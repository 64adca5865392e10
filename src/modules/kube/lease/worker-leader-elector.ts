// Main thread side of the election: starts the renewing thread, beats, passes news on, answers the fence. A thread that
// ends is replaced after a retry period: the process stands for election as long as it runs.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Worker } from 'node:worker_threads';
import { asOrkestraError, shippedFile } from '../../common';
import { type Logger } from '../../observability';
import { type ClusterConfig } from '../config';
import { type Fence } from '../kube-api';
import { type LeaderElectionCallbacks, type LeaderElector, type LeaseHolder } from './leader-election.types';
import { type LeaseTimes } from './lease-loop';
import { LeaseState } from './lease-state';
import { type FromWorker, type LeaseWorkerData, type ToWorker } from './lease.worker';

const WORKER = 'modules/kube/lease/lease.worker.js';
const RELEASE_DEADLINE_MS = 1_000;

/**
 * The renewing thread as the elector sees it; a `Worker` of node:worker_threads is one. Every message comes before
 * `exit`, and `exit` comes exactly once, also after an `error`.
 */
export interface LeaseWorker {
  on(event: 'message', listener: (news: FromWorker) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (exitCode: number) => void): unknown;
  postMessage(message: ToWorker): void;
  terminate(): Promise<unknown>;
}

/** What an elector needs of its process. */
export interface LeaderElectorOptions {
  readonly config: ClusterConfig;
  /** Of the Lease. */
  readonly namespace: string;
  /** `metadata.name` of the Katalog, as the annotation of the Lease tells it. */
  readonly katalog: string;
  readonly userAgent: string;
  readonly times: LeaseTimes;
  readonly logger: Logger;
  /** Logs in again, when the credentials of the thread were refused or are over. */
  readonly resolveAgain: () => Promise<ClusterConfig>;
  /** Default: a thread of this process with the built `lease.worker`. */
  readonly startWorker?: (data: LeaseWorkerData) => LeaseWorker;
}

/** The election of one process: `start` once, `stop` once. See LeaderElector for what it promises. */
export class WorkerLeaderElector implements LeaderElector {
  /** Two processes on one host must not both lead. */
  readonly identity = `${hostname()}_${randomUUID()}`;
  readonly fence: Fence = { assertHeld: () => this.state.assertHeld(this.epoch) };
  private readonly state = new LeaseState();
  private epoch = 0;
  /** The newest login that was resolved: a thread that is started again needs no refusal to get it. */
  private config: ClusterConfig;
  private worker: LeaseWorker | undefined;
  private restart: NodeJS.Timeout | undefined;
  private heart: NodeJS.Timeout | undefined;
  private known: LeaseHolder | undefined;
  private callbacks: LeaderElectionCallbacks | undefined;
  private onStopped: (() => void) | undefined;
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: LeaderElectorOptions) {
    this.config = options.config;
  }

  get isLeader(): boolean {
    return this.epoch !== 0 && this.epoch === this.state.epoch && this.state.isHeld;
  }

  get holder(): LeaseHolder | undefined {
    return this.known;
  }

  start(callbacks: LeaderElectionCallbacks, signal: AbortSignal): Promise<void> {
    this.callbacks = callbacks;
    const heartbeatMs = Math.max(50, Math.min(500, this.options.times.retryPeriodMs / 4));
    this.state.beat();
    this.launch();
    this.heart = setInterval(() => this.state.beat(), heartbeatMs);
    signal.addEventListener('abort', () => void this.stop(), { once: true });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    clearTimeout(this.restart);
    const { worker } = this;
    this.worker = undefined;
    if (worker !== undefined) await this.dismiss(worker);
    clearInterval(this.heart);
    this.state.drop();
    this.ended('released');
  }

  /** The thread gives the lease up; one that can't is ended. */
  private async dismiss(worker: LeaseWorker): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.onStopped = resolve;
      timer = setTimeout(resolve, RELEASE_DEADLINE_MS);
      worker.postMessage({ type: 'stop' });
    });
    clearTimeout(timer);
    await worker.terminate();
  }

  private launch(): void {
    const { namespace, katalog, userAgent, times, startWorker = startThread } = this.options;
    const { config, identity, state } = this;
    const worker = startWorker({ config, namespace, identity, katalog, userAgent, times, buffer: state.buffer });
    this.worker = worker;
    worker.on('message', (news) => this.hear(news, worker));
    worker.on('error', (error) => this.options.logger.error('lease.worker-failed', { problem: error.message }));
    worker.on('exit', (exitCode) => this.exited(worker, exitCode));
  }

  private exited(worker: LeaseWorker, exitCode: number): void {
    if (this.worker !== worker) {
      // It was dismissed: there is nobody left to wait for.
      this.onStopped?.();
      return;
    }
    this.options.logger.error('lease.worker-ended', { exitCode });
    this.crashed();
  }

  /**
   * Nobody renews any more. The lease may still run for a while, and the next thread takes it again as its own, but as
   * another hold: what was begun under this one stays fenced, because the epoch lives in the shared memory and goes on.
   * The pause bounds how often a thread that always ends is started.
   */
  private crashed(): void {
    this.worker = undefined;
    this.state.drop();
    // Before the news: who hears them may stop us.
    this.restart = setTimeout(() => this.relaunch(), this.options.times.retryPeriodMs);
    this.ended('lost');
  }

  private relaunch(): void {
    try {
      this.launch();
    } catch (error) {
      // No thread to be had now.
      this.options.logger.error('lease.worker-failed', { problem: asOrkestraError(error).message });
      this.crashed();
    }
  }

  /** News come from the thread at work and, until it has ended, from the one that gives the lease up. */
  private hear(news: FromWorker, worker: LeaseWorker): void {
    switch (news.type) {
      case 'acquired':
        // Won while it was being given up.
        if (this.worker !== worker) return;
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
        void this.sendConfig(worker);
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

  private async sendConfig(worker: LeaseWorker): Promise<void> {
    try {
      this.config = await this.options.resolveAgain();
      worker.postMessage({ type: 'config', config: this.config });
    } catch (error) {
      worker.postMessage({ type: 'config', problem: asOrkestraError(error).message });
    }
  }
}

function startThread(workerData: LeaseWorkerData): LeaseWorker {
  return new Worker(shippedFile(__dirname, WORKER), { workerData, resourceLimits: { maxOldGenerationSizeMb: 64 } });
}

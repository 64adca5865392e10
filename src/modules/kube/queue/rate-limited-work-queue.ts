// Dirty and processing sets as in client-go's workqueue. JavaScript's Set keeps insertion order and deletes in O(1):
// each lane is a Set. There is no overall token bucket: the request gate bounds the load on the server, and a bucket
// would make a thousand CRs wait for minutes after an API server was down for seconds.
import { type Priority, type WorkQueue } from './work-queue.types';

/** Pause after the n-th failure in a row: `min(baseMs * 2^(n-1), maxMs)`. */
export interface BackoffOptions {
  readonly baseMs: number;
  readonly maxMs: number;
}

const DEFAULT_BACKOFF: BackoffOptions = { baseMs: 5, maxMs: 1_000_000 };
/** A longer setTimeout fires at once (its delay is a 32 bit number): longer pauses are taken in pieces. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Delayed {
  readonly timer: NodeJS.Timeout;
  readonly dueAt: number;
  priority: Priority;
}

export class RateLimitedWorkQueue<K> implements WorkQueue<K> {
  private readonly fresh = new Set<K>();
  private readonly resync = new Set<K>();
  private readonly processing = new Set<K>();
  /** Added while being processed: runs once more. */
  private readonly again = new Map<K, Priority>();
  private readonly delayed = new Map<K, Delayed>();
  private readonly failureCounts = new Map<K, number>();
  private readonly getters: ((key: K | undefined) => void)[] = [];
  private isClosed = false;

  constructor(private readonly backoff: BackoffOptions = DEFAULT_BACKOFF) {}

  get length(): number {
    return this.fresh.size + this.resync.size;
  }

  get isShutDown(): boolean {
    return this.isClosed;
  }

  add(key: K, priority: Priority = 'fresh'): void {
    if (this.isClosed) return;
    if (this.processing.has(key)) {
      if (this.again.get(key) !== 'fresh') this.again.set(key, priority);
      return;
    }
    if (this.fresh.has(key)) return;
    if (priority === 'fresh') {
      this.resync.delete(key);
      this.fresh.add(key);
    } else {
      this.resync.add(key);
    }
    this.hand();
  }

  addAfter(key: K, delayMs: number, priority: Priority = 'fresh'): void {
    if (this.isClosed) return;
    if (delayMs <= 0) {
      this.add(key, priority);
      return;
    }
    const dueAt = performance.now() + delayMs;
    const known = this.delayed.get(key);
    if (known === undefined) {
      this.arm(key, dueAt, priority);
      return;
    }
    // One pause stands for both: the earlier time, and the lane of the more urgent one.
    if (priority === 'fresh') known.priority = 'fresh';
    if (known.dueAt <= dueAt) return;
    clearTimeout(known.timer);
    this.arm(key, dueAt, known.priority);
  }

  addRateLimited(key: K): number {
    const failures = this.failures(key);
    this.failureCounts.set(key, failures + 1);
    const delayMs = Math.min(this.backoff.baseMs * 2 ** failures, this.backoff.maxMs);
    this.addAfter(key, delayMs);
    return delayMs;
  }

  forget(key: K): void {
    this.failureCounts.delete(key);
  }

  failures(key: K): number {
    return this.failureCounts.get(key) ?? 0;
  }

  get(signal?: AbortSignal): Promise<K | undefined> {
    if (this.isClosed || signal?.aborted === true) return Promise.resolve(undefined);
    const key = this.take();
    if (key !== undefined) return Promise.resolve(key);
    return new Promise((resolve) => {
      const getter = (found: K | undefined): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve(found);
      };
      const onAbort = (): void => {
        const place = this.getters.indexOf(getter);
        if (place >= 0) this.getters.splice(place, 1);
        resolve(undefined);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.getters.push(getter);
    });
  }

  done(key: K): void {
    this.processing.delete(key);
    const priority = this.again.get(key);
    this.again.delete(key);
    if (priority !== undefined) this.add(key, priority);
  }

  shutDown(): void {
    this.isClosed = true;
    this.fresh.clear();
    this.resync.clear();
    this.again.clear();
    for (const { timer } of this.delayed.values()) clearTimeout(timer);
    this.delayed.clear();
    for (const getter of this.getters.splice(0)) getter(undefined);
  }

  private arm(key: K, dueAt: number, priority: Priority): void {
    const leftMs = dueAt - performance.now();
    const timer = setTimeout(
      () => {
        const due = this.delayed.get(key);
        this.delayed.delete(key);
        if (leftMs > LONGEST_TIMER_MS) this.arm(key, dueAt, due?.priority ?? priority);
        else this.add(key, due?.priority ?? priority);
      },
      Math.min(leftMs, LONGEST_TIMER_MS),
    );
    this.delayed.set(key, { timer, dueAt, priority });
  }

  private take(): K | undefined {
    const lane = this.fresh.size > 0 ? this.fresh : this.resync;
    const next = lane.values().next();
    if (next.done === true) return undefined;
    lane.delete(next.value);
    this.processing.add(next.value);
    return next.value;
  }

  private hand(): void {
    if (this.getters.length === 0) return;
    const key = this.take();
    if (key !== undefined) this.getters.shift()?.(key);
  }
}

// client-go's work queue: an item is never processed twice at once, adds during processing run once more afterwards,
// failures back off per item. Two lanes: a fresh change never waits behind resyncs.

export type Priority = 'fresh' | 'resync';

export interface WorkQueue<K> {
  /** Waiting items (fresh + resync), without those in processing or delayed. */
  readonly length: number;
  readonly isShutDown: boolean;
  /** Adds an item; one that waits in the resync lane is lifted to the fresh lane by a fresh add. */
  add(key: K, priority?: Priority): void;
  /** Adds after a pause; of several pauses of one item the earliest counts. */
  addAfter(key: K, delayMs: number, priority?: Priority): void;
  /** Adds after the item's backoff: `min(base * 2^failures, max)`, and counts one failure more. Returns the pause, ms. */
  addRateLimited(key: K): number;
  /** Success or drop: the failure count starts again at 0. */
  forget(key: K): void;
  failures(key: K): number;
  /** Waits for an item; undefined when the queue is shut down (and drained) or the signal aborts. */
  get(signal?: AbortSignal): Promise<K | undefined>;
  /** Must follow every get. */
  done(key: K): void;
  /** No new items; waiting ones are dropped, blocked getters wake with undefined. */
  shutDown(): void;
}

// client-go's work queue: an item is never processed twice at once, adds during processing run once more afterwards,
// failures back off per item. Two lanes: a fresh change never waits behind resyncs.

/** `fresh`: something changed. `resync`: only the time has come. */
export type Priority = 'fresh' | 'resync';

/** A queue of keys for several workers. `K` must compare with `===` (a string, never an object made anew). */
export interface WorkQueue<K> {
  /** Waiting items (fresh + resync), without those in processing or delayed. */
  readonly length: number;
  readonly isShutDown: boolean;
  /** Adds an item; one that waits in the resync lane is lifted to the fresh lane by a fresh add. */
  add(key: K, priority?: Priority): void;
  /** Adds after a pause; of several pauses of one item the earliest counts, in the lane of the most urgent. */
  addAfter(key: K, delayMs: number, priority?: Priority): void;
  /** Adds after the item's backoff: `min(base * 2^failures, max)`, and counts one failure more. Returns the pause, ms. */
  addRateLimited(key: K): number;
  /** Success or drop: the failure count starts again at 0. */
  forget(key: K): void;
  /** Failures in a row that were counted by addRateLimited. */
  failures(key: K): number;
  /** Waits for an item, fresh ones first; undefined when the queue is shut down or the signal aborted. */
  get(signal?: AbortSignal): Promise<K | undefined>;
  /** Must follow every get. */
  done(key: K): void;
  /** No new items; waiting ones are dropped, blocked getters wake with undefined. */
  shutDown(): void;
}

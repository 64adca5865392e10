// The recent changes of one resource, as a ring. It serves three needs at once: a watch is a cursor into it, so that a slow
// reader costs nothing and is cut off when the ring has moved past it; a list at an older revision is made by undoing
// what came after; and what fell out of the ring is what a real server has compacted (410).
import { type StoredEvent } from './storage.types';

/** Texts of events are kept for so many of the last events only: readers that are further behind make their own. */
const KEPT_LINES = 512;

export class ResourceLog {
  private readonly ring: (StoredEvent | undefined)[] = [];
  /** Number of events ever; the position of the next one. */
  private written = 0;
  /** Position of the oldest event that may still be read. */
  private oldest = 0;
  /** Every change after this revision is in the ring. */
  private completeSince: number;
  private readonly sleepers = new Set<() => void>();

  constructor(
    private readonly capacity: number,
    revision: number,
  ) {
    this.completeSince = revision;
  }

  get end(): number {
    return this.written;
  }

  get start(): number {
    return this.oldest;
  }

  /** Whether all that happened after the revision can be told. */
  covers(revision: number): boolean {
    return revision >= this.completeSince;
  }

  append(event: StoredEvent): void {
    if (this.written - this.oldest === this.capacity) this.drop();
    this.ring[this.written % this.capacity] = event;
    this.written++;
    const stale = this.written - 1 - KEPT_LINES;
    if (stale >= this.oldest) this.ring[stale % this.capacity]?.lines.clear();
    for (const wake of this.sleepers) wake();
  }

  /** The event at a position in [start, end). */
  at(position: number): StoredEvent | undefined {
    return position < this.oldest || position >= this.written ? undefined : this.ring[position % this.capacity];
  }

  /** Position of the first event after the revision. */
  positionAfter(revision: number): number {
    let low = this.oldest;
    let high = this.written;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle)?.revision ?? 0) > revision) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Forgets everything up to the revision. */
  compact(revision: number): void {
    while (this.oldest < this.written && (this.at(this.oldest)?.revision ?? 0) <= revision) this.drop();
    this.completeSince = Math.max(this.completeSince, revision);
  }

  /** Calls back at each event (before anything else runs) until it is taken off. */
  onAppend(wake: () => void): () => void {
    this.sleepers.add(wake);
    return () => this.sleepers.delete(wake);
  }

  private drop(): void {
    const index = this.oldest % this.capacity;
    this.completeSince = this.ring[index]?.revision ?? this.completeSince;
    this.ring[index] = undefined;
    this.oldest++;
  }
}

// Each key once in each resync interval, spread evenly over it: a thousand CRs don't fall due in one moment.
import { type ObjectKey } from '../../common';

const SLICES = 20;
const MIN_TICK_MS = 50;

export class ResyncTicker {
  private timer: NodeJS.Timeout | undefined;
  private next = 0;
  private readonly slices: number;

  constructor(
    private readonly intervalMs: number,
    private readonly keys: () => Iterable<ObjectKey>,
    private readonly enqueue: (key: ObjectKey) => void,
  ) {
    this.slices = Math.max(1, Math.min(SLICES, Math.floor(intervalMs / MIN_TICK_MS)));
  }

  start(): void {
    this.timer = setInterval(() => this.tick(), this.intervalMs / this.slices);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const slice = this.next;
    this.next = (slice + 1) % this.slices;
    for (const key of this.keys()) if (sliceOf(key, this.slices) === slice) this.enqueue(key);
  }
}

function sliceOf(key: ObjectKey, slices: number): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return Math.abs(hash) % slices;
}

// A queue of keys that are worked on one at a time. A key that is woken while it waits is there once; one that is woken
// while it is worked on comes again. What fails comes again after a while.
import { pause } from '../../common';

const RETRY_MS = 20;
const MOST_RETRY_MS = 1_000;

export class WorkLine {
  private readonly waiting = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly pauses = new Set<Promise<void>>();
  private readonly abort = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly work: (key: string) => Promise<void>) {}

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  wake(key: string): void {
    if (this.abort.signal.aborted) return;
    this.waiting.add(key);
    this.running ??= this.run();
  }

  /** Wakes the key after a while, unless the line is stopped before. */
  wakeLater(key: string, ms: number): void {
    if (this.abort.signal.aborted) return;
    const waits = pause(ms, this.abort.signal).then(
      () => this.wake(key),
      () => undefined,
    );
    this.pauses.add(waits);
    void waits.then(() => this.pauses.delete(waits));
  }

  /** Resolves when the key that is worked on is done and no pause is left. */
  async stop(): Promise<void> {
    this.abort.abort();
    this.waiting.clear();
    await this.running;
    await Promise.all(this.pauses);
  }

  private async run(): Promise<void> {
    // Not in the call that woke it: whoever writes an object never waits for a controller.
    await Promise.resolve();
    for (const key of this.waiting) {
      this.waiting.delete(key);
      if (this.abort.signal.aborted) break;
      await this.attempt(key);
    }
    this.running = undefined;
    if (this.waiting.size > 0 && !this.abort.signal.aborted) this.running = this.run();
  }

  private async attempt(key: string): Promise<void> {
    try {
      await this.work(key);
      this.failures.delete(key);
    } catch {
      // A conflict or a race with another writer: the next look decides on what is there then.
      const count = (this.failures.get(key) ?? 0) + 1;
      this.failures.set(key, count);
      this.wakeLater(key, Math.min(RETRY_MS * 2 ** Math.min(count, 10), MOST_RETRY_MS));
    }
  }
}

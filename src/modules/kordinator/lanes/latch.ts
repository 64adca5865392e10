/** Opens once and stays open: what `dependsOn` waits for. */
export class Latch {
  private isOpened = false;
  private readonly waiters = new Set<() => void>();

  get isOpen(): boolean {
    return this.isOpened;
  }

  open(): void {
    this.isOpened = true;
    for (const waiter of [...this.waiters]) waiter();
  }

  /** Resolves when open or when the signal aborts: callers look at the signal. */
  wait(signal: AbortSignal): Promise<void> {
    if (this.isOpened || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        this.waiters.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.waiters.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}

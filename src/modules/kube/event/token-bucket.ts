import { type Clock } from '../../common';

export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly burst: number,
    private readonly perMs: number,
    private readonly clock: Clock,
  ) {
    this.tokens = burst;
    this.filledAt = clock.monotonicMs();
  }

  /** Whether there was a token; it is gone then. */
  take(): boolean {
    this.fill();
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }

  /** Takes a token, on credit when there is none, and says how long to wait for it, ms. */
  waitMs(): number {
    this.fill();
    this.tokens--;
    return this.tokens >= 0 ? 0 : -this.tokens / this.perMs;
  }

  private fill(): void {
    const now = this.clock.monotonicMs();
    this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.perMs);
    this.filledAt = now;
  }
}

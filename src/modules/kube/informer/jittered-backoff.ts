import { type Random } from '../../common';

/** Pauses that double with each failure in a row, each a quarter longer or shorter by chance: clients spread out. */
export class JitteredBackoff {
  private currentMs: number;

  constructor(
    private readonly firstMs: number,
    private readonly maxMs: number,
    private readonly random: Random,
  ) {
    this.currentMs = firstMs;
  }

  /** Milliseconds to wait now. */
  next(limitMs = this.maxMs): number {
    const current = Math.min(this.currentMs, limitMs);
    this.currentMs = Math.min(current * 2, limitMs);
    return current * (0.75 + this.random.next() * 0.5);
  }

  reset(): void {
    this.currentMs = this.firstMs;
  }
}

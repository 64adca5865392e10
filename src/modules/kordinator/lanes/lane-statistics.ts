// Durations of the last passes of a lane. The numbers of `/katalog/<crd>`, later of the autoscaler.
const RING = 256;
const PERCENTILE = 0.95;

export class LaneStatistics {
  private readonly durations: number[] = [];
  private next = 0;

  /** A pass took so long, ms. */
  passed(durationMs: number): void {
    this.durations[this.next] = durationMs;
    this.next = (this.next + 1) % RING;
  }

  /** 95th percentile by nearest rank over the last passes; 0 before the first. */
  get p95Ms(): number {
    const sorted = [...this.durations].sort((a, b) => a - b);
    return sorted[Math.ceil(PERCENTILE * sorted.length) - 1] ?? 0;
  }
}

// A place for each connection, handed out in order of priority. It stands in front of undici's pool so that a request
// which got a place goes to a socket at once: the fence is asked at that moment, not when the request was made
// (engine contract §5). Events wait behind everything else (§2.9).

export type RequestPriority = 'normal' | 'low';

export class RequestGate {
  private free: number;
  private readonly normal: (() => void)[] = [];
  private readonly low: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  /** Undefined when a place is free right now; else a promise for one. */
  enter(priority: RequestPriority): Promise<void> | undefined {
    if (this.free > 0) {
      this.free--;
      return undefined;
    }
    return new Promise((resolve) => (priority === 'low' ? this.low : this.normal).push(resolve));
  }

  leave(): void {
    const next = this.normal.shift() ?? this.low.shift();
    if (next === undefined) this.free++;
    else next();
  }
}

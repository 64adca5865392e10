// A place for each connection, handed out in order of priority. It stands in front of undici's pool so that a request
// which got a place goes to a socket at once: the fence is asked at that moment, not when the request was made
// (engine contract §5). Events wait behind everything else (§2.9).

export type RequestPriority = 'normal' | 'low';

type Waiter = () => void;

export class RequestGate {
  private free: number;
  /** Sets keep their order, and a waiter that gives up leaves at no cost. */
  private readonly normal = new Set<Waiter>();
  private readonly low = new Set<Waiter>();

  constructor(places: number) {
    this.free = places;
  }

  /** Undefined when a place is free right now; else a promise for one, which rejects with the signal's reason. */
  enter(priority: RequestPriority, signal: AbortSignal): Promise<void> | undefined {
    signal.throwIfAborted();
    if (this.free > 0) {
      this.free--;
      return undefined;
    }
    const lane = priority === 'low' ? this.low : this.normal;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        lane.delete(waiter);
        reject(signal.reason as Error);
      };
      const waiter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      lane.add(waiter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Must follow every place that was got. */
  leave(): void {
    const lane = this.normal.size > 0 ? this.normal : this.low;
    const [next] = lane;
    if (next === undefined) {
      this.free++;
      return;
    }
    lane.delete(next);
    next();
  }
}

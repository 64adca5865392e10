// What the renewing thread and the main thread share: a few numbers in shared memory, so that the fence can be asked
// at every write without a message between threads. Times are hrtime milliseconds (one clock for all threads) and wall
// clock milliseconds: a suspended machine stops the first, a changed date moves the second (engine contract §5).
import { FencedError } from '../kube.errors';

const SLOTS = { heartbeat: 0, validMonotonic: 1, validWall: 2, epoch: 3 } as const;
const BYTES = 8 * Object.keys(SLOTS).length;

/** Monotonic milliseconds with one origin for all threads of the process. */
export function threadMonotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

export class LeaseState {
  private readonly numbers: Float64Array;

  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.numbers = new Float64Array(buffer);
  }

  /** The main loop is alive. */
  beat(): void {
    this.numbers[SLOTS.heartbeat] = threadMonotonicMs();
  }

  get heartbeatAgeMs(): number {
    return threadMonotonicMs() - (this.numbers[SLOTS.heartbeat] ?? 0);
  }

  /** Counts acquisitions; 0: never. */
  get epoch(): number {
    return this.numbers[SLOTS.epoch] ?? 0;
  }

  /** The lease is ours until then; both clocks count from before the renewal was sent. */
  hold(validMonotonic: number, validWall: number, isNew: boolean): void {
    this.numbers[SLOTS.validMonotonic] = validMonotonic;
    this.numbers[SLOTS.validWall] = validWall;
    if (isNew) this.numbers[SLOTS.epoch] = this.epoch + 1;
  }

  drop(): void {
    this.numbers[SLOTS.validMonotonic] = 0;
    this.numbers[SLOTS.validWall] = 0;
  }

  get isHeld(): boolean {
    return (
      threadMonotonicMs() < (this.numbers[SLOTS.validMonotonic] ?? 0) &&
      Date.now() < (this.numbers[SLOTS.validWall] ?? 0)
    );
  }

  /** Throws FencedError unless the lease is held now and was held without a gap since that acquisition. */
  assertHeld(epoch: number): void {
    if (epoch === 0 || epoch !== this.epoch || !this.isHeld) throw new FencedError();
  }
}

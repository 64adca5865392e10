// Time and randomness are inputs (DESIGN §4.7): nothing in the engine reads them from the process.
import { randomInt } from 'node:crypto';

/** Where the time comes from. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** Monotonic milliseconds; only differences mean anything. */
  monotonicMs(): number;
}

/** Where randomness comes from. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** RFC 3339 in UTC with whole seconds: what Kubernetes writes in metav1.Time. */
export function rfc3339(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in UTC with six decimals: what Kubernetes writes in metav1.MicroTime. */
export function rfc3339Micro(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000Z');
}

/** The clocks of the process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};

const RANDOM_STEPS = 2 ** 47;

/** Randomness of the process, from a generator that secrets may be made of: templates do that. */
export const systemRandom: Random = { next: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS };

/** A clock that only moves when told; for tests and simulate. */
export class ManualClock implements Clock {
  constructor(private epochMs = Date.UTC(2026, 0, 1)) {}

  now(): number {
    return this.epochMs;
  }

  monotonicMs(): number {
    return this.epochMs;
  }

  advance(ms: number): void {
    this.epochMs += ms;
  }
}

/** Longest delay of a Node timer; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Resolves after the pause (24 days at most), or at once when the signal aborts (it never rejects: callers look at the signal). */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
    signal?.addEventListener('abort', done, { once: true });
  });
}

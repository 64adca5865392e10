import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 50;

/** Waiting longer is no use. */
export class Hopeless extends Error {}

/**
 * Repeats `look` until it gives a value; throws what the last try threw, or what was seen last, after the deadline.
 * `look` returns undefined (or false) while it isn't so.
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = 20_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  let problem: unknown;
  for (;;) {
    try {
      problem = undefined;
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      problem = error;
    }
    if (performance.now() > end) {
      const reason = problem instanceof Error ? `: ${problem.message}` : '';
      throw new Error(`not within ${deadlineMs / 1_000} s: ${what}${reason}`);
    }
    await pause(LOOK_MS);
  }
}

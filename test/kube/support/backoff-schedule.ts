/** Pauses between tries: the first one, then twice as long each time, up to the longest. */
export interface BackoffSchedule {
  readonly firstMs: number;
  readonly longestMs?: number;
  /** What chance leaves of a pause at least; 1: nothing is left to chance. */
  readonly shortest?: number;
}

/**
 * How many tries a time has room for at most, when one falls on its beginning. A bound for what is seen: tries that take
 * long themselves come later.
 */
export function mostTries(withinMs: number, { firstMs, longestMs = Infinity, shortest = 1 }: BackoffSchedule): number {
  let tries = 1;
  let pauseMs = firstMs;
  for (let at = pauseMs * shortest; at <= withinMs; at += pauseMs * shortest) {
    tries++;
    pauseMs = Math.min(pauseMs * 2, longestMs);
  }
  return tries;
}

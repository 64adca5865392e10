// How long ago, as the tables of the real server say it.

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** `45s`, `5m10s`, `3h`, `2d4h`, `400d`, `9y`; `<invalid>` for more than a second ahead. */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * MINUTE) return `${seconds}s`;
  const both = (big: number, small: number, letters: readonly [string, string]): string => {
    const rest = Math.floor((seconds % big) / small);
    return `${Math.floor(seconds / big)}${letters[0]}${rest === 0 ? '' : `${rest}${letters[1]}`}`;
  };
  if (seconds < 10 * MINUTE) return both(MINUTE, 1, ['m', 's']);
  if (seconds < 3 * HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < 8 * HOUR) return both(HOUR, MINUTE, ['h', 'm']);
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)}h`;
  if (seconds < 8 * DAY) return both(DAY, HOUR, ['d', 'h']);
  if (seconds < 2 * YEAR) return `${Math.floor(seconds / DAY)}d`;
  return seconds < 8 * YEAR ? both(YEAR, DAY, ['y', 'd']) : `${Math.floor(seconds / YEAR)}y`;
}

/** `<unknown>` without a time. */
export function ageOf(timestamp: unknown, nowMs: number): string {
  const epochMs = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(epochMs) ? '<unknown>' : humanDuration(nowMs - epochMs);
}

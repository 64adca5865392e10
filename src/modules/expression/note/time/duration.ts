// Durations as Go has them: int64 nanoseconds, exact; and the longer units that the language adds.
import { trimSpace } from '../text/go-text';
import { parseFloat64 } from '../values/numbers';

export const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY_NANOSECONDS = 24 * 3_600_000_000_000;
export const MAX_DURATION = 2n ** 63n - 1n;

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
};
/** Tried in this order; each stands alone behind one number. */
const LONG_UNITS = [
  ['y', 365],
  ['mo', 30],
  ['w', 7],
  ['d', 1],
] as const;

/** time.ParseDuration: nanoseconds, or undefined when the text is no duration or too long. */
export function parseGoDuration(text: string): bigint | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return 0n;
  const pattern = /([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/y;
  let total = 0n;
  let end = 0;
  while (end < rest.length) {
    pattern.lastIndex = end;
    const [matched, whole = '', fraction = '', unitName = ''] = pattern.exec(rest) ?? [];
    const unit = Object.hasOwn(UNITS, unitName) ? UNITS[unitName] : undefined;
    if (matched === undefined || unit === undefined || (whole === '' && fraction === '')) return undefined;
    total += BigInt(whole || '0') * unit + partOf(unit, fraction);
    if (total > MAX_DURATION) return undefined;
    end = pattern.lastIndex;
  }
  if (end === 0) return undefined;
  return sign === '-' ? -total : total;
}

function partOf(unit: bigint, fraction: string): bigint {
  const digits = fraction.slice(0, 18);
  return (BigInt(digits || '0') * unit) / 10n ** BigInt(digits.length);
}

/** As parseGoDuration, plus `never` (0) and one number of `y`, `mo`, `w` or `d`. */
export function parseDuration(text: string): bigint | undefined {
  if (text === 'never') return 0n;
  const trimmed = trimSpace(text);
  const long = LONG_UNITS.find(([suffix]) => trimmed.endsWith(suffix));
  if (long === undefined) return parseGoDuration(trimmed);
  const [suffix, days] = long;
  const amount = parseFloat64(trimmed.slice(0, -suffix.length));
  if (amount === undefined || !Number.isFinite(amount)) return undefined;
  const nanoseconds = BigInt(Math.trunc(amount * days * DAY_NANOSECONDS));
  return nanoseconds > MAX_DURATION || nanoseconds < -MAX_DURATION ? undefined : nanoseconds;
}

/** time.Duration.String. */
export function formatDuration(duration: bigint): string {
  if (duration < 0n) return `-${formatDuration(-duration)}`;
  if (duration === 0n) return '0s';
  if (duration < 1_000n) return `${duration}ns`;
  if (duration < 1_000_000n) return `${decimal(duration, 3)}µs`;
  if (duration < SECOND) return `${decimal(duration, 6)}ms`;
  const hours = duration / HOUR;
  const minutes = (duration % HOUR) / MINUTE;
  const seconds = `${decimal(duration % MINUTE, 9)}s`;
  if (hours > 0n) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${minutes}m${seconds}` : seconds;
}

function decimal(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places);
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(value / unit) : `${value / unit}.${fraction}`;
}

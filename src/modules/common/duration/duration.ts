// The two duration grammars of the Katalog.

const PLAIN_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const EXTENDED_MS: Readonly<Record<string, number>> = {
  ...PLAIN_MS,
  d: 86_400_000,
  w: 7 * 86_400_000,
  mo: 30 * 86_400_000,
  y: 365 * 86_400_000,
};

/** Go style: `1h30m`, `500ms`, `0`. Milliseconds, or undefined when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  return parseWith(text, PLAIN_MS);
}

/** As parseDuration, plus `d`, `w`, `mo`, `y`. */
export function parseExtendedDuration(text: string): number | undefined {
  return parseWith(text, EXTENDED_MS);
}

function parseWith(text: string, units: Readonly<Record<string, number>>): number | undefined {
  if (text === '0') return 0;
  const pattern = /([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([a-zµμ]+)/y;
  let totalMs = 0;
  let end = 0;
  while (end < text.length) {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    const unitMs = match?.[2] === undefined ? undefined : units[match[2]];
    if (match === null || unitMs === undefined) return undefined;
    totalMs += Number(match[1]) * unitMs;
    end = pattern.lastIndex;
  }
  return end === 0 ? undefined : totalMs;
}

/** As Go prints a time.Duration rounded to seconds (sub-second values keep milliseconds): `1h2m3s`, `500ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return ms === 0 ? '0s' : `${Math.round(ms)}ms`;
  const seconds = Math.round(ms / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

/**
 * Milliseconds of a Retry-After header (RFC 9110 §10.2.3: seconds, or a date); undefined without one, and for one that
 * can't be read. `now` in milliseconds since the epoch.
 */
export function retryAfterMs(header: string | readonly string[] | undefined, now: number): number | undefined {
  const written = typeof header === 'string' ? header : header?.[0];
  if (written === undefined) return undefined;
  const ms = /^\d+$/.test(written) ? Number(written) * 1_000 : Date.parse(written) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

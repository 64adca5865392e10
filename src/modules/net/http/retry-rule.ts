// When the same call may be sent again, and how long before. A server that acted on a call must not be asked to do it
// twice: only methods that mean the same when repeated (RFC 9110 §9.2.2) are sent again after an unknown outcome.
import { type NetworkFailure, type Random } from '../../common';
import { type HttpMethod } from './http.types';

const IDEMPOTENT: readonly HttpMethod[] = ['GET', 'HEAD', 'PUT', 'DELETE'];
const FIRST_PAUSE_MS = 200;
/** A longer pause is the caller's. */
const MAX_PAUSE_MS = 10_000;

/** Whether an answer with this status may be asked for again. After a 429 the server did not act. */
export function isWorthRepeating(status: number, method: HttpMethod): boolean {
  if (status === 429) return true;
  return IDEMPOTENT.includes(method) && (status === 408 || status === 502 || status === 503 || status === 504);
}

/** Whether a call that failed so may be sent again. */
export function mayRepeatAfter({ reason, codes }: NetworkFailure, method: HttpMethod): boolean {
  switch (reason) {
    case 'refused':
    case 'unreachable':
      return true;
    case 'dns':
      // The name server had no time; a name that does not exist won't in a second.
      return codes.includes('EAI_AGAIN');
    case 'timeout':
      return codes.includes('UND_ERR_CONNECT_TIMEOUT') || IDEMPOTENT.includes(method);
    case 'reset':
      return IDEMPOTENT.includes(method);
    case 'aborted':
    case 'tls':
    case 'protocol':
      return false;
  }
}

/** Milliseconds before the next try, undefined when it would be too long; `tried` counts from 1. */
export function pauseBefore(tried: number, askedMs: number | undefined, random: Random): number | undefined {
  if (askedMs !== undefined) return askedMs > MAX_PAUSE_MS ? undefined : askedMs * (1 + random.next() * 0.2);
  return FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + random.next());
}

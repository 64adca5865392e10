import { retryAfterMs } from '../../common';
import { HttpError } from './http.errors';
import { type HttpHead } from './http.types';

/** Throws an HttpError (UserError, or Transient when a later try may help) unless the status is 2xx. */
export function assertSuccess(head: HttpHead): void {
  const { status, what, headers } = head;
  if (status >= 200 && status < 300) return;
  const asked = retryAfterMs(headers['retry-after'], Date.now());
  throw new HttpError({
    reason: 'status',
    what,
    message: statusInWords(status),
    status,
    ...(asked === undefined ? {} : { retryAfterMs: asked }),
  });
}

function statusInWords(status: number): string {
  if (status === 401) return 'answers 401: a login is needed, or the one that was sent is not accepted';
  if (status === 403) return 'answers 403: not allowed with this login, or without one';
  if (status === 404) return 'answers 404: there is nothing at this address';
  if (status === 429) return 'answers 429: too many requests';
  return `answers ${status}`;
}

// What can go wrong on the way to a server that is not the API server, with the kind that decides the retry.
import { type ErrorKind, OrkestraError } from '../../common';

/**
 * - `url`: nothing that can be called.
 * - `blocked`: the address guard refused it; `redirects`: too many, or to where none may lead.
 * - `refused`, `unreachable`, `dns`, `tls`: nothing was sent.
 * - `timeout`, `reset`, `protocol`: whether the server acted is not known.
 * - `too-large`: the answer is longer than allowed.
 * - `status`: an answer that says no (`assertSuccess`).
 * - `aborted`: the caller gave up.
 */
export type HttpFailureReason =
  | 'url'
  | 'blocked'
  | 'redirects'
  | 'refused'
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'protocol'
  | 'too-large'
  | 'status'
  | 'aborted';

/** Only a person can change these. */
const OF_THE_USER: readonly HttpFailureReason[] = ['url', 'blocked', 'redirects', 'too-large'];

export interface HttpErrorInit {
  readonly reason: HttpFailureReason;
  /** `GET https://example.org/a.yaml`: never holds a query, a login or a secret path. */
  readonly what: string;
  readonly message: string;
  readonly cause?: unknown;
  /** Of an answer. */
  readonly status?: number;
  readonly retryAfterMs?: number;
}

/** A call that failed. The message is `<what>: <why>`; kind UserError or Transient. */
export class HttpError extends OrkestraError {
  readonly reason: HttpFailureReason;
  readonly status: number | undefined;

  constructor(init: HttpErrorInit) {
    const { reason, status, retryAfterMs } = init;
    super({
      code: 'HTTP',
      kind: kindOf(reason, status),
      message: `${init.what}: ${init.message}`,
      details: { reason, ...(status === undefined ? {} : { status }) },
      ...(init.cause === undefined ? {} : { cause: init.cause }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    this.name = 'HttpError';
    this.reason = reason;
    this.status = status;
  }
}

/** Answers that a later try may turn: time-out, too early, too many, and everything that the server is to blame for. */
function kindOf(reason: HttpFailureReason, status = 0): ErrorKind {
  if (OF_THE_USER.includes(reason)) return 'UserError';
  if (reason !== 'status') return 'Transient';
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'Transient' : 'UserError';
}

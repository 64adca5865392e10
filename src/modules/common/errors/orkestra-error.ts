// One closed family of errors (DESIGN §4.2). The kind of an error decides everything that happens next (retry, log
// level, Event, condition: see error-policy.ts); nobody ever looks at the text of a message to decide.
import { type JsonObject } from '../json';
import { type SourcePosition } from './source-position';

/**
 * - `UserError`: the Katalog or the CR is wrong; only a change by a person helps.
 * - `Pending`: data is not there yet; quiet requeue.
 * - `Conflict`: somebody else wrote first, or an object of that name is not ours.
 * - `Transient`: network, 5xx, 429, leader change; retried with backoff.
 * - `Terminal`: retrying cannot help and nothing the user does to this object will; no retry.
 * - `Bug`: a defect of Orkestra.
 */
export type ErrorKind = 'UserError' | 'Pending' | 'Conflict' | 'Transient' | 'Terminal' | 'Bug';

/** What an OrkestraError is made of. */
export interface OrkestraErrorInit {
  /** Stable, machine readable, upper snake: `TEMPLATE_EXECUTION`, `NAME_COLLISION`. */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly cause?: unknown;
  readonly details?: JsonObject;
  readonly position?: SourcePosition;
  /** The server or the rule asked for this pause before the next try. */
  readonly retryAfterMs?: number;
}

/** The one error class of the product; its kind decides what happens next (`policyOf`). */
export class OrkestraError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: JsonObject;
  readonly position: SourcePosition | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(init: OrkestraErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'OrkestraError';
    this.code = init.code;
    this.kind = init.kind;
    this.details = init.details ?? {};
    this.position = init.position;
    this.retryAfterMs = init.retryAfterMs;
  }
}

/** Every thrown thing as an OrkestraError: an unknown one is a `Bug`, because expected failures have a kind. */
export function asOrkestraError(thrown: unknown): OrkestraError {
  if (thrown instanceof OrkestraError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new OrkestraError({ code: 'UNEXPECTED', kind: 'Bug', message, cause: thrown });
}

// What can go wrong between us and the API server, with the kind that decides the retry (DESIGN §4.2).
import { type ErrorKind, OrkestraError } from '../common';
import { type StatusObject } from './kube-object';

/** Which request failed. */
export interface RequestDescription {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `apply` or `delete`. */
  readonly verb: string;
  /** `apply deployments.apps default/web`: for messages; never holds a query or a secret. */
  readonly what: string;
}

/** The API server answered with an error status. `kind` follows from the code: 409 Conflict, 400/403/413/422 UserError, else Transient. */
export class KubeApiError extends OrkestraError {
  constructor(
    readonly status: StatusObject,
    readonly request: RequestDescription,
    retryAfterMs?: number,
  ) {
    super({
      code: 'KUBE_API',
      kind: kindOfStatus(status),
      message: `${request.what}: ${status.message || status.reason || `HTTP ${status.code}`}`,
      details: { status: status.code, reason: status.reason },
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    this.name = 'KubeApiError';
  }

  get isNotFound(): boolean {
    return this.status.code === 404;
  }

  get isConflict(): boolean {
    return this.status.code === 409;
  }

  /** 410 Gone, or an expired resource version. */
  get isGone(): boolean {
    return this.status.code === 410 || this.status.reason === 'Expired' || this.status.reason === 'Gone';
  }
}

function kindOfStatus({ code, reason, causes }: StatusObject): ErrorKind {
  if (code === 409) return 'Conflict';
  // Forbidden for the moment only: the namespace is on its way out, and may come again.
  if (code === 403 && causes.some((cause) => cause.reason === 'NamespaceTerminating')) return 'Transient';
  if (code === 400 || code === 403 || code === 413 || code === 422) return 'UserError';
  if (code === 405 || code === 406 || code === 415) return 'Bug';
  return reason === 'Invalid' ? 'UserError' : 'Transient';
}

/**
 * No answer that counts: refused, reset, timed out, TLS, not the protocol, or credentials that could not be renewed.
 * Whether the server acted on the request is not known, but for `refused`, `dns` and `credentials`, when nothing was sent.
 */
export class KubeTransportError extends OrkestraError {
  constructor(
    readonly request: RequestDescription,
    readonly reason: 'refused' | 'reset' | 'timeout' | 'tls' | 'dns' | 'aborted' | 'protocol' | 'credentials',
    message: string,
    cause?: unknown,
  ) {
    super({
      code: 'KUBE_TRANSPORT',
      kind: 'Transient',
      message: `${request.what}: ${message}`,
      cause,
      details: { reason },
    });
    this.name = 'KubeTransportError';
  }
}

/** This process is not the konductor any more; nothing was sent. */
export class FencedError extends OrkestraError {
  constructor() {
    super({ code: 'FENCED', kind: 'Transient', message: 'this process does not hold the lease: nothing was written' });
    this.name = 'FencedError';
  }
}

/** Whether the API server said 404. */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeApiError && error.isNotFound;
}

/** Whether the API server said 409: somebody wrote first, or the object exists. */
export function isConflict(error: unknown): boolean {
  return error instanceof KubeApiError && error.isConflict;
}

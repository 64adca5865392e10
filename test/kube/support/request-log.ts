// Every request that an API server answered, with the fields of an audit event.
import { existsSync, readFileSync } from 'node:fs';

export interface LoggedRequest {
  readonly verb: string;
  readonly user?: { readonly username: string };
  readonly userAgent?: string;
  readonly requestURI: string;
  readonly requestReceivedTimestamp: string;
  readonly responseStatus?: { readonly code: number };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
  };
}

const LEASE = 'leases';
const WRITES = ['create', 'update', 'patch', 'delete'];

const REVIEWS = ['authorization.k8s.io', 'authentication.k8s.io'];

/** A review is sent as a create, but only asks. */
export function isWrite({ verb, objectRef }: LoggedRequest): boolean {
  return WRITES.includes(verb) && !REVIEWS.includes(objectRef?.apiGroup ?? '');
}

export abstract class RequestLog {
  protected abstract all(): readonly LoggedRequest[];

  /** Requests of the operator, optionally only those after a mark. */
  ofOperator(after = 0): readonly LoggedRequest[] {
    return this.all().filter(
      ({ userAgent, requestReceivedTimestamp }) =>
        userAgent?.startsWith('orkestra/') === true && Date.parse(requestReceivedTimestamp) >= after,
    );
  }

  /** Requests of one account, the lease's own included. */
  ofUser(username: string, after = 0): readonly LoggedRequest[] {
    return this.all().filter(
      ({ user, requestReceivedTimestamp }) =>
        user?.username === username && Date.parse(requestReceivedTimestamp) >= after,
    );
  }

  /** Writes of one account, the lease's own left out. */
  writesOfUser(username: string, after = 0): readonly LoggedRequest[] {
    return this.ofUser(username, after).filter((event) => isWrite(event) && event.objectRef?.resource !== LEASE);
  }

  /** Requests of the operator that are neither watches nor about its lease. */
  work(after = 0): readonly LoggedRequest[] {
    return this.ofOperator(after).filter(({ verb, objectRef }) => verb !== 'watch' && objectRef?.resource !== LEASE);
  }

  /** Writes of lanes: everything but the lease. */
  writes(after = 0): readonly LoggedRequest[] {
    return this.work(after).filter(isWrite);
  }
}

/** The audit log of the real server. */
export class AuditLog extends RequestLog {
  constructor(private readonly file: string) {
    super();
  }

  protected all(): readonly LoggedRequest[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as LoggedRequest);
  }
}

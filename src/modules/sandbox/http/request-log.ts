// What the sandbox tells of each answered request: the fields of an audit event, as far as tests ask for them.
import { type Clock, parseJsonObject, rfc3339Micro, scalarText, valueAt } from '../../common';
import { type ApiRequest, headerOf, resourceRequest, split } from '../request';
import { type RequestLogEntry } from '../sandbox.types';

export interface AnsweredRequest {
  readonly request: Pick<ApiRequest, 'method' | 'target' | 'headers'>;
  /** Text of the answer, where it is one. */
  readonly answer?: string | undefined;
  readonly username: string;
  readonly code: number;
  /** Milliseconds since the epoch. */
  readonly received: number;
}

export function logEntry(
  { request, username, code, received, answer }: AnsweredRequest,
  clock: Clock,
): RequestLogEntry {
  const { path, query } = split(request.target);
  const info = safely(() => resourceRequest(request.method, path, query));
  const member = (name: string, value: string): Readonly<Record<string, string>> =>
    value === '' ? {} : { [name]: value };
  return {
    verb: info?.verb ?? request.method.toLowerCase(),
    requestURI: request.target,
    userAgent: headerOf(request, 'user-agent'),
    user: { username },
    ...(info === undefined
      ? {}
      : {
          objectRef: {
            resource: info.resource,
            ...member('subresource', info.subresource),
            ...member('namespace', info.resource === 'namespaces' ? info.name : info.namespace),
            ...member('name', info.name === '' && info.verb === 'create' ? nameIn(answer) : info.name),
            ...member('apiGroup', info.group),
            apiVersion: info.version,
          },
        }),
    responseStatus: { code },
    requestReceivedTimestamp: rfc3339Micro(received),
    stageTimestamp: rfc3339Micro(clock.now()),
  };
}

/** A creation has no name in its path: the audit log takes it from the object. */
function nameIn(answer: string | undefined): string {
  return scalarText(valueAt(parseJsonObject(answer ?? ''), ['metadata', 'name']));
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

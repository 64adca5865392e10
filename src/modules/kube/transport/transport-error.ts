// What undici and the sockets throw, in our words. A FencedError passes unchanged: nothing was sent.
import { FencedError, KubeTransportError } from '../kube.errors';

interface Described {
  readonly verb: string;
  readonly what: string;
}

export function transportError(error: unknown, call: Described, server: string): KubeTransportError {
  if (error instanceof FencedError) throw error;
  if (error instanceof KubeTransportError) return error;
  const request = { verb: call.verb, what: `${call.verb} ${call.what}` };
  const codes = codesOf(error);
  const has = (...wanted: readonly string[]): boolean => wanted.some((code) => codes.includes(code));
  if (has('ABORT_ERR', 'UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED')) {
    return new KubeTransportError(request, 'aborted', 'stopped', error);
  }
  if (has('ECONNREFUSED')) return new KubeTransportError(request, 'refused', `nobody listens at ${server}`, error);
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return new KubeTransportError(request, 'dns', `the name of ${server} can't be resolved`, error);
  }
  if (has('UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT')) {
    return new KubeTransportError(request, 'timeout', `no answer from ${server} in time`, error);
  }
  if (
    codes.some(
      (code) =>
        code.startsWith('ERR_TLS') ||
        code.includes('CERT') ||
        code === 'DEPTH_ZERO_SELF_SIGNED_CERT' ||
        code.startsWith('ERR_SSL'),
    )
  ) {
    return new KubeTransportError(request, 'tls', `TLS to ${server} failed (${codes.join(', ')})`, error);
  }
  if (has('ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE')) {
    return new KubeTransportError(request, 'reset', `the connection to ${server} broke`, error);
  }
  return new KubeTransportError(request, 'protocol', error instanceof Error ? error.message : String(error), error);
}

function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') codes.push(code);
    if (at.name === 'AbortError') codes.push('ABORT_ERR');
    if (at instanceof AggregateError) codes.push(...at.errors.flatMap(codesOf));
  }
  return codes;
}

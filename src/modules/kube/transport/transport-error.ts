// What undici and the sockets throw, in our words. A FencedError passes unchanged: nothing was sent.
import { OrkestraError } from '../../common';
import { FencedError, KubeTransportError } from '../kube.errors';

interface Described {
  readonly verb: string;
  readonly what: string;
}

/** Codes of Node, OpenSSL and undici by what they mean to us. */
const ABORTED = ['ABORT_ERR', 'UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED'];
const UNREACHABLE = ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'];
const TIMEOUT = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'];
const RESET = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'];
const TLS = /^(ERR_TLS|ERR_SSL|EPROTO$|UNABLE_TO_)|CERT/;

export function transportError(error: unknown, call: Described, server: string): KubeTransportError {
  if (error instanceof FencedError) throw error;
  if (error instanceof KubeTransportError) return error;
  const request = { verb: call.verb, what: `${call.verb} ${call.what}` };
  const made = (reason: KubeTransportError['reason'], message: string): KubeTransportError =>
    new KubeTransportError(request, reason, message, error);
  if (error instanceof OrkestraError) return made('credentials', `the credentials can't be renewed: ${error.message}`);
  const codes = codesOf(error);
  const has = (wanted: readonly string[]): boolean => wanted.some((code) => codes.includes(code));
  if (has(ABORTED)) return made('aborted', 'stopped');
  if (has(['ECONNREFUSED'])) return made('refused', `nobody listens at ${server}`);
  if (has(UNREACHABLE)) return made('refused', `there is no way to ${server} (${codes.join(', ')})`);
  if (has(['ENOTFOUND', 'EAI_AGAIN'])) return made('dns', `the name of ${server} can't be resolved`);
  if (has(TIMEOUT)) return made('timeout', `no answer from ${server} in time`);
  if (codes.some((code) => TLS.test(code))) return made('tls', `TLS to ${server} failed (${codes.join(', ')})`);
  if (has(RESET)) return made('reset', `the connection to ${server} broke`);
  // The library's own words may quote what was sent: only the code is told.
  return made('protocol', `the exchange with ${server} failed${codes.length === 0 ? '' : ` (${codes.join(', ')})`}`);
}

/** Of the error and its causes. Looks at shapes, not classes: errors of Node and of undici may have others. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, name, cause, errors } = error as Partial<NodeJS.ErrnoException & { cause: unknown; errors: unknown }>;
  const own = [...(typeof code === 'string' ? [code] : []), ...(name === 'AbortError' ? ['ABORT_ERR'] : [])];
  const inner: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return [...own, ...inner.flatMap((one) => codesOf(one, depth + 1)), ...codesOf(cause, depth + 1)];
}

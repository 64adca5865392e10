// What a failed exchange over the network means. Node, OpenSSL and undici have many codes, some of them on the cause of a
// cause; everybody who speaks HTTP needs the same few words for them.

/**
 * - `refused`, `unreachable`, `dns`: no connection was made; nothing was sent.
 * - `tls`: the handshake failed; nothing was sent.
 * - `timeout`, `reset`: whether the server acted is not known.
 * - `aborted`: somebody here gave up.
 * - `protocol`: none of these, such as an answer that is no HTTP.
 */
export type NetworkFailureReason =
  'aborted' | 'refused' | 'unreachable' | 'dns' | 'timeout' | 'tls' | 'reset' | 'protocol';

/** Why nothing came back, with the codes that say so; the libraries' own words may quote what was sent, and are left out. */
export interface NetworkFailure {
  readonly reason: NetworkFailureReason;
  readonly codes: readonly string[];
}

/** In the order in which they are looked for. */
const REASONS: readonly (readonly [NetworkFailureReason, readonly string[]])[] = [
  ['aborted', ['ABORT_ERR', 'UND_ERR_ABORTED', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']],
  ['refused', ['ECONNREFUSED']],
  ['unreachable', ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']],
  ['dns', ['ENOTFOUND', 'EAI_AGAIN']],
  ['timeout', ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']],
];
const TLS = /^(ERR_TLS|ERR_SSL|EPROTO$|UNABLE_TO_)|CERT/;
const RESET = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'];

/** What a thrown thing of Node or undici says about the exchange. */
export function networkFailure(error: unknown): NetworkFailure {
  const codes = codesOf(error);
  const found = REASONS.find(([, wanted]) => wanted.some((code) => codes.includes(code)));
  if (found !== undefined) return { reason: found[0], codes };
  if (codes.some((code) => TLS.test(code))) return { reason: 'tls', codes };
  return { reason: RESET.some((code) => codes.includes(code)) ? 'reset' : 'protocol', codes };
}

/** Of the error and its causes. Looks at shapes, not classes: errors of Node and of undici may have others. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, name, cause, errors } = error as Partial<NodeJS.ErrnoException & { cause: unknown; errors: unknown }>;
  const own = [...(typeof code === 'string' ? [code] : []), ...(name === 'AbortError' ? ['ABORT_ERR'] : [])];
  const inner: readonly unknown[] = Array.isArray(errors) ? errors : [];
  return [...own, ...inner.flatMap((one) => codesOf(one, depth + 1)), ...codesOf(cause, depth + 1)];
}

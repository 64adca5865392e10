// A failed exchange in words for people. The words of the libraries may quote what was sent: only their codes are told.
import { formatDuration, type NetworkFailure } from '../../common';
import { type AddressObjection, BlockedAddress } from './address-guard';
import { HttpError } from './http.errors';

/** The server answers a TLS handshake with what is none: most often it speaks plain HTTP. */
const NO_TLS_CODES = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO'];

export function failureInWords({ reason, codes }: NetworkFailure, url: URL, connectTimeoutMs: number): string {
  const told = codes.length === 0 ? '' : ` (${[...new Set(codes)].join(', ')})`;
  switch (reason) {
    case 'aborted':
      return 'stopped';
    case 'refused':
      return `nobody listens at ${url.host}`;
    case 'unreachable':
      return `there is no way to ${url.host}${told}`;
    case 'dns':
      return `the name ${url.hostname} can't be resolved${told}`;
    case 'timeout':
      return codes.includes('UND_ERR_CONNECT_TIMEOUT')
        ? `no connection to ${url.host} within ${formatDuration(connectTimeoutMs)}`
        : `no answer from ${url.host} in time${told}`;
    case 'tls':
      return isNoTls(codes)
        ? `${url.host} does not speak TLS${told}: is it a plain http:// server?`
        : `the certificate or the TLS of ${url.host} is not accepted${told}`;
    case 'reset':
      return `the connection to ${url.host} broke`;
    case 'protocol':
      return `the exchange with ${url.host} failed${told}`;
  }
}

/** Whether the failure is that of a server without TLS. */
export function isNoTls(codes: readonly string[]): boolean {
  return codes.some((code) => NO_TLS_CODES.includes(code));
}

/** The objection of the guard, when that is what failed: a connection fails with the error of its look-up inside. */
export function blockedBy(thrown: unknown, depth = 0): AddressObjection | undefined {
  if (thrown instanceof BlockedAddress) return thrown.objection;
  if (typeof thrown !== 'object' || thrown === null || depth > 4) return undefined;
  return blockedBy((thrown as { cause?: unknown }).cause, depth + 1);
}

export function blockedError(what: string, url: URL, { address, inWords, setting }: AddressObjection): HttpError {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const leads = host === address ? `${address} is` : `${host} leads to ${address},`;
  const message = `${leads} ${inWords}, which is not called; ORK_HTTP_ALLOW=${setting} allows it`;
  return new HttpError({ reason: 'blocked', what, message });
}

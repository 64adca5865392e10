// The proxy of a site, from the variables that curl, Go and npm read: HTTP_PROXY, HTTPS_PROXY, NO_PROXY.
import { isIP } from 'node:net';

/** As konfig reads them; addresses may hold a login and are never shown whole. */
export interface ProxySettings {
  /** For `http://` addresses. */
  readonly http: string | undefined;
  /** For `https://` addresses. */
  readonly https: string | undefined;
  /** Hosts that are reached without: `example.org` (and all below it), `.example.org`, `host:8080`, an address, `*`. */
  readonly exceptions: readonly string[];
}

/** The proxy for this address; undefined: none. Loopback is never reached through a proxy (as in Go). */
export function proxyFor(url: URL, settings: ProxySettings): string | undefined {
  const proxy = url.protocol === 'https:' ? settings.https : settings.http;
  if (proxy === undefined) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (isLoopbackHost(host)) return undefined;
  return settings.exceptions.some((exception) => isMatch(exception.toLowerCase(), host, port)) ? undefined : proxy;
}

/** Without brackets: `localhost` and what is below it, 127.0.0.0/8, ::1. */
export function isLoopbackHost(host: string): boolean {
  if (isIP(host) === 0) return /(^|\.)localhost$/i.test(host);
  return host === '::1' || host.startsWith('127.');
}

function isMatch(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  const [, name = '', wantedPort] = /^(\[.*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const bare = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
  return bare !== '' && (host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`)));
}

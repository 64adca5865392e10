// The connections of a client: kept alive for each origin, bounded, checked by the address guard where they are made.
// undici is used in this file and http-client.ts only.
import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { type HttpClientOptions } from './http.types';
import { proxyFor } from './proxy';

/** For each origin. */
const CONNECTIONS = 8;
export const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 4_000;
/** A longer head of an answer is refused. */
const MAX_HEADER_BYTES = 64 * 1_024;

export class HttpConnections {
  private readonly dispatchers = new Map<string, Dispatcher>();
  private readonly extraCa: { readonly ca?: string[] };

  constructor(private readonly options: HttpClientOptions) {
    const { caPem } = options;
    // `ca` takes the place of the authorities that Node knows.
    this.extraCa = caPem === undefined ? {} : { ca: [...rootCertificates, caPem] };
  }

  /** The way to an origin. */
  to(url: URL, reachesLoopback: boolean): Dispatcher {
    const proxy = this.options.proxies === undefined ? undefined : proxyFor(url, this.options.proxies);
    const key = proxy ?? (reachesLoopback ? 'loopback' : 'guarded');
    const known = this.dispatchers.get(key);
    if (known !== undefined) return known;
    const made = proxy === undefined ? this.direct(reachesLoopback) : this.through(proxy);
    this.dispatchers.set(key, made);
    return made;
  }

  /** Ends every connection, whatever it carries. */
  async destroy(): Promise<void> {
    await Promise.allSettled([...this.dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    this.dispatchers.clear();
  }

  private direct(reachesLoopback: boolean): Agent {
    // One call to a loopback address that the user named does not open loopback to the others.
    const guard = reachesLoopback ? this.options.guard.with('loopback') : this.options.guard;
    return new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS, lookup: guard.lookup(this.options.resolve), ...this.extraCa },
      ...POOL,
    });
  }

  /** The proxy resolves the names: the guard sees hosts that are addresses only. */
  private through(proxy: string): ProxyAgent {
    const tls = { timeout: CONNECT_TIMEOUT_MS, ...this.extraCa };
    return new ProxyAgent({ uri: proxy, proxyTunnel: false, requestTls: tls, proxyTls: tls, ...POOL });
  }
}

const POOL = {
  connections: CONNECTIONS,
  pipelining: 1,
  keepAliveTimeout: KEEP_ALIVE_MS,
  maxHeaderSize: MAX_HEADER_BYTES,
};

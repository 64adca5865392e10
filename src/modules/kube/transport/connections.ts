// The connections to one API server: a bounded pool for requests, an unbounded one for watches. A renewed client
// certificate needs new connections: the old ones finish what they carry and go.
import { type Dispatcher, Pool } from 'undici';
import { type ClusterConfig } from '../config';

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
const KEEP_ALIVE_MAX_MS = 60_000;

interface Pools {
  readonly requests: Pool;
  readonly watches: Pool;
}

export class Connections {
  private current: Pools;
  private readonly retired = new Set<Pools>();

  constructor(
    private config: ClusterConfig,
    private readonly size: number,
  ) {
    this.current = open(config, size);
  }

  get requests(): Dispatcher {
    return this.current.requests;
  }

  get watches(): Dispatcher {
    return this.current.watches;
  }

  /** New connections log in with this from now on. */
  use(config: ClusterConfig): void {
    const isSame = config.cert === this.config.cert && config.key === this.config.key && config.ca === this.config.ca;
    if (isSame) return;
    const old = this.current;
    this.config = config;
    this.current = open(config, this.size);
    this.retired.add(old);
    void Promise.allSettled([old.requests.close(), old.watches.close()]).then(() => this.retired.delete(old));
  }

  /** Ends every connection, whatever it carries. */
  async destroy(): Promise<void> {
    const all = [this.current, ...this.retired].flatMap(({ requests, watches }) => [requests, watches]);
    await Promise.allSettled(all.map((pool) => pool.destroy()));
  }
}

function open(config: ClusterConfig, size: number): Pools {
  const { origin } = new URL(config.server);
  const connect = {
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: !config.insecureSkipTlsVerify,
    ...(config.ca === undefined ? {} : { ca: config.ca }),
    ...(config.cert === undefined ? {} : { cert: config.cert }),
    ...(config.key === undefined ? {} : { key: config.key }),
    ...(config.serverName === undefined ? {} : { servername: config.serverName }),
  };
  const requests = new Pool(origin, {
    connect,
    connections: size,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
  });
  const watches = new Pool(origin, { connect, pipelining: 1, bodyTimeout: 0 });
  return { requests, watches };
}

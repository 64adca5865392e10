// The Lease over node:https: the renewing thread has its own small client, so that neither a busy main thread nor a
// full pool of requests can cost the lead.
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import { type JsonObject, LEASE_NAME, parseJsonObject, pause, systemClock } from '../../common';
import { type ClusterConfig } from '../config';
import { KubeApiError, KubeTransportError, type RequestDescription } from '../kube.errors';
import { Credentials } from '../transport/credentials';
import { readStatus } from '../transport/status-object';
import { transportError } from '../transport/transport-error';
import { type LeaseClient } from './lease-loop';

export interface LeaseClientOptions {
  readonly config: ClusterConfig;
  readonly namespace: string;
  readonly userAgent: string;
  /** One request; shorter than the renew deadline. */
  readonly timeoutMs: number;
  readonly resolveAgain: () => Promise<ClusterConfig>;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: string;
}

interface Answer {
  readonly code: number;
  readonly body: string;
}

const VERBS = { GET: 'get', POST: 'create', PUT: 'update' } as const;
const WATCH_SECONDS = 300;
const WATCH_PAUSE_MS = 2_000;
/** The server ends a watch after its seconds; one that is still open much later is dead. */
const WATCH_DEAD_MS = (WATCH_SECONDS + 30) * 1_000;

/**
 * Rejects with KubeApiError when the server refused and with KubeTransportError when it gave no answer that counts, as
 * the other transport does; tokens, keys and what could not be read as a Lease never stand in one.
 */
export class HttpsLeaseClient implements LeaseClient {
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly credentials: Credentials;
  private readonly collection: string;
  /** For messages. */
  private readonly what: string;

  constructor(private readonly options: LeaseClientOptions) {
    const { config, namespace } = options;
    this.agent = config.server.startsWith('https:')
      ? new HttpsAgent({ keepAlive: true, maxSockets: 2 })
      : new HttpAgent({ keepAlive: true, maxSockets: 2 });
    this.credentials = new Credentials({ config, clock: systemClock, resolveAgain: options.resolveAgain });
    this.what = `leases.coordination.k8s.io ${namespace}/${LEASE_NAME}`;
    this.collection = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  }

  async read(): Promise<JsonObject | undefined> {
    const call: Call = { method: 'GET', path: `${this.collection}/${LEASE_NAME}` };
    const answer = await this.answered(call);
    return answer.code === 404 ? undefined : this.lease(answer, call);
  }

  create(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    return this.write({ method: 'POST', path: this.collection, body: JSON.stringify(lease) });
  }

  update(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    return this.write({ method: 'PUT', path: `${this.collection}/${LEASE_NAME}`, body: JSON.stringify(lease) });
  }

  follow(onChange: () => void, signal: AbortSignal): void {
    void this.watch(onChange, signal);
  }

  close(): void {
    this.agent.destroy();
  }

  private async watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    const query = `watch=true&fieldSelector=metadata.name%3D${LEASE_NAME}&timeoutSeconds=${WATCH_SECONDS}`;
    while (!signal.aborted) {
      const attempt = new AbortController();
      const stop = (): void => attempt.abort();
      signal.addEventListener('abort', stop, { once: true });
      const timer = setTimeout(stop, WATCH_DEAD_MS);
      try {
        const response = await this.open({ method: 'GET', path: `${this.collection}?${query}` }, attempt.signal);
        if (response.statusCode !== 200) response.resume();
        else for await (const _chunk of response) onChange();
      } catch {
        // The loop polls as well: a broken watch only makes a hand-over slower.
      }
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      await pause(WATCH_PAUSE_MS, signal);
    }
  }

  private async write(call: Call): Promise<JsonObject | 'conflict'> {
    const answer = await this.answered(call);
    // Deleted under our hands: as good as written by somebody else, whoever reads it next sees how it stands.
    const isGone = answer.code === 404 && call.method === 'PUT';
    return answer.code === 409 || isGone ? 'conflict' : this.lease(answer, call);
  }

  private lease({ code, body }: Answer, call: Call): JsonObject {
    if (code < 200 || code >= 300) throw new KubeApiError(readStatus(code, body), this.describe(call));
    const object = parseJsonObject(body);
    if (object?.['kind'] === 'Lease') return object;
    const message = `${this.credentials.config.server} answered with something that is no Lease (HTTP ${code})`;
    throw new KubeTransportError(this.describe(call), 'protocol', message);
  }

  private describe({ method }: Call): RequestDescription {
    return { verb: VERBS[method], what: `${VERBS[method]} ${this.what}` };
  }

  private async answered(call: Call): Promise<Answer> {
    // New credentials come from the main thread, which may hang: neither they nor the server keep the election waiting.
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    try {
      return await this.authenticated(call, signal);
    } catch (error) {
      const { server } = this.credentials.config;
      if (!signal.aborted) throw transportError(error, { verb: VERBS[call.method], what: this.what }, server);
      throw new KubeTransportError(this.describe(call), 'timeout', `no answer from ${server} in time`, error);
    }
  }

  private async authenticated(call: Call, signal: AbortSignal): Promise<Answer> {
    const waiting = this.credentials.ready();
    if (waiting !== undefined) await within(waiting, signal);
    const { generation } = this.credentials;
    const first = await this.once(call, signal);
    const isRenewed = first.code === 401 && (await within(this.credentials.renew(generation), signal));
    return isRenewed ? this.once(call, signal) : first;
  }

  private async once(call: Call, signal: AbortSignal): Promise<Answer> {
    const response = await this.open(call, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
  }

  /**
   * A connection that was kept may break in the moment of its next use. The same request goes out once more: a renewal
   * that did arrive makes the second one a conflict, which the election reads up.
   */
  private async open(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    try {
      return await this.send(call, signal);
    } catch (error) {
      if (!(error instanceof KeptConnectionBroke)) throw error;
      return this.send(call, signal);
    }
  }

  private send({ method, path, body }: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const { config } = this.credentials;
    const authorization = this.credentials.authorization();
    const headers = {
      accept: 'application/json',
      'user-agent': this.options.userAgent,
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const start = config.server.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const options = { ...tlsOf(config), method, agent: this.agent, signal, headers };
      const request = start(config.server + path, options, resolve);
      request.once('error', (error: NodeJS.ErrnoException) => {
        const isStale = request.reusedSocket && error.code === 'ECONNRESET';
        reject(isStale ? new KeptConnectionBroke(error.message, { cause: error }) : error);
      });
      request.end(body);
    });
  }
}

class KeptConnectionBroke extends Error {}

function tlsOf(config: ClusterConfig): RequestOptions {
  const { ca, cert, key, serverName, insecureSkipTlsVerify } = config;
  return {
    rejectUnauthorized: !insecureSkipTlsVerify,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

/** The work's outcome, or a rejection when the signal comes first. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

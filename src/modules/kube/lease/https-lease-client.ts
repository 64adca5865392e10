// The Lease over node:https: the renewing thread has its own small client, so that neither a busy main thread nor a
// full pool of requests can cost the lead.
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type JsonObject, LEASE_NAME, pause, systemClock } from '../../common';
import { type ClusterConfig } from '../config';
import { Credentials } from '../transport/credentials';
import { type LeaseClient } from './lease-loop';

export interface LeaseClientOptions {
  readonly config: ClusterConfig;
  readonly namespace: string;
  readonly userAgent: string;
  /** One request; shorter than the renew deadline. */
  readonly timeoutMs: number;
  readonly resolveAgain: () => Promise<ClusterConfig>;
}

interface Answer {
  readonly code: number;
  readonly body: string;
}

const WATCH_SECONDS = 300;
const WATCH_PAUSE_MS = 2_000;
/** The server ends a watch after its seconds; one that is still open much later is dead. */
const WATCH_DEAD_MS = (WATCH_SECONDS + 30) * 1_000;

export class HttpsLeaseClient implements LeaseClient {
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly credentials: Credentials;
  private readonly collection: string;

  constructor(private readonly options: LeaseClientOptions) {
    const { config, namespace } = options;
    this.agent = config.server.startsWith('https:')
      ? new HttpsAgent({ keepAlive: true, maxSockets: 2 })
      : new HttpAgent({ keepAlive: true, maxSockets: 2 });
    this.credentials = new Credentials({ config, clock: systemClock, resolveAgain: options.resolveAgain });
    this.collection = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  }

  async read(): Promise<JsonObject | undefined> {
    const answer = await this.call('GET', `${this.collection}/${LEASE_NAME}`);
    return answer.code === 404 ? undefined : this.object(answer, 'read');
  }

  create(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    return this.write('POST', this.collection, lease);
  }

  update(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    return this.write('PUT', `${this.collection}/${LEASE_NAME}`, lease);
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
        const response = await this.open('GET', `${this.collection}?${query}`, undefined, attempt.signal);
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

  private async write(method: string, path: string, lease: JsonObject): Promise<JsonObject | 'conflict'> {
    const answer = await this.call(method, path, JSON.stringify(lease));
    // Deleted under our hands: as good as written by somebody else, whoever reads it next sees how it stands.
    const isGone = answer.code === 404 && method === 'PUT';
    return answer.code === 409 || isGone ? 'conflict' : this.object(answer, 'write');
  }

  private object(answer: Answer, verb: string): JsonObject {
    if (answer.code < 300) return JSON.parse(answer.body) as JsonObject;
    let reason = `HTTP ${answer.code}`;
    try {
      const { message } = JSON.parse(answer.body) as { message?: unknown };
      if (typeof message === 'string') reason = message;
    } catch {
      // Not an answer of the API server itself: the code says enough.
    }
    throw new Error(`${verb} lease ${this.options.namespace}/${LEASE_NAME}: ${reason}`);
  }

  private async call(method: string, path: string, body?: string): Promise<Answer> {
    // New credentials come from the main thread, which may hang: neither they nor the server keep the election waiting.
    const signal = AbortSignal.timeout(this.options.timeoutMs);
    const waiting = this.credentials.ready();
    if (waiting !== undefined) await within(waiting, signal);
    const { generation } = this.credentials;
    const first = await this.once(method, path, body, signal);
    const isRenewed = first.code === 401 && (await within(this.credentials.renew(generation), signal));
    return isRenewed ? this.once(method, path, body, signal) : first;
  }

  private async once(method: string, path: string, body: string | undefined, signal: AbortSignal): Promise<Answer> {
    const response = await this.open(method, path, body, signal);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
  }

  private open(method: string, path: string, body: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
    const { userAgent } = this.options;
    const { config } = this.credentials;
    const authorization = this.credentials.authorization();
    const send = config.server.startsWith('https:') ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(
        config.server + path,
        {
          method,
          agent: this.agent,
          signal,
          rejectUnauthorized: !config.insecureSkipTlsVerify,
          ...(config.ca === undefined ? {} : { ca: config.ca }),
          ...(config.cert === undefined ? {} : { cert: config.cert }),
          ...(config.key === undefined ? {} : { key: config.key }),
          ...(config.serverName === undefined ? {} : { servername: config.serverName }),
          headers: {
            accept: 'application/json',
            'user-agent': userAgent,
            ...(authorization === undefined ? {} : { authorization }),
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        resolve,
      );
      request.once('error', reject);
      request.end(body);
    });
  }
}

/** The work's outcome, or a rejection when the signal comes first. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}

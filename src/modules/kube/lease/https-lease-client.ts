// The Lease over node:https: the renewing thread has its own small client, so that neither a busy main thread nor a
// full pool of requests can cost the lead.
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { type JsonObject, LEASE_NAME, pause } from '../../common';
import { type ClusterConfig } from '../config';
import { Credentials } from '../transport/credentials';
import { systemClock } from '../../common';
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

export class HttpsLeaseClient implements LeaseClient {
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly credentials: Credentials;
  private readonly collection: string;

  constructor(private readonly options: LeaseClientOptions) {
    const { config, namespace } = options;
    this.agent = config.server.startsWith('https:')
      ? new HttpsAgent({ keepAlive: true, maxSockets: 2 })
      : new HttpAgent({ keepAlive: true, maxSockets: 2 });
    this.credentials = new Credentials(config, systemClock, options.resolveAgain);
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
      try {
        const response = await this.open('GET', `${this.collection}?${query}`, undefined, signal);
        if (response.statusCode !== 200) response.resume();
        else for await (const _chunk of response) onChange();
      } catch {
        // The loop polls as well: a broken watch only makes a hand-over slower.
      }
      await pause(WATCH_PAUSE_MS, signal);
    }
  }

  private async write(method: string, path: string, lease: JsonObject): Promise<JsonObject | 'conflict'> {
    const answer = await this.call(method, path, JSON.stringify(lease));
    return answer.code === 409 ? 'conflict' : this.object(answer, 'write');
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
    if (this.credentials.isExpired) await this.credentials.refresh();
    const first = await this.once(method, path, body);
    if (first.code !== 401 || !this.credentials.canRefresh) return first;
    await this.credentials.refresh();
    return this.once(method, path, body);
  }

  private async once(method: string, path: string, body: string | undefined): Promise<Answer> {
    const response = await this.open(method, path, body, AbortSignal.timeout(this.options.timeoutMs));
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') };
  }

  private open(method: string, path: string, body: string | undefined, signal: AbortSignal): Promise<IncomingMessage> {
    const { config, userAgent } = this.options;
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

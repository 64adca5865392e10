// HTTP to one API server (DESIGN decision 4): a bounded pool for requests, another for watches; plain text in and out,
// a deadline for each call, Retry-After. A write whose outcome is unknown is never sent twice.
import { Pool, type Dispatcher } from 'undici';
import { type Clock, pause, systemClock } from '../../common';
import { type ClusterConfig } from '../config';
import { KubeApiError, KubeTransportError, type RequestDescription } from '../kube.errors';
import { type Fence } from '../kube-api';
import { Credentials } from './credentials';
import { exchange } from './exchange';
import { RequestGate, type RequestPriority } from './request-gate';
import { readStatus } from './status-object';
import { transportError } from './transport-error';

export interface RequestRecord {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** 0: no answer. */
  readonly code: number;
  readonly durationMs: number;
}

/** Counts requests; must be cheap and must not throw. */
export type RequestObserver = (record: RequestRecord) => void;

export interface TransportOptions {
  readonly config: ClusterConfig;
  /** `orkestra/<version> (<process>)`. */
  readonly userAgent: string;
  readonly connections?: number;
  readonly observe?: RequestObserver;
  readonly resolveAgain?: () => Promise<ClusterConfig>;
  readonly clock?: Clock;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly verb: string;
  readonly resource: { readonly group: string; readonly plural: string };
  readonly what: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly priority?: RequestPriority;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly fence?: Fence;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_CONNECTIONS = 16;
const MAX_RETRY_PAUSE_MS = 10_000;

export class HttpTransport {
  private readonly requests: Pool;
  private readonly watches: Pool;
  private readonly gate: RequestGate;
  private readonly credentials: Credentials;
  private readonly clock: Clock;
  private readonly prefix: string;

  constructor(private readonly options: TransportOptions) {
    const { config, connections = DEFAULT_CONNECTIONS } = options;
    const url = new URL(config.server);
    this.prefix = url.pathname.replace(/\/+$/, '');
    const connect = {
      timeout: CONNECT_TIMEOUT_MS,
      rejectUnauthorized: !config.insecureSkipTlsVerify,
      ...(config.ca === undefined ? {} : { ca: config.ca }),
      ...(config.cert === undefined ? {} : { cert: config.cert }),
      ...(config.key === undefined ? {} : { key: config.key }),
      ...(config.serverName === undefined ? {} : { servername: config.serverName }),
    };
    this.requests = new Pool(url.origin, {
      connect,
      connections,
      pipelining: 1,
      keepAliveTimeout: 30_000,
      keepAliveMaxTimeout: 60_000,
    });
    this.watches = new Pool(url.origin, { connect, pipelining: 1, bodyTimeout: 0 });
    this.gate = new RequestGate(connections);
    this.clock = options.clock ?? systemClock;
    this.credentials = new Credentials(config, this.clock, options.resolveAgain);
  }

  /** The body of a 2xx answer. Rejects with KubeApiError or KubeTransportError. */
  async send(call: Call): Promise<Answer> {
    const deadline = this.clock.monotonicMs() + (call.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    if (this.credentials.isExpired) await this.credentials.refresh();
    for (let attempt = 0; ; attempt++) {
      const failure = await this.attempt(call, deadline - this.clock.monotonicMs());
      if ('status' in failure) {
        if (failure.status < 300) return failure;
        const pauseMs = await this.pauseBeforeRetry(failure, attempt);
        if (pauseMs === undefined || this.clock.monotonicMs() + pauseMs >= deadline) throw this.refused(failure, call);
        await pause(pauseMs, call.signal);
      } else {
        const mayRepeat = call.method === 'GET' && attempt === 0 && failure.reason === 'reset';
        if (!mayRepeat) throw failure;
      }
      if (call.signal?.aborted === true) throw new KubeTransportError(describe(call), 'aborted', 'stopped');
    }
  }

  private async attempt(call: Call, timeoutMs: number): Promise<Answer | KubeTransportError> {
    const place = this.gate.enter(call.priority ?? 'normal');
    if (place !== undefined) await place;
    const started = this.clock.monotonicMs();
    let code = 0;
    try {
      call.fence?.assertHeld();
      const answer = await exchange(this.requests, this.requestOptions(call, Math.max(1, timeoutMs)), call);
      code = answer.status;
      return answer;
    } catch (error) {
      return transportError(error, call, this.options.config.server);
    } finally {
      this.gate.leave();
      this.observe(call, code, started);
    }
  }

  private requestOptions(call: Call, timeoutMs: number): Dispatcher.RequestOptions {
    return {
      path: this.prefix + call.path,
      method: call.method,
      headers: this.headers(call),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    };
  }

  private headers(call: Call): Record<string, string> {
    const headers: Record<string, string> = {
      accept: call.accept ?? 'application/json',
      'user-agent': this.options.userAgent,
    };
    const authorization = this.credentials.authorization();
    if (authorization !== undefined) headers['authorization'] = authorization;
    if (call.body !== undefined) headers['content-type'] = call.contentType ?? 'application/json';
    return headers;
  }

  /** Milliseconds until the same call may be sent again; undefined when it may not. The server did not act on it. */
  private async pauseBeforeRetry(answer: Answer, attempt: number): Promise<number | undefined> {
    if (answer.status === 401 && attempt === 0 && this.credentials.canRefresh) {
      await this.credentials.refresh();
      return 0;
    }
    if (answer.status !== 429) return undefined;
    const asked = retryAfterMs(answer) ?? 1_000;
    return Math.min(asked, MAX_RETRY_PAUSE_MS) * (1 + Math.random() * 0.2);
  }

  private refused(answer: Answer, call: Call): KubeApiError {
    return new KubeApiError(readStatus(answer.status, answer.body), describe(call), retryAfterMs(answer));
  }

  private observe(call: Call, code: number, started: number): void {
    const { verb, resource } = call;
    this.options.observe?.({
      verb,
      group: resource.group,
      resource: resource.plural,
      code,
      durationMs: this.clock.monotonicMs() - started,
    });
  }

  /** Opens a stream that has no body timeout. The caller must consume or destroy it. */
  async stream(call: Call): Promise<Dispatcher.ResponseData> {
    const started = this.clock.monotonicMs();
    if (this.credentials.isExpired) await this.credentials.refresh();
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await this.watches.request({
          ...this.requestOptions(call, call.timeoutMs ?? DEFAULT_TIMEOUT_MS),
          bodyTimeout: 0,
        });
        this.observe(call, response.statusCode, started);
        if (response.statusCode < 300) return response;
        const answer = { status: response.statusCode, headers: response.headers, body: await response.body.text() };
        if (answer.status !== 401 || (await this.pauseBeforeRetry(answer, attempt)) === undefined) {
          throw this.refused(answer, call);
        }
      } catch (error) {
        throw error instanceof KubeApiError ? error : transportError(error, call, this.options.config.server);
      }
    }
  }

  /** Ends idle connections and destroys the rest. */
  async close(): Promise<void> {
    await Promise.all([this.requests.destroy(), this.watches.destroy()]);
  }
}

function describe(call: Call): RequestDescription {
  return { verb: call.verb, what: `${call.verb} ${call.what}` };
}

function retryAfterMs(answer: Answer): number | undefined {
  const header = answer.headers['retry-after'];
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  if (Number.isFinite(seconds) && header !== undefined) return seconds * 1_000;
  const { retryAfterSeconds } = readStatus(answer.status, answer.body);
  return retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000;
}

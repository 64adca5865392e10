// HTTP to one API server (DESIGN decision 4): a bounded pool for requests, another for watches; plain text in and out,
// a deadline for each call, Retry-After. A write whose outcome is unknown is never sent twice.
import { type Dispatcher } from 'undici';
import { type Clock, pause, type Random, retryAfterMs, systemClock, systemRandom } from '../../common';
import { type ClusterConfig } from '../config';
import { KubeApiError, type KubeTransportError, type RequestDescription } from '../kube.errors';
import { type Fence } from '../kube-api';
import { Connections } from './connections';
import { Credentials } from './credentials';
import { Deadline } from './deadline';
import { exchange } from './exchange';
import { RequestGate, type RequestPriority } from './request-gate';
import { readStatus } from './status-object';
import { transportError } from './transport-error';

/** One request that was sent, for counting. */
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
  /** At most so many requests at a time (watches have their own connections); default 16. */
  readonly connections?: number;
  /** Deadline of a call that names none; default 30 s. */
  readonly requestTimeoutMs?: number;
  readonly observe?: RequestObserver;
  readonly resolveAgain?: () => Promise<ClusterConfig>;
  readonly clock?: Clock;
  readonly random?: Random;
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
const DEFAULT_CONNECTIONS = 16;
/** A longer pause is the caller's: a queue waits without a worker. */
const MAX_RETRY_PAUSE_MS = 10_000;
const DEFAULT_RETRY_PAUSE_MS = 1_000;

export class HttpTransport {
  private readonly connections: Connections;
  private readonly gate: RequestGate;
  private readonly credentials: Credentials;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly prefix: string;

  constructor(private readonly options: TransportOptions) {
    const { config, connections = DEFAULT_CONNECTIONS, clock = systemClock, random = systemRandom } = options;
    this.prefix = new URL(config.server).pathname.replace(/\/+$/, '');
    this.connections = new Connections(config, connections);
    this.gate = new RequestGate(connections);
    this.clock = clock;
    this.random = random;
    this.credentials = new Credentials({
      config,
      clock,
      resolveAgain: options.resolveAgain,
      onRenewed: (renewed) => this.connections.use(renewed),
    });
  }

  /** The body of a 2xx answer. Rejects with KubeApiError, KubeTransportError or what the fence throws. */
  async send(call: Call): Promise<Answer> {
    const deadline = this.deadline(call);
    try {
      return await this.sendUntil(call, deadline);
    } finally {
      deadline.clear();
    }
  }

  /**
   * Opens a stream that has no time limit once it began. Rejects as `send` does; never waits for a 429 itself. The
   * caller must consume or destroy the body; the call's signal ends it.
   */
  async stream(call: Call): Promise<Dispatcher.ResponseData> {
    const deadline = this.deadline(call);
    try {
      const response = await this.open(call, deadline);
      deadline.disarm();
      response.body.once('close', () => deadline.clear());
      return response;
    } catch (error) {
      deadline.clear();
      throw error;
    }
  }

  /** Ends idle connections and destroys the rest. */
  async close(): Promise<void> {
    await this.connections.destroy();
  }

  private deadline(call: Call): Deadline {
    return new Deadline({
      request: describe(call),
      server: this.options.config.server,
      timeoutMs: call.timeoutMs ?? this.options.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: call.signal,
      clock: this.clock,
    });
  }

  private async sendUntil(call: Call, deadline: Deadline): Promise<Answer> {
    let hasRenewed = false;
    for (let attempt = 0; ; attempt++) {
      await this.login(deadline);
      const { generation } = this.credentials;
      const result = await this.attempt(call, deadline);
      if (!('status' in result)) {
        // The usual reason: the server closed an idle connection in the moment that we used it.
        const mayRepeat = call.method === 'GET' && attempt === 0 && result.reason === 'reset';
        if (!mayRepeat) throw result;
        continue;
      }
      if (result.status < 300) return result;
      if (result.status === 401 && !hasRenewed) {
        hasRenewed = true;
        if (await this.renew(call, generation, deadline)) continue;
      }
      const pauseMs = this.pauseBeforeRetry(result, call);
      if (pauseMs === undefined || pauseMs >= deadline.leftMs) throw this.refused(result, call);
      await pause(pauseMs, deadline.signal);
      deadline.throwIfOver();
    }
  }

  private async attempt(call: Call, deadline: Deadline): Promise<Answer | KubeTransportError> {
    const place = this.gate.enter(call.priority ?? 'normal', deadline.signal);
    if (place !== undefined) await place;
    const started = this.clock.monotonicMs();
    let code = 0;
    try {
      call.fence?.assertHeld();
      const limits = { signal: deadline.signal, ...(call.fence === undefined ? {} : { fence: call.fence }) };
      const answer = await exchange(this.connections.requests, this.requestOptions(call), limits);
      code = answer.status;
      return answer;
    } catch (error) {
      return transportError(error, call, this.options.config.server);
    } finally {
      this.gate.leave();
      this.observe(call, code, started);
    }
  }

  private async open(call: Call, deadline: Deadline): Promise<Dispatcher.ResponseData> {
    for (let hasRenewed = false; ; hasRenewed = true) {
      await this.login(deadline);
      const { generation } = this.credentials;
      const response = await this.openOnce(call, deadline);
      if (!('status' in response)) return response;
      const isRenewed = response.status === 401 && !hasRenewed && (await this.renew(call, generation, deadline));
      if (!isRenewed) throw this.refused(response, call);
    }
  }

  /** The open response, or the answer that refuses it. */
  private async openOnce(call: Call, deadline: Deadline): Promise<Dispatcher.ResponseData | Answer> {
    const started = this.clock.monotonicMs();
    let code = 0;
    try {
      const { watches } = this.connections;
      const response = await deadline.race(watches.request({ ...this.requestOptions(call), signal: deadline.signal }));
      code = response.statusCode;
      if (code < 300) return response;
      return { status: code, headers: response.headers, body: await response.body.text() };
    } catch (error) {
      throw transportError(error, call, this.options.config.server);
    } finally {
      this.observe(call, code, started);
    }
  }

  private async login(deadline: Deadline): Promise<void> {
    const waiting = this.credentials.ready();
    if (waiting !== undefined) await deadline.race(waiting);
  }

  /** Whether other credentials are there now. */
  private async renew(call: Call, generation: number, deadline: Deadline): Promise<boolean> {
    try {
      return await deadline.race(this.credentials.renew(generation));
    } catch (error) {
      throw transportError(error, call, this.options.config.server);
    }
  }

  private requestOptions(call: Call): Dispatcher.RequestOptions {
    return {
      path: this.prefix + call.path,
      method: call.method,
      headers: this.headers(call),
      // The deadline is the only limit: undici's own count from other moments.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(call.body === undefined ? {} : { body: call.body }),
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

  /**
   * Milliseconds until the same call may be sent again; undefined when it may not. After a 429 the server did not act on
   * it; other answers may come after it did, so that only reading is repeated.
   */
  private pauseBeforeRetry(answer: Answer, call: Call): number | undefined {
    const asked = pauseAsked(answer);
    const isBusy = answer.status === 503 && call.method === 'GET' && asked !== undefined;
    if (answer.status !== 429 && !isBusy) return undefined;
    const pauseMs = asked ?? DEFAULT_RETRY_PAUSE_MS;
    return pauseMs > MAX_RETRY_PAUSE_MS ? undefined : pauseMs * (1 + this.random.next() * 0.2);
  }

  private refused(answer: Answer, call: Call): KubeApiError {
    return new KubeApiError(readStatus(answer.status, answer.body), describe(call), pauseAsked(answer));
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
}

function describe(call: Call): RequestDescription {
  return { verb: call.verb, what: `${call.verb} ${call.what}` };
}

/** The header, else what the Status says. */
function pauseAsked(answer: Answer): number | undefined {
  const { retryAfterSeconds } = readStatus(answer.status, answer.body);
  return (
    retryAfterMs(answer.headers['retry-after'], Date.now()) ??
    (retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000)
  );
}

// HTTP to everything that is not the API server: sources of Katalogs, registries, webhooks, external calls. One place
// for what each of them would forget: a time limit for the whole call, a size limit, retries that repeat only what may be
// repeated, redirects that are checked again, addresses that must not be reached, and messages without secrets.
import { type Dispatcher } from 'undici';
import { type Clock, networkFailure, pause, type Random, retryAfterMs, systemClock, systemRandom } from '../../common';
import { BlockedAddress } from './address-guard';
import { limitedBody } from './body';
import { callableUrl, describeCall, headersFor, redirectTarget } from './call';
import { CallDeadline } from './call-deadline';
import { blockedBy, blockedError, failureInWords } from './failure-words';
import { CONNECT_TIMEOUT_MS, HttpConnections } from './http-connections';
import { HttpError } from './http.errors';
import {
  type HttpAnswer,
  type HttpClientOptions,
  type HttpHead,
  type HttpRequest,
  type ReadAnswer,
} from './http.types';
import { isWorthRepeating, mayRepeatAfter, pauseBefore } from './retry-rule';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_BYTES = 10 * 1_024 * 1_024;
const DEFAULT_TRIES = 3;
const DEFAULT_REDIRECTS = 5;
/** Of an answer that nobody reads, so that its connection can be used again. */
const DUMP = { limit: 64 * 1_024 };

/** One try of a call. */
interface Turn {
  readonly request: HttpRequest;
  /** Where the call is: redirects move it. */
  url: URL;
  readonly deadline: CallDeadline;
  /** Counted from 1. */
  readonly number: number;
  /** Time that a pause before the next try may take; 0: there is none. */
  readonly pauseLimitMs: number;
}

interface Reached {
  readonly response: Dispatcher.ResponseData;
  readonly head: HttpHead;
}

/** `again`: after this pause the same may be tried. */
type Outcome<T> = { readonly value: T } | { readonly pauseMs: number };

export class HttpClient {
  private readonly connections: HttpConnections;
  private readonly clock: Clock;
  private readonly random: Random;

  constructor(private readonly options: HttpClientOptions) {
    this.connections = new HttpConnections(options);
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? systemRandom;
  }

  /**
   * The answer, whatever its status (`assertSuccess` judges). Rejects with an HttpError when there is none, or it is
   * longer than allowed.
   */
  send(request: HttpRequest): Promise<HttpAnswer> {
    return this.exchange(request, async (head, body) => {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return { ...head, body: Buffer.concat(chunks) };
    });
  }

  /** As `send`, with the body taken in by `read` while it comes. */
  async exchange<T>(request: HttpRequest, read: ReadAnswer<T>): Promise<T> {
    const url = callableUrl(request.url, request.method);
    const { timeoutMs = DEFAULT_TIMEOUT_MS, tries = DEFAULT_TRIES } = request;
    const endsAt = this.clock.monotonicMs() + timeoutMs;
    const deadline = new CallDeadline(describeCall(request, url), url.origin, timeoutMs, request.signal);
    try {
      for (let number = 1; ; number++) {
        const pauseLimitMs = number < tries ? endsAt - this.clock.monotonicMs() : 0;
        const outcome = await this.attempt({ request, url, deadline, number, pauseLimitMs }, read);
        if ('value' in outcome) return outcome.value;
        await pause(outcome.pauseMs, deadline.signal);
        deadline.signal.throwIfAborted();
      }
    } finally {
      deadline.clear();
    }
  }

  /** Ends every connection, whatever it carries. */
  async close(): Promise<void> {
    await this.connections.destroy();
  }

  private async attempt<T>(turn: Turn, read: ReadAnswer<T>): Promise<Outcome<T>> {
    try {
      turn.deadline.signal.throwIfAborted();
      const { response, head } = await this.follow(turn);
      const pauseMs = this.pauseAfterAnswer(head, turn);
      if (pauseMs === undefined) return { value: await this.take(response, head, turn, read) };
      await turn.deadline.race(response.body.dump(DUMP));
      return { pauseMs };
    } catch (thrown) {
      if (thrown instanceof ReaderFailed) throw thrown.reason as Error;
      return { pauseMs: this.pauseAfterFailure(thrown, turn) };
    }
  }

  /** The final answer, after redirects. */
  private async follow(turn: Turn): Promise<Reached> {
    const { request, deadline } = turn;
    const ownOrigin = turn.url.origin;
    const { maxRedirects = DEFAULT_REDIRECTS } = request;
    for (let hop = 0; ; hop++) {
      const response = await this.open(turn, turn.url.origin === ownOrigin);
      const what = describeCall(request, turn.url);
      const head = { status: response.statusCode, headers: response.headers, url: turn.url.href, what };
      const location = [response.headers['location']].flat()[0];
      const target =
        maxRedirects === 0 ? undefined : redirectTarget(request, turn.url, { status: head.status, location });
      if (target === undefined) return { response, head };
      await deadline.race(response.body.dump(DUMP));
      if (hop >= maxRedirects) {
        throw new HttpError({ reason: 'redirects', what, message: `is sent on more than ${maxRedirects} times` });
      }
      turn.url = target;
    }
  }

  private async open({ request, url, deadline }: Turn, isOwnOrigin: boolean): Promise<Dispatcher.ResponseData> {
    const { guard, userAgent } = this.options;
    const reachesLoopback = request.reachesLoopback === true;
    const objection = (reachesLoopback ? guard.with('loopback') : guard).objectionToHost(url.hostname);
    if (objection !== undefined) throw new BlockedAddress(objection);
    return deadline.race(
      this.connections.to(url, reachesLoopback).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: headersFor(request, userAgent, isOwnOrigin),
        // The deadline is the only limit: undici's own count from other moments.
        headersTimeout: 0,
        bodyTimeout: 0,
        signal: deadline.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
    );
  }

  /** What `read` makes of the body. What it throws by itself ends the call; what the connection does may be tried again. */
  private async take<T>(
    response: Dispatcher.ResponseData,
    head: HttpHead,
    { request, deadline }: Turn,
    read: ReadAnswer<T>,
  ): Promise<T> {
    let broken: unknown;
    deadline.readingBegan();
    // Destroyed with a request, it may fail when nobody reads any more.
    response.body.on('error', (error) => (broken = error));
    try {
      const limit = request.method === 'HEAD' ? Infinity : (request.maxBytes ?? DEFAULT_MAX_BYTES);
      return await deadline.race(read(head, limitedBody(response, head, limit)));
    } catch (thrown) {
      if (thrown === broken || deadline.signal.aborted) throw thrown;
      throw new ReaderFailed(thrown);
    } finally {
      response.body.destroy();
    }
  }

  private pauseAfterAnswer(head: HttpHead, turn: Turn): number | undefined {
    if (!isWorthRepeating(head.status, turn.request.method)) return undefined;
    return this.pauseWithin(turn, retryAfterMs(head.headers['retry-after'], this.clock.now()));
  }

  /** Throws the failure in words when it is the last. */
  private pauseAfterFailure(thrown: unknown, turn: Turn): number {
    const { url, request, deadline, number } = turn;
    const tried = number > 1 ? `, tried ${number} times` : '';
    const what = describeCall(request, url);
    if (deadline.signal.aborted) {
      const { reason, message, what: called } = deadline.ended;
      throw new HttpError({ reason, what: called, message: message + tried });
    }
    const objection = blockedBy(thrown);
    if (objection !== undefined) throw blockedError(what, url, objection);
    if (thrown instanceof HttpError) throw thrown;
    const failure = networkFailure(thrown);
    const message = failureInWords(failure, url, CONNECT_TIMEOUT_MS);
    const pauseMs = mayRepeatAfter(failure, request.method) ? this.pauseWithin(turn, undefined) : undefined;
    if (pauseMs !== undefined) return pauseMs;
    throw new HttpError({ reason: failure.reason, what, message: message + tried, cause: thrown });
  }

  private pauseWithin({ number, pauseLimitMs }: Turn, askedMs: number | undefined): number | undefined {
    const pauseMs = pauseBefore(number, askedMs, this.random);
    return pauseMs === undefined || pauseMs >= pauseLimitMs ? undefined : pauseMs;
  }
}

/** What a reader threw, on its way out. */
class ReaderFailed extends Error {
  constructor(readonly reason: unknown) {
    super('the reader of an answer failed');
  }
}

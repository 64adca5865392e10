import { type LookupFunction } from 'node:net';
import { type Clock, type Random } from '../../common';
import { type AddressGuard } from './address-guard';
import { type ProxySettings } from './proxy';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpClientOptions {
  /** `orkestra/<version> (<process>)`. */
  readonly userAgent: string;
  readonly guard: AddressGuard;
  /** PEM of authorities that are trusted as well as those of Node. */
  readonly caPem?: string;
  readonly proxies?: ProxySettings;
  /** Resolves names; for tests. */
  readonly resolve?: LookupFunction;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface HttpRequest {
  readonly method: HttpMethod;
  /** `http://` or `https://`, without a login in it. */
  readonly url: string;
  /** Names in lower case. Sent to the origin of `url` only: a redirect elsewhere goes without them. */
  readonly headers?: HttpHeaders;
  readonly body?: string | Uint8Array;
  /** For everything, with retries and redirects; default 30 s. */
  readonly timeoutMs?: number;
  /** Of the body of the answer; default 10 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** The path is a secret, as with webhooks of chats: messages show the origin only. */
  readonly isPathSecret?: boolean;
  /** The user named a loopback address for this call: the guard lets it pass. */
  readonly reachesLoopback?: boolean;
  /** How often the call may be sent; default 3. */
  readonly tries?: number;
  /** How many redirects are followed; default 5. 0: the redirect is the answer. */
  readonly maxRedirects?: number;
}

/** An answer before its body. */
export interface HttpHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Where the answer came from, after redirects; may hold secrets of a server: not for messages. */
  readonly url: string;
  /** The call in words, for messages. */
  readonly what: string;
}

export interface HttpAnswer extends HttpHead {
  readonly body: Buffer;
}

/**
 * Takes in the body of an answer. May be called again with another answer when the call is repeated because the body
 * broke off. What it throws ends the call.
 */
export type ReadAnswer<T> = (head: HttpHead, body: AsyncIterable<Buffer>) => Promise<T>;

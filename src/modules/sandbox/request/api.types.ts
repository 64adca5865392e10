// A request and its answer, without a socket: what HTTP and direct calls have in common.
import { type ObjectForm, type WatchSession } from '../watch';

export interface ApiRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Read only when the request needs it. Rejects with an ApiStatusError 413 when it is too large. */
  readonly body: () => Promise<Buffer>;
}

export interface BodyAnswer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts of Warning headers. */
  readonly warnings?: readonly string[];
}

/** An answer that goes on until the watch ends. */
export interface WatchAnswer {
  readonly code: 200;
  readonly contentType: string;
  readonly watch: WatchSession;
  readonly form: ObjectForm;
  readonly stopTimers: () => void;
  readonly warnings?: readonly string[];
}

export type ApiAnswer = BodyAnswer | WatchAnswer;

/** Serves paths that have no resource (discovery, OpenAPI, health); undefined when the path is not its own. */
export type PathHandler = (request: ApiRequest, path: string, query: URLSearchParams) => BodyAnswer | undefined;

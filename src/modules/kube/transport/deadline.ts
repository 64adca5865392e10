// The end of one call, by time or by its caller, whichever comes first. undici has limits for parts of a request (the
// connection, the headers, a pause in the body); this one is for the whole, with everything that waits in between.
import { type Clock, untilAborted } from '../../common';
import { KubeTransportError, type RequestDescription } from '../kube.errors';

export interface DeadlineOptions {
  readonly request: RequestDescription;
  readonly server: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

export class Deadline {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly endsAt: number;
  private readonly onAbort = (): void => this.end('aborted', 'stopped');

  constructor(private readonly options: DeadlineOptions) {
    const { timeoutMs, signal, server, clock } = options;
    this.endsAt = clock.monotonicMs() + timeoutMs;
    this.timer = setTimeout(() => this.end('timeout', `no answer from ${server} in time`), timeoutMs);
    if (signal?.aborted === true) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Aborts with a KubeTransportError as its reason. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get leftMs(): number {
    return this.endsAt - this.options.clock.monotonicMs();
  }

  throwIfOver(): void {
    this.signal.throwIfAborted();
  }

  /** The outcome of the work, or the end of the call, if that comes first: undici can't stop a connection that is made. */
  race<T>(work: Promise<T>): Promise<T> {
    return untilAborted(work, this.signal);
  }

  /** Time counts no more (a stream began); the caller's signal still does. */
  disarm(): void {
    clearTimeout(this.timer);
  }

  /** Must follow, or a timer and a listener stay behind. */
  clear(): void {
    this.disarm();
    this.options.signal?.removeEventListener('abort', this.onAbort);
  }

  private end(reason: 'aborted' | 'timeout', message: string): void {
    this.controller.abort(new KubeTransportError(this.options.request, reason, message));
  }
}

// The end of one call, by time or by its caller, whichever comes first; everything that waits in between counts.
import { formatDuration, untilAborted } from '../../common';
import { HttpError, type HttpErrorInit } from './http.errors';

export class CallDeadline {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private isReading = false;
  /** How the call ended, once `signal` is aborted. */
  ended: HttpErrorInit = { reason: 'aborted', message: 'stopped', what: '' };
  private readonly onAbort = (): void => this.end('aborted', 'stopped');

  constructor(
    private readonly what: string,
    private readonly origin: string,
    timeoutMs: number,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(() => this.end('timeout', this.inWords(timeoutMs)), timeoutMs);
    if (caller?.aborted === true) this.onAbort();
    else caller?.addEventListener('abort', this.onAbort, { once: true });
  }

  /** Aborts with an HttpError as its reason. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on it is the body that is late. */
  readingBegan(): void {
    this.isReading = true;
  }

  /** The outcome of the work, or the end of the call, if that comes first: undici can't stop a connection that is made. */
  race<T>(work: Promise<T>): Promise<T> {
    return untilAborted(work, this.signal);
  }

  /** Must follow, or a timer and a listener stay behind. */
  clear(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.onAbort);
  }

  private inWords(timeoutMs: number): string {
    const time = formatDuration(timeoutMs);
    return this.isReading
      ? `the answer of ${this.origin} was not complete within ${time}`
      : `no answer from ${this.origin} within ${time}`;
  }

  private end(reason: 'aborted' | 'timeout', message: string): void {
    this.ended = { reason, message, what: this.what };
    this.controller.abort(new HttpError(this.ended));
  }
}

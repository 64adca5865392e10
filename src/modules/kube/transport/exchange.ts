// One request and its whole answer, taken from undici's parser as it comes: every pass that writes waits for several, and
// a stream object for each answer costs more than the answer.
//
// The fence is asked again when the request is handed to a connected socket (engine contract §5). Between the call and
// that moment a connection may have to be made, and a suspended process may have slept: undici starts a request only
// then. What the fence throws rejects the exchange, and nothing is sent.
import { type Dispatcher } from 'undici';
import { type Fence } from '../kube-api';

export interface Exchanged {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface ExchangeLimits {
  readonly fence?: Fence;
  /** The exchange rejects with its reason, which is an Error. */
  readonly signal: AbortSignal;
}

export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    if (limits.signal.aborted) reject(limits.signal.reason as Error);
    else dispatcher.dispatch(options, new AnswerCollector(limits, resolve, reject));
  });
}

class AnswerCollector implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private readonly chunks: Buffer[] = [];
  private status = 0;
  private headers: Exchanged['headers'] = {};

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly resolve: (answer: Exchanged) => void,
    private readonly reject: (error: Error) => void,
  ) {
    limits.signal.addEventListener('abort', this.onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal, fence } = this.limits;
    this.controller = controller;
    if (signal.aborted) controller.abort(signal.reason as Error);
    else fence?.assertHeld();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Exchanged['headers']): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.forgetSignal();
    const { chunks, status, headers } = this;
    const [first] = chunks;
    const whole = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    this.resolve({ status, headers, body: whole.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.forgetSignal();
    this.reject(error);
  }

  /** Whoever gave up doesn't wait for a connection either. */
  private readonly onAbort = (): void => {
    const reason = this.limits.signal.reason as Error;
    this.forgetSignal();
    this.controller?.abort(reason);
    this.reject(reason);
  };

  private forgetSignal(): void {
    this.limits.signal.removeEventListener('abort', this.onAbort);
  }
}

// Asks the fence again when a request is handed to a connected socket (engine contract §5). Between the call and that
// moment a connection may have to be made, and a suspended process may have slept: undici starts a request only then.
import { type Dispatcher } from 'undici';
import { type Fence } from '../kube-api';

/** Options of a dispatch that carries its fence. */
export interface FencedDispatch {
  readonly fence?: Fence;
}

/** An undici interceptor; what the fence throws rejects the request, and nothing is sent. */
export function fenceAtSocket(dispatch: Dispatcher['dispatch']): Dispatcher['dispatch'] {
  return (options, handler) => {
    const { fence } = options as FencedDispatch;
    return dispatch(options, fence === undefined ? handler : new FencedHandler(fence, handler));
  };
}

class FencedHandler implements Dispatcher.DispatchHandler {
  constructor(
    private readonly fence: Fence,
    private readonly inner: Dispatcher.DispatchHandler,
  ) {}

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.fence.assertHeld();
    this.inner.onRequestStart?.(controller, context);
  }

  onResponseStart(...args: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>): void {
    this.inner.onResponseStart?.(...args);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.inner.onResponseData?.(controller, chunk);
  }

  onResponseEnd(...args: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseEnd']>>): void {
    this.inner.onResponseEnd?.(...args);
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    this.inner.onResponseError?.(controller, error);
  }
}

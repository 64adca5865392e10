import { type WatchEvent } from '../../kube';
import { type JsonObject } from '../../common';
import { type WatchItem, type WatchSession } from '../watch';
import { statusObject } from './status-object';

/** The events of a watch, one by one; ends with the watch or the signal. */
export async function* directEvents(
  session: WatchSession,
  stopTimers: () => void,
  shown: (object: JsonObject) => JsonObject,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchEvent> {
  const close = (): void => session.close();
  signal?.addEventListener('abort', close, { once: true });
  if (signal?.aborted === true) close();
  try {
    while (!session.isEnded) {
      const item = session.take();
      if (item !== undefined) yield eventOf(item, shown);
      else if (!session.isEnded) await new Promise<void>((resolve) => session.onReady(resolve));
    }
  } finally {
    signal?.removeEventListener('abort', close);
    session.close();
    stopTimers();
  }
}

function eventOf(item: WatchItem, shown: (object: JsonObject) => JsonObject): WatchEvent {
  switch (item.type) {
    case 'BOOKMARK':
      return { type: 'BOOKMARK', resourceVersion: item.resourceVersion, initialEventsEnd: item.isInitialEnd };
    case 'ERROR':
      return { type: 'ERROR', status: statusObject(item.status) };
    default:
      return { type: item.type, object: shown(item.object) as never };
  }
}

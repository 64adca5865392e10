// When a watch ends by itself and when it is told how far it is: as the real server's watch cache does it.
import { type Random } from '../../common';
import { type WatchSession } from './watch-session';

const BOOKMARK_INTERVAL_MS = 60_000;
/** A last bookmark comes so long before the end. */
const BEFORE_END_MS = 2_000;
/** Without a wish of the client: between 30 and 60 minutes. */
const DEFAULT_TIMEOUT_MS = 30 * 60_000;
const MAX_TIMER_MS = 2_147_483_647;

/** Starts the clocks of a watch; the answer stops them. */
export function startTimers(session: WatchSession, timeoutSeconds: number | undefined, random: Random): () => void {
  const wished = (timeoutSeconds ?? 0) * 1_000;
  const timeoutMs = Math.min(wished > 0 ? wished : DEFAULT_TIMEOUT_MS * (1 + random.next()), MAX_TIMER_MS);
  const end = setTimeout(() => session.close(), timeoutMs);
  const every = setInterval(() => session.askBookmark(), BOOKMARK_INTERVAL_MS);
  const last =
    timeoutMs > BEFORE_END_MS ? setTimeout(() => session.askBookmark(), timeoutMs - BEFORE_END_MS) : undefined;
  return () => {
    clearTimeout(end);
    clearInterval(every);
    clearTimeout(last);
  };
}

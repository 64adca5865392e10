// What a CronJob says about time.
import { nextFire } from '../../expression';
import { oneOfIgnoringCase, reader } from './values';

/** As the API server reads it: the time zone has a field of its own. */
export const SCHEDULE = reader('a schedule such as "0 2 * * 1" or @daily', ['string'], (text) =>
  text.includes('TZ') || nextFire(text, 0) === undefined ? undefined : text,
);

export const TIME_ZONE = reader('a time zone such as Europe/Berlin', ['string'], (text) =>
  isTimeZone(text) ? text : undefined,
);

export const CONCURRENCY = oneOfIgnoringCase(['Allow', 'Forbid', 'Replace'], 'concurrency policy');

/** A name of the time zone database; `Local` and offsets are none. */
function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

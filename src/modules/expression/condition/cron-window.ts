// Windows that a cron expression opens (docs/reference/katalog.md, condition), in the zone of the process.
import { type Clock } from '../../common';
import { parseGoDuration } from '../note/time/duration';
import { nextFire } from '../note/time/schedule';

const MS = 1_000_000n;

/** Milliseconds of `30m`, `1h30m`; undefined when malformed or not above nothing. */
export function windowLength(text: string): number | undefined {
  const duration = parseGoDuration(text);
  return duration === undefined || duration < MS ? undefined : Number(duration / MS);
}

/** Five fields or a word such as `@daily`, which fire some time. `@every` depends on when it is asked and opens nothing. */
export function isCronExpression(text: string): boolean {
  return !text.trim().startsWith('@every') && nextFire(text, 0) !== undefined;
}

/** Whether it fired within the last `lengthMs`; without a length within the time from one firing to the next. */
export function isCronOpen(expression: string, clock: Clock, lengthMs: number | undefined): boolean {
  const now = clock.now();
  const zoned = inZone(expression);
  const length = lengthMs ?? gap(zoned, now);
  if (length === undefined) return false;
  const fire = nextFire(zoned, now - length);
  return fire !== undefined && fire <= now;
}

/** Between the next two firings. */
function gap(expression: string, now: number): number | undefined {
  const next = nextFire(expression, now);
  const second = next === undefined ? undefined : nextFire(expression, next);
  return next === undefined || second === undefined ? undefined : second - next;
}

function inZone(expression: string): string {
  if (/^\s*(CRON_)?TZ=/.test(expression)) return expression;
  return `CRON_TZ=${Intl.DateTimeFormat().resolvedOptions().timeZone} ${expression}`;
}

// When a cron expression fires next, by the rules of the scheduler that CronJobs use: five fields, day of month and day
// of week as alternatives when both are restricted, the time zone in front. The cron packages of npm read day 7, a sixth
// field and changes of the clock in other ways.
import { fields as splitFields } from '../text/go-text';
import { cronFields } from './cron-fields';
import { parseGoDuration, SECOND } from './duration';

interface Field {
  readonly values: ReadonlySet<number>;
  /** `*` or `?`: restricts nothing. */
  readonly isOpen: boolean;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const BOUNDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTH_NAMES },
  { min: 0, max: 6, names: DAY_NAMES },
];
const YEARS = 5;
const DAY_MS = 86_400_000;
const ZONE = /^(?:CRON_TZ|TZ)=([A-Za-z0-9_+\-/]*)\s+(.*)$/s;

/** Milliseconds since the epoch, strictly after now; undefined when the text is malformed or never fires. */
export function nextFire(expression: string, nowMs: number): number | undefined {
  const [, zone = 'UTC', rest = expression] = ZONE.exec(expression.trim()) ?? [];
  const [word, every, ...more] = splitFields(rest);
  if (word === '@every') return every === undefined || more.length > 0 ? undefined : nextOfInterval(every, nowMs);
  const parsed = cronFields(rest)?.map((text, index) => parseField(text, BOUNDS[index] as Bounds));
  if (parsed === undefined || parsed.includes(undefined)) return undefined;
  const clock = zone === 'UTC' || zone === '' ? utc : zoned(zone);
  return clock === undefined ? undefined : search(parsed as Field[], clock, nowMs);
}

function nextOfInterval(text: string, nowMs: number): number | undefined {
  const duration = parseGoDuration(text);
  if (duration === undefined) return undefined;
  const seconds = Math.max(1, Number(duration / SECOND));
  return (Math.floor(nowMs / 1_000) + seconds) * 1_000;
}

function parseField(text: string, bounds: Bounds): Field | undefined {
  const values = new Set<number>();
  let isOpen = false;
  for (const part of text.split(',').filter((one) => one !== '')) {
    const range = parseRange(part, bounds);
    if (range === undefined) return undefined;
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    isOpen ||= range.isOpen;
  }
  return { values, isOpen };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly isOpen: boolean;
}

/** `*`, `5`, `1-5`, `MON-FRI`, each with `/step`; `5/10` goes on to the end. */
function parseRange(text: string, bounds: Bounds): Range | undefined {
  const [span = '', stepText, ...more] = text.split('/');
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (more.length > 0 || step === undefined || step === 0) return undefined;
  if (span === '*' || span === '?') return { start: bounds.min, end: bounds.max, step, isOpen: step === 1 };
  const [low = '', high, ...rest] = span.split('-');
  const start = fieldValue(low, bounds);
  const open = stepText === undefined ? start : bounds.max;
  const end = high === undefined ? open : fieldValue(high, bounds);
  if (rest.length > 0 || start === undefined || end === undefined) return undefined;
  return start < bounds.min || end > bounds.max || start > end ? undefined : { start, end, step, isOpen: false };
}

function wholeNumber(text: string): number | undefined {
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
}

function fieldValue(text: string, { names, min }: Bounds): number | undefined {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  return index >= 0 ? index + min : wholeNumber(text);
}

/** Between the time on the wall, held as if it were UTC, and the time since the epoch. */
interface WallClock {
  readonly toWall: (epochMs: number) => number;
  /** Undefined for a time that the wall never shows. */
  readonly toEpoch: (wallMs: number) => number | undefined;
}

const utc: WallClock = { toWall: (ms) => ms, toEpoch: (ms) => ms };

/** Undefined when there is no such zone. */
function zoned(zone: string): WallClock | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const toWall = (epochMs: number): number => {
    const parts = format.formatToParts(epochMs);
    const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? '0');
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
  const toEpoch = (wallMs: number): number | undefined => {
    // The offsets of the days around it are all that can apply.
    const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map((ms) => toWall(ms) - ms);
    return offsets.map((offset) => wallMs - offset).find((epochMs) => toWall(epochMs) === wallMs);
  };
  return { toWall, toEpoch };
}

function search([minutes, hours, ...days]: readonly Field[], clock: WallClock, nowMs: number): number | undefined {
  if ([minutes, hours, ...days].some((field) => field?.values.size === 0) || !hasDate(days)) return undefined;
  const from = clock.toWall(nowMs);
  const first = Math.floor(from / DAY_MS) * DAY_MS;
  const lastYear = new Date(from).getUTCFullYear() + YEARS;
  for (let day = first; ; day += DAY_MS) {
    day = dayInMonths(day, days);
    const date = new Date(day);
    // Written so that it ends beyond the last date of all, too.
    if (!(date.getUTCFullYear() <= lastYear)) return undefined;
    if (!firesOn(date, days)) continue;
    for (const hour of sorted(hours)) {
      for (const minute of sorted(minutes)) {
        const wall = day + (hour * 60 + minute) * 60_000;
        const epochMs = wall > from - DAY_MS ? clock.toEpoch(wall) : undefined;
        if (epochMs !== undefined && epochMs > nowMs) return epochMs;
      }
    }
  }
}

function sorted(field: Field | undefined): readonly number[] {
  return [...(field?.values ?? [])].sort((a, b) => a - b);
}

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether any year has such a day: `0 0 30 2 *` would be looked for on every day of five years. */
function hasDate([dayOfMonth, month, dayOfWeek]: readonly Field[]): boolean {
  if (isEither(dayOfMonth, dayOfWeek)) return true;
  const days = [...(dayOfMonth?.values ?? [])];
  return [...(month?.values ?? [])].some((number) => days.some((day) => day <= (LONGEST[number - 1] ?? 0)));
}

/** The day itself, or the first one of the next month that is asked for. */
function dayInMonths(day: number, [, month]: readonly Field[]): number {
  let date = new Date(day);
  for (let skipped = 0; skipped < 12 && month?.values.has(date.getUTCMonth() + 1) === false; skipped++) {
    date = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  }
  return date.getTime();
}

/** With both restricted, one of them is enough. */
function isEither(dayOfMonth: Field | undefined, dayOfWeek: Field | undefined): boolean {
  return dayOfMonth?.isOpen === false && dayOfWeek?.isOpen === false;
}

function firesOn(date: Date, [dayOfMonth, , dayOfWeek]: readonly Field[]): boolean {
  const byMonth = dayOfMonth?.values.has(date.getUTCDate()) === true;
  const byWeek = dayOfWeek?.values.has(date.getUTCDay()) === true;
  return isEither(dayOfMonth, dayOfWeek) ? byMonth || byWeek : byMonth && byWeek;
}

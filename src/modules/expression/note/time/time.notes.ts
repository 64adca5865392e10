// Times and durations (docs/reference/notes.md, time). Now is the clock of the evaluation, in UTC.
import { rfc3339 } from '../../../common';
import { type EvaluationContext } from '../../template/template.types';
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { formatDuration, MAX_DURATION, parseDuration, SECOND } from './duration';
import { nextFire } from './schedule';
import { formatTimestamp, instantOf, parseTimestamp } from './timestamp';

const { note, contextNote } = notesOf('time');
const CREATED = { metadata: { creationTimestamp: '2020-01-01T08:30:00Z' } };

function now({ clock }: EvaluationContext): bigint {
  return instantOf(clock.now());
}

/** As time.Sub: a difference beyond what a duration can hold is the largest one. */
function elapsed(context: EvaluationContext, text: string): bigint | undefined {
  const instant = parseTimestamp(text);
  if (instant === undefined) return undefined;
  const difference = now(context) - instant;
  if (difference > MAX_DURATION) return MAX_DURATION;
  return difference < -MAX_DURATION ? -MAX_DURATION : difference;
}

function timeAgo(context: EvaluationContext, text: string): string {
  const duration = elapsed(context, text);
  if (duration === undefined) return '';
  const seconds = Number(duration / SECOND);
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)}h ago` : `${Math.floor(seconds / 86_400)}d ago`;
}

/** Half seconds are rounded away from zero. */
function timeSince(context: EvaluationContext, text: string): number {
  const duration = elapsed(context, text) ?? 0n;
  const half = duration < 0n ? -SECOND / 2n : SECOND / 2n;
  return Number((duration + half) / SECOND);
}

function timeUntil(context: EvaluationContext, text: string): string {
  const remaining = -(elapsed(context, text) ?? 0n);
  return remaining <= 0n ? '0s' : formatDuration(remaining - (remaining % SECOND));
}

/** What lives for `never` has no end. */
function isExpired(context: EvaluationContext, time: Value, life: string): boolean {
  const instant = typeof time === 'string' ? parseTimestamp(time) : undefined;
  const duration = parseDuration(life);
  if (instant === undefined || duration === undefined || life === 'never') return false;
  return now(context) > instant + duration;
}

function timeFormat(time: Value, layout: string): string {
  const instant = typeof time === 'string' ? parseTimestamp(time) : undefined;
  return instant === undefined ? '' : formatTimestamp(instant, layout);
}

function durationAdd(a: string, b: string): string {
  const [left, right] = [parseDuration(a), parseDuration(b)];
  if (left === undefined || right === undefined) return '0s';
  const sum = left + right;
  return sum > MAX_DURATION || sum < -MAX_DURATION ? '0s' : formatDuration(sum);
}

function isWeekend({ clock }: EvaluationContext): boolean {
  const day = new Date(clock.now()).getUTCDay();
  return day === 0 || day === 6;
}

function minuteOfDay(text: string): number | undefined {
  const match = /^([01]?[0-9]|2[0-3]):([0-5][0-9])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

/** From the first minute on, before the second one, of one day: a window over midnight is never open. */
function isInWindow({ clock }: EvaluationContext, after: string, before: string): boolean {
  const [from, to] = [minuteOfDay(after), minuteOfDay(before)];
  const date = new Date(clock.now());
  const minute = date.getUTCHours() * 60 + date.getUTCMinutes();
  return from !== undefined && to !== undefined && from <= minute && minute < to;
}

function nextCron({ clock }: EvaluationContext, expression: string): string {
  const epochMs = nextFire(expression, clock.now());
  return epochMs === undefined ? '' : rfc3339(epochMs);
}

export const timeNotes: readonly NoteSpec[] = [
  contextNote(
    'clock',
    'timeAgo(time string) string',
    'How long ago in the largest unit; empty when it is no time.',
    ['{{ timeAgo .metadata.creationTimestamp }}', '2254d ago', CREATED],
    timeAgo,
  ),
  contextNote(
    'clock',
    'timeSince(time string) int',
    'Seconds since then, rounded; 0 when it is no time.',
    ['{{ timeSince "2026-03-04T10:00:00Z" }}', '1815'],
    timeSince,
  ),
  contextNote(
    'clock',
    'timeUntil(time string) string',
    'How long until then; 0s when it is past.',
    ['{{ timeUntil "2026-04-01T00:00:00Z" }}', '661h29m45s'],
    timeUntil,
  ),
  contextNote(
    'clock',
    'isExpired(time any, life string) bool',
    'Whether the time is longer ago than its life; false for no time, a malformed life, or never.',
    ['{{ isExpired .metadata.creationTimestamp "30d" }}', 'true', CREATED],
    isExpired,
  ),
  note(
    'timeFormat(time any, layout string) string',
    "The time in UTC, in a layout of Go's time package.",
    ['{{ timeFormat .metadata.creationTimestamp "Jan 2, 2006 15:04" }}', 'Jan 1, 2020 08:30', CREATED],
    timeFormat,
  ),
  note(
    'durationSeconds(duration string) int',
    'Whole seconds of a duration such as 1h30m, 7d, 2w, 6mo or 1y; 0 when it is none.',
    ['{{ durationSeconds "1h30m" }}', '5400'],
    (text: string) => Number((parseDuration(text) ?? 0n) / SECOND),
  ),
  note(
    'durationAdd(a string, b string) string',
    'The sum of two durations; 0s when one is none.',
    ['{{ durationAdd "1d" "12h" }}', '36h0m0s'],
    durationAdd,
  ),
  note(
    'durationValid(duration string) bool',
    'Whether it is a duration; never is one.',
    ['{{ durationValid "1d12h" }}', 'false'],
    (text: string) => parseDuration(text) !== undefined,
  ),
  contextNote(
    'clock',
    'weekday() bool',
    'Whether it is Monday to Friday.',
    ['{{ weekday }}', 'true'],
    (context) => !isWeekend(context),
  ),
  contextNote('clock', 'weekend() bool', 'Whether it is Saturday or Sunday.', ['{{ weekend }}', 'false'], isWeekend),
  contextNote(
    'clock',
    'timeInWindow(after string, before string) bool',
    'Whether it is between two times of the day, HH:MM; it does not wrap around midnight.',
    ['{{ timeInWindow "09:00" "17:00" }}', 'true'],
    isInWindow,
  ),
  contextNote(
    'clock',
    'timeNotInWindow(after string, before string) bool',
    'The opposite of timeInWindow.',
    ['{{ timeNotInWindow "09:00" "17:00" }}', 'false'],
    (context, after: string, before: string) => !isInWindow(context, after, before),
  ),
  contextNote(
    'clock',
    'nextCron(expression string) string',
    'When a cron expression fires next; empty when it is malformed or never fires. CRON_TZ=<zone> may stand in front.',
    ['{{ nextCron "0 9 * * 1" }}', '2026-03-09T09:00:00Z'],
    nextCron,
  ),
];

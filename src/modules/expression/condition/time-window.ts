// Time forms of conditions (docs/reference/katalog.md, time window), in the zone of the process.
import { type Clock } from '../../common';

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Minutes since midnight of `HH:MM`; undefined when malformed. */
export function minuteOfDay(text: string): number | undefined {
  const match = /^([01]?[0-9]|2[0-3]):([0-5][0-9])$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

export function isDayName(text: string): boolean {
  return (DAYS as readonly string[]).includes(text.toLowerCase());
}

export function isWithin(clock: Clock, after: number | undefined, before: number | undefined): boolean {
  const now = new Date(clock.now());
  const minute = now.getHours() * 60 + now.getMinutes();
  return (
    (after === undefined || minute >= after) &&
    (before === undefined || minute < before || (minute === before && now.getSeconds() === 0))
  );
}

export interface DayTest {
  readonly weekday?: boolean | undefined;
  readonly weekend?: boolean | undefined;
  readonly in?: readonly string[] | undefined;
  readonly notIn?: readonly string[] | undefined;
}

/** `Wednesday`. */
export function dayName(clock: Clock): string {
  const name = DAYS[new Date(clock.now()).getDay()] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `09:30`. */
export function timeOfDay(clock: Clock): string {
  const now = new Date(clock.now());
  return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The first key that is set decides: weekday, weekend, in, notIn. */
export function matchesDay(clock: Clock, test: DayTest): boolean {
  const day = new Date(clock.now()).getDay();
  const isWeekend = day === 0 || day === 6;
  if (test.weekday !== undefined) return test.weekday !== isWeekend;
  if (test.weekend !== undefined) return test.weekend === isWeekend;
  const names = (list: readonly string[]): boolean => list.some((name) => name.toLowerCase() === DAYS[day]);
  if (test.in !== undefined) return names(test.in);
  return test.notIn !== undefined && !names(test.notIn);
}

// Conditions that ask the clock: they look at no field.
import { type SourceText } from '../../common';
import { type ConditionFields } from './condition.types';
import { isCronExpression, isCronOpen, windowLength } from './cron-window';
import { type Test } from './test.types';
import { dayName, type DayTest, isDayName, isWithin, matchesDay, minuteOfDay, timeOfDay } from './time-window';

/** Says what is wrong with a condition, at the condition or at a text of it. */
export type Report = (message: string, at?: SourceText) => void;

export function timeTest(fields: ConditionFields, report: Report): Test {
  const read = (text: SourceText | undefined): number | undefined => {
    const minute = text === undefined ? undefined : minuteOfDay(text.text);
    if (text !== undefined && minute === undefined) {
      report(`expected a time of day like 09:30, found "${text.text}"`, text);
    }
    return minute;
  };
  const after = read(fields.time?.after);
  const before = read(fields.time?.before);
  if (fields.time?.node.entries.size === 0) report('time needs "after" or "before"');
  if (after !== undefined && before !== undefined && after > before) {
    report('a window across midnight can never be true: write two entries under "or", or negate the daytime window');
  }
  const { time } = fields;
  const needs =
    `${time?.after === undefined ? '' : `after ${time.after.text} `}${time?.before === undefined ? '' : `before ${time.before.text}`}`.trim();
  return {
    purity: 'clock',
    reads: [],
    position: fields.position,
    passes: (_, { clock }) => isWithin(clock, after, before),
    words: (_, { clock }) => `it is ${timeOfDay(clock)}, needs ${needs}`,
  };
}

export function dayTest(fields: ConditionFields, report: Report): Test {
  const source = fields.dayOfWeek;
  const names = (list: readonly SourceText[] | undefined): readonly string[] | undefined =>
    list?.map((name) => {
      if (!isDayName(name.text)) report(`expected a day such as Monday, found "${name.text}"`, name);
      return name.text;
    });
  const test = {
    weekday: source?.weekday,
    weekend: source?.weekend,
    in: names(source?.in),
    notIn: names(source?.notIn),
  };
  if (source !== undefined && source.node.entries.size !== 1) {
    report('dayOfWeek needs exactly one of weekday, weekend, in, notIn');
  }
  return {
    purity: 'clock',
    reads: [],
    position: fields.position,
    passes: (_, { clock }) => matchesDay(clock, test),
    words: (_, { clock }) => `it is ${dayName(clock)}, needs ${dayWords(test)}`,
  };
}

export function cronTest(fields: ConditionFields, report: Report): Test {
  const { cron, duration, position } = fields;
  const expression = cron?.text ?? '';
  if (cron !== undefined && !isCronExpression(expression)) {
    report(`expected a cron expression such as "0 2 * * 1", found "${expression}"`, cron);
  }
  const length = duration === undefined ? undefined : windowLength(duration.text);
  if (duration !== undefined && length === undefined) {
    report(`expected a duration such as 30m, found "${duration.text}"`, duration);
  }
  const lasting = duration === undefined ? '' : ` for ${duration.text}`;
  return {
    purity: 'clock',
    reads: [],
    position,
    passes: (_, { clock }) => isCronOpen(expression, clock, length),
    words: (_, { clock }) =>
      `it is ${dayName(clock)} ${timeOfDay(clock)}, needs the window of "${expression}"${lasting}`,
  };
}

function dayWords({ weekday, weekend, in: days = [], notIn = [] }: DayTest): string {
  if (weekday !== undefined) return weekday ? 'Monday to Friday' : 'Saturday or Sunday';
  if (weekend !== undefined) return weekend ? 'Saturday or Sunday' : 'Monday to Friday';
  return days.length > 0 ? `one of ${days.join(', ')}` : `none of ${notIn.join(', ')}`;
}

import fc from 'fast-check';
import { nextFire } from './schedule';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-04T10:30:00Z');

/** The first day after `now` that the fields ask for, by a look at every day. */
function firstDay(
  now: number,
  dates: readonly number[],
  months: readonly number[],
  weekdays: readonly number[],
): string {
  const isAny = [dates, weekdays].some((list) => list.length === 0);
  for (let day = Math.floor(now / DAY_MS) * DAY_MS + DAY_MS; ; day += DAY_MS) {
    const date = new Date(day);
    if (date.getUTCFullYear() > new Date(now).getUTCFullYear() + 5) return '';
    const byDate = dates.length === 0 || dates.includes(date.getUTCDate());
    const byWeek = weekdays.length === 0 || weekdays.includes(date.getUTCDay());
    const isMonth = months.length === 0 || months.includes(date.getUTCMonth() + 1);
    if (isMonth && (isAny ? byDate && byWeek : byDate || byWeek)) return date.toISOString();
  }
}

const field = (values: readonly number[]): string => (values.length === 0 ? '*' : values.join(','));
const some = (min: number, max: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min, max }), { maxLength: 2 });

it('finds the day that a look at every day finds', () => {
  const start = fc.integer({ min: NOW, max: NOW + 8 * 365 * DAY_MS }).map((ms) => Math.floor(ms / DAY_MS) * DAY_MS + 1);
  fc.assert(
    fc.property(start, some(27, 31), some(1, 12), some(0, 6), (now, dates, months, weekdays) => {
      const fire = nextFire(`0 0 ${field(dates)} ${field(months)} ${field(weekdays)}`, now);
      expect(fire === undefined ? '' : new Date(fire).toISOString()).toBe(firstDay(now, dates, months, weekdays));
    }),
  );
});

it.each([
  ['0 0 30 2 *', undefined],
  ['0 0 31 2,4,6,9,11 *', undefined],
  ['CRON_TZ=Europe/Berlin 0 0 30 2 *', undefined],
  ['0 0 30,31 2 1', '2027-02-01T00:00:00.000Z'],
  ['0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
  [', 0 1 1 *', undefined],
  ['0 0 1 , 1', undefined],
])('%s: %s', (expression, expected) => {
  const fire = nextFire(expression, NOW);
  expect(fire === undefined ? undefined : new Date(fire).toISOString()).toBe(expected);
});

it('ends where dates end', () => {
  expect(nextFire('0 0 * 2 *', 8.64e15)).toBeUndefined();
});

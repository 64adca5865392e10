import fc from 'fast-check';
import { formatDuration, parseDuration, parseExtendedDuration } from './duration';

describe('parseDuration', () => {
  it.each([
    ['0', 0],
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1h0m0.5s', 3_600_500],
    ['500ms', 500],
    ['1us', 0.001],
    ['1µs', 0.001],
    ['1μs', 0.001],
    ['5ns', 0.000005],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBeCloseTo(ms, 9);
  });

  it.each(['', '5', 's', '1d', '1w', '1 h', '-1s', '1h30', '1H', '1hm'])('is not %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('in its longer grammar knows days, weeks, months and years', () => {
    const day = 86_400_000;
    expect(['1d', '2w', '1mo', '1y', '1d12h'].map(parseExtendedDuration)).toEqual([
      day,
      14 * day,
      30 * day,
      365 * day,
      1.5 * day,
    ]);
    expect(parseExtendedDuration('1m')).toBe(60_000);
  });

  it('reads what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1_000))).toBe(seconds * 1_000);
      }),
    );
  });
});

it.each([
  [0, '0s'],
  [250, '250ms'],
  [30_000, '30s'],
  [90_000, '1m30s'],
  [3_600_000, '1h0m0s'],
])('formatDuration(%d) is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

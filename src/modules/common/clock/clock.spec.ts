import { ManualClock, pause, rfc3339, systemRandom } from './clock';

it('times are written as Kubernetes writes them', () => {
  expect(rfc3339(Date.UTC(2026, 0, 2, 3, 4, 5, 678))).toBe('2026-01-02T03:04:05Z');
});

it('a manual clock moves only when told', () => {
  const clock = new ManualClock(1_000);
  expect([clock.now(), clock.monotonicMs()]).toEqual([1_000, 1_000]);
  clock.advance(5);
  expect(clock.now()).toBe(1_005);
});

it('randomness stays in [0, 1) and differs', () => {
  const draws = Array.from({ length: 1_000 }, () => systemRandom.next());
  expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
  expect(new Set(draws).size).toBeGreaterThan(990);
});

describe('pause', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ends with its time, and leaves no timer', async () => {
    const done = pause(1_000);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(1_000);
    await done;
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends with its signal, at once or later', async () => {
    const stop = new AbortController();
    const done = pause(1_000, stop.signal);
    stop.abort();
    await done;
    await pause(1_000, stop.signal);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('longer than a timer can be does not end at once', () => {
    void pause(2 ** 40);
    jest.advanceTimersByTime(1_000_000);
    expect(jest.getTimerCount()).toBe(1);
  });
});

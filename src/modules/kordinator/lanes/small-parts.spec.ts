import { LaneStatistics } from './lane-statistics';
import { Latch } from './latch';
import { ResyncTicker } from './resync-ticker';

describe('a latch', () => {
  it('opens once, wakes everybody who waits and stays open', async () => {
    const latch = new Latch();
    const { signal } = new AbortController();
    const waiting = Promise.all([latch.wait(signal), latch.wait(signal)]);
    expect(latch.isOpen).toBe(false);
    latch.open();
    await waiting;
    await latch.wait(signal);
    expect(latch.isOpen).toBe(true);
  });

  it('lets go of who waits when the signal aborts, and of who comes after', async () => {
    const latch = new Latch();
    const stop = new AbortController();
    const waiting = latch.wait(stop.signal);
    stop.abort();
    await waiting;
    await latch.wait(stop.signal);
    expect(latch.isOpen).toBe(false);
  });
});

describe('the statistics of a lane', () => {
  it('give 0 before the first pass, and the nearest rank afterwards', () => {
    const statistics = new LaneStatistics();
    expect(statistics.p95Ms).toBe(0);
    for (let ms = 1; ms <= 100; ms++) statistics.passed(ms);
    expect(statistics.p95Ms).toBe(95);
  });

  it('forget what is older than 256 passes', () => {
    const statistics = new LaneStatistics();
    for (let pass = 0; pass < 256; pass++) statistics.passed(1_000);
    for (let pass = 0; pass < 256; pass++) statistics.passed(1);
    expect(statistics.p95Ms).toBe(1);
  });
});

describe('the resync ticker', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('brings each key once in each interval, spread over it, and nothing after stop', () => {
    const keys = Array.from({ length: 200 }, (_, index) => `default/site-${index}`);
    const enqueued: string[] = [];
    const ticker = new ResyncTicker(
      10_000,
      () => keys,
      (key) => enqueued.push(key),
    );
    ticker.start();
    jest.advanceTimersByTime(500);
    expect(enqueued.length).toBeLessThan(50);
    jest.advanceTimersByTime(9_500);
    expect([...enqueued].sort()).toEqual([...keys].sort());
    jest.advanceTimersByTime(10_000);
    expect(enqueued).toHaveLength(400);
    ticker.stop();
    jest.advanceTimersByTime(30_000);
    expect(enqueued).toHaveLength(400);
  });
});

import { stopWithin } from './stop-deadline';

describe('the deadline of a stop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('calls for help when the stop hangs', async () => {
    const late = jest.fn();
    void stopWithin(60_000, () => new Promise(() => undefined), late);
    await jest.advanceTimersByTimeAsync(59_999);
    expect(late).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(late).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['has ended', () => Promise.resolve()],
    ['has failed', () => Promise.reject(new Error('no'))],
  ])('is forgotten when the stop %s', async (_how, stop) => {
    const late = jest.fn();
    await stopWithin(60_000, stop, late).catch(() => undefined);
    expect(jest.getTimerCount()).toBe(0);
    expect(late).not.toHaveBeenCalled();
  });
});

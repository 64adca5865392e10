import { getEventListeners } from 'node:events';
import { untilAborted } from './until-aborted';

const never = new Promise<never>(() => undefined);

describe('untilAborted', () => {
  it('gives what the work gives, and leaves no listener behind', async () => {
    const { signal } = new AbortController();
    await expect(untilAborted(Promise.resolve(3), signal)).resolves.toBe(3);
    await expect(untilAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends with the reason of the signal, also of one that is aborted already', async () => {
    const controller = new AbortController();
    const waits = untilAborted(never, controller.signal);
    controller.abort(new Error('too late'));
    await expect(waits).rejects.toThrow('too late');
    await expect(untilAborted(never, controller.signal)).rejects.toThrow('too late');
  });
});

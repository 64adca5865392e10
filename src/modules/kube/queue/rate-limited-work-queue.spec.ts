import fc from 'fast-check';
import { RateLimitedWorkQueue } from './rate-limited-work-queue';
import { type Priority } from './work-queue.types';

const DAY_MS = 24 * 60 * 60_000;

describe('RateLimitedWorkQueue', () => {
  let queue: RateLimitedWorkQueue<string>;

  beforeEach(() => {
    jest.useFakeTimers();
    queue = new RateLimitedWorkQueue({ baseMs: 10, maxMs: 1_000 });
  });

  afterEach(() => {
    queue.shutDown();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  async function drain(): Promise<readonly string[]> {
    const keys: string[] = [];
    while (queue.length > 0) {
      const key = await queue.get();
      if (key === undefined) break;
      keys.push(key);
      queue.done(key);
    }
    return keys;
  }

  describe('one key', () => {
    it('waits once, however often it is added', async () => {
      queue.add('a');
      queue.add('a');
      queue.add('a', 'resync');
      expect(queue.length).toBe(1);
      expect(await drain()).toEqual(['a']);
    });

    it('is never given to two workers at the same time, and runs once more when it was added meanwhile', async () => {
      queue.add('a');
      expect(await queue.get()).toBe('a');
      queue.add('a');
      queue.add('a');
      expect(queue.length).toBe(0);
      const second = queue.get();
      queue.done('a');
      expect(await second).toBe('a');
      queue.done('a');
      expect(queue.length).toBe(0);
    });

    it('goes straight to a worker that waits', async () => {
      const first = queue.get();
      const second = queue.get();
      queue.add('a');
      queue.add('b');
      expect(await Promise.all([first, second])).toEqual(['a', 'b']);
    });

    it('keeps the order of arrival', async () => {
      for (const key of ['c', 'a', 'b']) queue.add(key);
      expect(await drain()).toEqual(['c', 'a', 'b']);
    });
  });

  describe('lanes', () => {
    it('lets a fresh change pass every resync', async () => {
      for (const key of ['r1', 'r2', 'r3']) queue.add(key, 'resync');
      queue.add('fresh');
      expect(await drain()).toEqual(['fresh', 'r1', 'r2', 'r3']);
    });

    it('lifts a key that waits for its resync when it changes', async () => {
      queue.add('r1', 'resync');
      queue.add('r2', 'resync');
      queue.add('r2');
      expect(queue.length).toBe(2);
      expect(await drain()).toEqual(['r2', 'r1']);
    });

    it('does not demote a fresh key when its resync falls due', async () => {
      queue.add('r1', 'resync');
      queue.add('a');
      queue.add('a', 'resync');
      expect(await drain()).toEqual(['a', 'r1']);
    });

    it('remembers the more urgent of two adds during processing', async () => {
      queue.add('a');
      await queue.get();
      queue.add('a');
      queue.add('a', 'resync');
      queue.add('r1', 'resync');
      queue.done('a');
      expect(await drain()).toEqual(['a', 'r1']);
    });

    it('runs a resync that came during processing in the resync lane', async () => {
      queue.add('a');
      await queue.get();
      queue.add('a', 'resync');
      queue.add('b');
      queue.done('a');
      expect(await drain()).toEqual(['b', 'a']);
    });
  });

  describe('addAfter', () => {
    it('adds when the pause is over and not before', () => {
      queue.addAfter('a', 100);
      jest.advanceTimersByTime(99);
      expect(queue.length).toBe(0);
      jest.advanceTimersByTime(1);
      expect(queue.length).toBe(1);
    });

    it.each([0, -5])('adds at once after a pause of %i ms', (delayMs) => {
      queue.addAfter('a', delayMs);
      expect(queue.length).toBe(1);
    });

    it.each([
      [50, 200],
      [200, 50],
    ])('takes the earlier of two pauses (%i, %i) and runs once', (first, second) => {
      queue.addAfter('a', first);
      queue.addAfter('a', second);
      jest.advanceTimersByTime(50);
      expect(queue.length).toBe(1);
      void queue.get();
      queue.done('a');
      jest.advanceTimersByTime(1_000);
      expect(queue.length).toBe(0);
    });

    it.each<[string, Priority, number, Priority, number]>([
      ['the later one is fresh', 'resync', 50, 'fresh', 100],
      ['the earlier one is fresh', 'fresh', 100, 'resync', 50],
    ])('keeps the fresh lane when %s', async (_name, first, firstMs, second, secondMs) => {
      queue.add('r1', 'resync');
      queue.addAfter('a', firstMs, first);
      queue.addAfter('a', secondMs, second);
      jest.advanceTimersByTime(50);
      expect(await drain()).toEqual(['a', 'r1']);
    });

    it('waits for a pause that is longer than a timer can be', () => {
      queue.addAfter('a', 60 * DAY_MS);
      jest.advanceTimersByTime(59 * DAY_MS);
      expect(queue.length).toBe(0);
      jest.advanceTimersByTime(DAY_MS);
      expect(queue.length).toBe(1);
    });

    it('runs once more when the pause ends during processing', async () => {
      queue.addAfter('a', 50);
      queue.add('a');
      await queue.get();
      jest.advanceTimersByTime(50);
      expect(queue.length).toBe(0);
      queue.done('a');
      expect(queue.length).toBe(1);
    });
  });

  describe('backoff', () => {
    it('doubles with each failure up to the limit', () => {
      const pauses = Array.from({ length: 9 }, () => queue.addRateLimited('a'));
      expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 1_000, 1_000]);
      expect(queue.failures('a')).toBe(9);
    });

    it('stays at the limit after thousands of failures', () => {
      for (let count = 0; count < 3_000; count++) queue.addRateLimited('a');
      expect(queue.addRateLimited('a')).toBe(1_000);
    });

    it('counts for each key alone and starts again after forget', () => {
      queue.addRateLimited('a');
      queue.addRateLimited('a');
      expect(queue.addRateLimited('b')).toBe(10);
      queue.forget('a');
      expect(queue.failures('a')).toBe(0);
      expect(queue.addRateLimited('a')).toBe(10);
    });

    it('adds the key in the fresh lane when its pause is over', () => {
      queue.addRateLimited('a');
      jest.advanceTimersByTime(9);
      expect(queue.length).toBe(0);
      jest.advanceTimersByTime(1);
      expect(queue.length).toBe(1);
    });
  });

  describe('shutdown', () => {
    it('wakes waiting workers with undefined, drops what waits and takes nothing more', async () => {
      const waiting = [queue.get(), queue.get()];
      queue.shutDown();
      expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
      queue.add('a');
      queue.addAfter('b', 10);
      queue.addRateLimited('c');
      jest.advanceTimersByTime(10_000);
      expect(queue.length).toBe(0);
      expect(await queue.get()).toBeUndefined();
      expect(queue.isShutDown).toBe(true);
    });

    it('gives nothing out that was added before, nor what was added during processing', async () => {
      queue.add('a');
      queue.add('b');
      await queue.get();
      queue.add('a');
      queue.shutDown();
      queue.done('a');
      expect(queue.length).toBe(0);
      expect(await queue.get()).toBeUndefined();
    });
  });

  describe('abort', () => {
    it('ends one waiting get and leaves the key for the next', async () => {
      const stop = new AbortController();
      const aborted = queue.get(stop.signal);
      const other = queue.get();
      stop.abort();
      expect(await aborted).toBeUndefined();
      queue.add('a');
      expect(await other).toBe('a');
    });

    it('takes nothing when the signal is aborted already', async () => {
      queue.add('a');
      expect(await queue.get(AbortSignal.abort())).toBeUndefined();
      expect(queue.length).toBe(1);
    });
  });
});

// ---- model

/** What a queue has to do, without any cleverness. */
class Model {
  readonly waiting = new Map<string, Priority>();
  readonly processing = new Set<string>();
  readonly again = new Map<string, Priority>();
}

interface Real {
  readonly queue: RateLimitedWorkQueue<string>;
}

const isFresh = (model: Model, key: string): boolean => model.waiting.get(key) === 'fresh';

class Add implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly key: string,
    private readonly priority: Priority,
  ) {}

  check = (): boolean => true;

  async run(model: Model, { queue }: Real): Promise<void> {
    const { key, priority } = this;
    const target = model.processing.has(key) ? model.again : model.waiting;
    if (target.get(key) !== 'fresh') {
      // A lifted key goes to the end of the fresh lane.
      if (priority === 'fresh') target.delete(key);
      if (!target.has(key)) target.set(key, priority);
    }
    queue.add(key, priority);
    expect(queue.length).toBe(model.waiting.size);
  }

  toString = (): string => `add(${this.key}, ${this.priority})`;
}

class Get implements fc.AsyncCommand<Model, Real> {
  check = (model: Readonly<Model>): boolean => model.waiting.size > 0;

  async run(model: Model, { queue }: Real): Promise<void> {
    const keys = [...model.waiting.keys()];
    const expected = keys.find((key) => isFresh(model, key)) ?? keys[0];
    const key = await queue.get();
    expect(key).toBe(expected);
    expect(model.processing.has(key!)).toBe(false);
    model.waiting.delete(key!);
    model.processing.add(key!);
  }

  toString = (): string => 'get';
}

class Done implements fc.AsyncCommand<Model, Real> {
  constructor(private readonly pick: number) {}

  check = (model: Readonly<Model>): boolean => model.processing.size > 0;

  async run(model: Model, { queue }: Real): Promise<void> {
    const running = [...model.processing];
    const key = running[this.pick % running.length]!;
    queue.done(key);
    model.processing.delete(key);
    const priority = model.again.get(key);
    model.again.delete(key);
    if (priority !== undefined) model.waiting.set(key, priority);
    expect(queue.length).toBe(model.waiting.size);
  }

  toString = (): string => `done(${this.pick})`;
}

it('behaves as its model whatever is added, taken and finished in whichever order', async () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd');
  const priority = fc.constantFrom<Priority>('fresh', 'resync');
  const commands = fc.commands(
    [
      fc.tuple(key, priority).map(([name, lane]) => new Add(name, lane)),
      fc.constant(new Get()),
      fc.nat(3).map((pick) => new Done(pick)),
    ],
    { maxCommands: 60 },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const real = { queue: new RateLimitedWorkQueue<string>() };
      await fc.asyncModelRun(() => ({ model: new Model(), real }), run);
      real.queue.shutDown();
    }),
    { numRuns: 300 },
  );
});

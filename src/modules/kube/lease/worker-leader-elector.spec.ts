// The main thread's side on timers of the test; the thread is one that the test speaks for, and at the end a real one.
import { Worker } from 'node:worker_threads';
import { type Logger, silentLogger } from '../../observability';
import { type ClusterConfig } from '../config';
import { FencedError } from '../kube.errors';
import { type LeaseHolder } from './leader-election.types';
import { SpokenThread } from '../testing/spoken-thread';
import { LeaseState } from './lease-state';
import { type LeaseWorkerData } from './lease.worker';
import { type LeaderElectorOptions, type LeaseWorker, WorkerLeaderElector } from './worker-leader-elector';

const TIMES = { durationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };
const CONFIG: ClusterConfig = {
  server: 'https://127.0.0.1:1',
  insecureSkipTlsVerify: false,
  contextName: 'test',
  source: 'flag',
  token: 'first',
};
const US: LeaseHolder = { identity: 'us', katalog: 'shop', expiresAt: 1 };

let threads: SpokenThread[];
let heard: string[];
let logged: string[];
let signal: AbortController;
let elector: WorkerLeaderElector;
let resolveAgain: jest.Mock<Promise<ClusterConfig>, []>;

const logger: Logger = {
  ...silentLogger,
  warn: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields)}`),
  error: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields)}`),
};

const callbacks = {
  onStartedLeading: (): void => void heard.push('started'),
  onStoppedLeading: (reason: string): void => void heard.push(reason),
  onNewLeader: ({ identity }: LeaseHolder): void => void heard.push(`leader ${identity}`),
  onForeignKatalog: ({ katalog }: LeaseHolder): void => void heard.push(`foreign ${katalog}`),
};

function electorWith(startWorker: LeaderElectorOptions['startWorker']): WorkerLeaderElector {
  return new WorkerLeaderElector({
    config: CONFIG,
    namespace: 'default',
    katalog: 'shop',
    userAgent: 'orkestra/1 (runtime)',
    times: TIMES,
    logger,
    resolveAgain,
    ...(startWorker === undefined ? {} : { startWorker }),
  });
}

function spoken(data: LeaseWorkerData): LeaseWorker {
  const thread = new SpokenThread(data);
  threads.push(thread);
  return thread;
}

function newest(): SpokenThread {
  const thread = threads.at(-1);
  if (thread === undefined) throw new Error('no thread was started');
  return thread;
}

const passes = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  threads = [];
  heard = [];
  logged = [];
  signal = new AbortController();
  resolveAgain = jest.fn(() => Promise.resolve({ ...CONFIG, token: 'second' }));
});

describe('the elector', () => {
  beforeEach(async () => {
    jest.useFakeTimers();
    elector = electorWith(spoken);
    await elector.start(callbacks, signal.signal);
  });

  afterEach(async () => {
    const stopped = elector.stop();
    await passes(1_000);
    await stopped;
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('tells the thread who we are and what for', () => {
    expect(newest().data).toMatchObject({
      config: CONFIG,
      namespace: 'default',
      identity: elector.identity,
      katalog: 'shop',
      times: TIMES,
    });
    expect(electorWith(spoken).identity).not.toBe(elector.identity);
  });

  it('beats while the main loop turns, several times in each retry period', async () => {
    await passes(60_000);
    expect(newest().heartbeatAgeMs).toBeLessThanOrEqual(500);
  });

  it('leads from the news on, and its fence lets writes through', () => {
    expect(() => elector.fence.assertHeld()).toThrow(FencedError);
    newest().win(US);
    expect(heard).toEqual(['started', 'leader us']);
    expect(elector.isLeader).toBe(true);
    expect(elector.holder).toBe(US);
    expect(() => elector.fence.assertHeld()).not.toThrow();
  });

  it('fences when the hold runs out, before any news of it', async () => {
    newest().win(US);
    await passes(TIMES.renewDeadlineMs);
    expect(elector.isLeader).toBe(false);
    expect(() => elector.fence.assertHeld()).toThrow(FencedError);
    expect(heard).toEqual(['started', 'leader us']);
  });

  it('passes on a lost lead, once, and other holders', () => {
    newest().win(US);
    newest().say({ type: 'lost' });
    newest().say({ type: 'lost' });
    newest().say({ type: 'leader', holder: { ...US, identity: 'them' } });
    expect(heard.slice(2)).toEqual(['lost', 'leader them']);
    expect(elector.isLeader).toBe(false);
  });

  it('passes on that another Katalog holds the Lease, and logs problems', () => {
    newest().say({ type: 'foreign', holder: { ...US, katalog: 'bakery' } });
    newest().say({ type: 'problem', message: 'connection refused' });
    expect(heard).toEqual(['foreign bakery']);
    expect(logged).toEqual(['lease.problem {"problem":"connection refused"}']);
  });

  it('logs in again for the thread, or says why it could not', async () => {
    newest().say({ type: 'config-wanted' });
    await passes(0);
    resolveAgain.mockRejectedValueOnce(new Error('the plugin failed'));
    newest().say({ type: 'config-wanted' });
    await passes(0);
    expect(newest().posted).toEqual([
      { type: 'config', config: { ...CONFIG, token: 'second' } },
      { type: 'config', problem: 'the plugin failed' },
    ]);
  });

  describe('whose thread fails', () => {
    it('loses the lead and is fenced at once', () => {
      newest().win(US);
      newest().fail();
      expect(heard).toEqual(['started', 'leader us', 'lost']);
      expect(elector.isLeader).toBe(false);
      expect(() => elector.fence.assertHeld()).toThrow(FencedError);
      expect(logged).toEqual(['lease.worker-failed {"problem":"out of memory"}', 'lease.worker-ended {"exitCode":1}']);
    });

    it('loses the lead also when the thread ends without an error', () => {
      newest().win(US);
      newest().emit('exit', 0);
      expect(heard).toEqual(['started', 'leader us', 'lost']);
      expect(logged).toEqual(['lease.worker-ended {"exitCode":0}']);
    });

    it('says nothing of a lead that it did not have', () => {
      newest().fail();
      expect(heard).toEqual([]);
    });

    it('stands for election again after a retry period, with the newest login', async () => {
      newest().say({ type: 'config-wanted' });
      await passes(0);
      newest().fail();
      await passes(TIMES.retryPeriodMs - 1);
      expect(threads).toHaveLength(1);
      await passes(1);
      expect(threads).toHaveLength(2);
      expect(newest().data).toMatchObject({ identity: elector.identity, config: { token: 'second' } });
      newest().win(US);
      expect(heard).toEqual(['started', 'leader us']);
      expect(() => elector.fence.assertHeld()).not.toThrow();
    });

    it('leads again as another hold: what was begun under the first one stays fenced', async () => {
      newest().win(US);
      const { epoch } = new LeaseState(newest().data.buffer);
      newest().fail();
      await passes(TIMES.retryPeriodMs);
      newest().win(US);
      const memory = new LeaseState(newest().data.buffer);
      expect(() => memory.assertHeld(epoch)).toThrow(FencedError);
      expect(() => memory.assertHeld(epoch + 1)).not.toThrow();
      expect(heard).toEqual(['started', 'leader us', 'lost', 'started', 'leader us']);
    });

    it('goes on beating while there is no thread', async () => {
      newest().fail();
      await passes(TIMES.retryPeriodMs);
      expect(newest().heartbeatAgeMs).toBeLessThanOrEqual(500);
    });

    it('starts a thread that always fails once in each period, not more often', async () => {
      for (let round = 1; round <= 5; round++) {
        newest().fail();
        await passes(TIMES.retryPeriodMs);
        expect(threads).toHaveLength(round + 1);
      }
    });

    it('sends a login that comes too late to nobody else', async () => {
      let login: (config: ClusterConfig) => void = () => undefined;
      resolveAgain.mockReturnValueOnce(new Promise((resolve) => (login = resolve)));
      newest().say({ type: 'config-wanted' });
      newest().fail();
      await passes(TIMES.retryPeriodMs);
      login(CONFIG);
      await passes(0);
      expect(newest().posted).toEqual([]);
    });
  });

  describe('that is stopped', () => {
    it('lets the thread give the lease up, then tells and ends it', async () => {
      newest().win(US);
      const stopped = elector.stop();
      expect(newest().posted).toEqual([{ type: 'stop' }]);
      expect(newest().isTerminated).toBe(false);
      newest().say({ type: 'stopped' });
      await stopped;
      expect(newest().isTerminated).toBe(true);
      expect(heard).toEqual(['started', 'leader us', 'released']);
      expect(() => elector.fence.assertHeld()).toThrow(FencedError);
    });

    it('is stopped by its signal too, and every caller waits for the same end', async () => {
      signal.abort();
      let isDone = false;
      const stopped = elector.stop().then(() => (isDone = true));
      await passes(999);
      expect(isDone).toBe(false);
      newest().say({ type: 'stopped' });
      await stopped;
      expect(newest().posted).toEqual([{ type: 'stop' }]);
    });

    it('does not wait longer than a second for a thread that hangs', async () => {
      newest().win(US);
      const stopped = elector.stop();
      await passes(1_000);
      await stopped;
      expect(newest().isTerminated).toBe(true);
      expect(heard.at(-1)).toBe('released');
    });

    it('does not wait for a thread that ends on the way, and starts no other', async () => {
      newest().win(US);
      const stopped = elector.stop();
      newest().fail();
      await stopped;
      await passes(10 * TIMES.retryPeriodMs);
      expect(threads).toHaveLength(1);
      expect(heard).toEqual(['started', 'leader us', 'released']);
    });

    it('starts no thread when the last one has failed and the next one is due', async () => {
      newest().win(US);
      newest().fail();
      await elector.stop();
      expect(jest.getTimerCount()).toBe(0);
      await passes(10 * TIMES.retryPeriodMs);
      expect(threads).toHaveLength(1);
      expect(heard).toEqual(['started', 'leader us', 'lost']);
    });

    it('by who hears of the lost lead starts no thread either', async () => {
      const stopper = electorWith(spoken);
      const onStoppedLeading = jest.fn(() => void stopper.stop());
      await stopper.start({ ...callbacks, onStoppedLeading }, signal.signal);
      const before = threads.length;
      newest().win(US);
      newest().fail();
      await passes(10 * TIMES.retryPeriodMs);
      expect(onStoppedLeading).toHaveBeenCalledTimes(1);
      expect(threads).toHaveLength(before);
    });

    it('does not lead when the lease is won while it is given up', async () => {
      const stopped = elector.stop();
      newest().win(US);
      expect(heard).not.toContain('started');
      expect(elector.isLeader).toBe(false);
      newest().say({ type: 'stopped' });
      await stopped;
      expect(heard).not.toContain('released');
    });

    it('logs in for a thread that needs it to give the lease up', async () => {
      void elector.stop();
      newest().say({ type: 'config-wanted' });
      await passes(0);
      expect(newest().posted.map(({ type }) => type)).toEqual(['stop', 'config']);
    });
  });
});

describe('an elector that gets no thread', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('fails at its start, and leaves nothing behind', () => {
    elector = electorWith(() => {
      throw new Error('no more threads');
    });
    expect(() => elector.start(callbacks, signal.signal)).toThrow('no more threads');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('tries again at each period when it had one before', async () => {
    let isOut = false;
    elector = electorWith((data) => {
      if (isOut) throw new Error('no more threads');
      return spoken(data);
    });
    await elector.start(callbacks, signal.signal);
    isOut = true;
    newest().fail();
    await passes(3 * TIMES.retryPeriodMs);
    expect(logged.filter((line) => line.includes('no more threads'))).toHaveLength(3);
    isOut = false;
    await passes(TIMES.retryPeriodMs);
    expect(threads).toHaveLength(2);
    newest().emit('exit', 0);
    await elector.stop();
  });
});

describe('a real thread', () => {
  const WIN = `parentPort.postMessage({ type: 'acquired', epoch: 1 });`;

  it.each([
    ['throws', `throw new Error('broken thread')`, /lease\.worker-failed .*broken thread/],
    ['ends', 'process.exit(3)', /lease\.worker-ended \{"exitCode":3\}/],
    ['has nothing left to do', '', /lease\.worker-ended \{"exitCode":0\}/],
  ])(
    'that %s right after it won: the lead comes before the loss, and another thread follows',
    async (_how, end, log) => {
      let started = 0;
      const second = new Promise<void>((resolve) => {
        elector = new WorkerLeaderElector({
          config: CONFIG,
          namespace: 'default',
          katalog: 'shop',
          userAgent: 'orkestra/1 (runtime)',
          times: { ...TIMES, retryPeriodMs: 10 },
          logger,
          resolveAgain,
          startWorker: () => {
            if (++started === 2) resolve();
            const work = started === 1 ? `${WIN} ${end}` : `parentPort.on('message', () => parentPort.close())`;
            return new Worker(`const { parentPort } = require('node:worker_threads'); ${work}`, { eval: true });
          },
        });
      });
      await elector.start(callbacks, signal.signal);
      await second;
      expect(heard).toEqual(['started', 'lost']);
      expect(logged.join('\n')).toMatch(log);
      await elector.stop();
      expect(started).toBe(2);
    },
  );
});

// The election on clocks of the test: jest moves the monotonic and the wall clock, and the Lease lives in memory.
import { type JsonObject, valueAt } from '../../common';
import { FencedError } from '../kube.errors';
import { type LeaseClient, LeaseLoop, type LeaseNews } from './lease-loop';
import { claimed, newLease, readLease, released } from './lease-record';
import { LeaseState } from './lease-state';

const TIMES = { durationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };
const START = Date.parse('2026-01-01T00:00:00Z');

class MemoryClient implements LeaseClient {
  lease: JsonObject | undefined;
  isReachable = true;
  latencyMs = 0;
  updates = 0;
  /** Runs before an update is looked at: somebody else was faster. */
  beforeUpdate: () => void = () => undefined;
  private version = 0;
  private onChange: () => void = () => undefined;

  async read(): Promise<JsonObject | undefined> {
    await this.travel();
    return this.lease;
  }

  async create(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    await this.travel();
    return this.lease === undefined ? this.keep(lease) : 'conflict';
  }

  async update(lease: JsonObject): Promise<JsonObject | 'conflict'> {
    await this.travel();
    this.updates++;
    this.beforeUpdate();
    if (this.lease === undefined || versionOf(lease) !== versionOf(this.lease)) return 'conflict';
    return this.keep(lease);
  }

  follow(onChange: () => void): void {
    this.onChange = onChange;
  }

  /** Somebody else writes. */
  store(lease: JsonObject): void {
    this.keep(lease);
    this.onChange();
  }

  /** Somebody else writes and leaves the holder; the watch has not told it yet. */
  touch(): void {
    this.keep(this.lease ?? {});
  }

  private keep(lease: JsonObject): JsonObject {
    const metadata = { ...(lease['metadata'] as JsonObject), resourceVersion: String(++this.version) };
    this.lease = { ...lease, metadata };
    return this.lease;
  }

  private async travel(): Promise<void> {
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    if (!this.isReachable) throw new Error('connection refused');
  }
}

function versionOf(lease: JsonObject): unknown {
  return valueAt(lease, ['metadata', 'resourceVersion']);
}

function holderOf(client: MemoryClient): string {
  return client.lease === undefined ? '' : readLease(client.lease).holder;
}

let client: MemoryClient;
let state: LeaseState;
let news: LeaseNews[];
let stop: AbortController;
let heart: NodeJS.Timeout;
let loop: LeaseLoop;
let running: Promise<void>;

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  client = new MemoryClient();
  state = new LeaseState();
  news = [];
  stop = new AbortController();
  state.beat();
  heart = setInterval(() => state.beat(), 500);
});

afterEach(async () => {
  stop.abort();
  client.latencyMs = 0;
  await jest.advanceTimersByTimeAsync(TIMES.durationMs);
  await running;
  clearInterval(heart);
  jest.useRealTimers();
});

async function run(): Promise<void> {
  const tell = (item: LeaseNews): void => void news.push(item);
  loop = new LeaseLoop({ client, state, identity: 'us', katalog: 'shop', namespace: 'default', times: TIMES, tell });
  running = loop.run(stop.signal);
  await jest.advanceTimersByTimeAsync(0);
}

const passes = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
const told = (): readonly string[] => news.map(({ type }) => type);
const theirs = (katalog = 'shop'): JsonObject =>
  newLease({ identity: 'them', katalog, durationMs: TIMES.durationMs }, 'default', Date.now());

/** The Lease with them as holder. */
const taken = (at = Date.now()): JsonObject =>
  claimed(readLease(client.lease ?? {}), { identity: 'them', katalog: 'shop', durationMs: TIMES.durationMs }, at);

describe('a free lease', () => {
  it('that does not exist is created and held', async () => {
    await run();
    expect(told()).toEqual(['acquired', 'leader']);
    expect(holderOf(client)).toBe('us');
    expect(() => state.assertHeld(1)).not.toThrow();
  });

  it('that was given up is taken at once', async () => {
    client.store(released(readLease(theirs()), Date.now()));
    await run();
    expect(told()).toEqual(['acquired', 'leader']);
    expect(valueAt(client.lease ?? {}, ['spec', 'leaseTransitions'])).toBe(1);
  });
});

describe('a lease that we hold', () => {
  it('is renewed at each period and keeps its acquire time and its transitions', async () => {
    await run();
    await passes(20 * TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader']);
    expect(client.updates).toBe(20);
    expect(client.lease?.['spec']).toMatchObject({
      acquireTime: '2026-01-01T00:00:00.000000Z',
      renewTime: '2026-01-01T00:00:40.000000Z',
      leaseTransitions: 0,
    });
  });

  it('survives a write of somebody who left it ours', async () => {
    await run();
    client.touch();
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader']);
    expect(state.isHeld).toBe(true);
  });

  it('stays ours over two conflicts in a row, and the next period renews it', async () => {
    await run();
    client.beforeUpdate = () => {
      if (client.updates <= 2) client.touch();
    };
    await passes(TIMES.retryPeriodMs);
    expect(client.updates).toBe(2);
    expect(state.isHeld).toBe(true);
    expect(valueAt(client.lease ?? {}, ['spec', 'renewTime'])).toBe('2026-01-01T00:00:00.000000Z');
    await passes(TIMES.retryPeriodMs);
    expect(valueAt(client.lease ?? {}, ['spec', 'renewTime'])).toBe('2026-01-01T00:00:04.000000Z');
    expect(told()).toEqual(['acquired', 'leader']);
  });

  it('is lost at its deadline when every renewal meets a conflict', async () => {
    await run();
    client.beforeUpdate = () => client.touch();
    await passes(TIMES.renewDeadlineMs);
    expect(told()).toEqual(['acquired', 'leader', 'lost']);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
  });

  it('is lost when the second conflict is somebody who took it', async () => {
    await run();
    client.beforeUpdate = () => {
      if (client.updates === 1) client.touch();
      if (client.updates === 2) client.store(taken());
    };
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader']);
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader', 'lost']);
    expect(holderOf(client)).toBe('them');
    expect(() => state.assertHeld(1)).toThrow(FencedError);
  });

  it('is lost when it was deleted, and then made anew as another hold', async () => {
    await run();
    client.lease = undefined;
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader', 'lost']);
    await passes(TIMES.retryPeriodMs);
    expect(told().slice(3)).toEqual(['acquired']);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
    expect(() => state.assertHeld(2)).not.toThrow();
  });

  it('is lost when another took it, and writes are fenced', async () => {
    await run();
    client.store(taken());
    await passes(2 * TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader', 'lost', 'leader']);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
  });

  it('is lost after the renew deadline when the server can not be reached, before it runs out for others', async () => {
    await run();
    client.isReachable = false;
    await passes(TIMES.renewDeadlineMs - 1);
    expect(state.isHeld).toBe(true);
    await passes(1);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['acquired', 'leader', 'problem', 'lost']);
    client.isReachable = true;
    await passes(TIMES.retryPeriodMs);
    expect(told().slice(4)).toEqual(['acquired']);
    // What was begun under the first hold stays fenced.
    expect(() => state.assertHeld(1)).toThrow(FencedError);
    expect(() => state.assertHeld(2)).not.toThrow();
  });

  it('is not renewed for a main loop that hangs', async () => {
    await run();
    clearInterval(heart);
    await passes(TIMES.renewDeadlineMs + TIMES.retryPeriodMs);
    const renewals = client.updates;
    await passes(TIMES.renewDeadlineMs + TIMES.retryPeriodMs);
    expect(client.updates).toBe(renewals);
    expect(told()).toEqual(['acquired', 'leader', 'lost']);
    expect(state.isHeld).toBe(false);
  });

  it('is not proven by an answer that came after the deadline', async () => {
    await run();
    client.latencyMs = TIMES.renewDeadlineMs + 1_000;
    await passes(TIMES.retryPeriodMs + client.latencyMs);
    expect(state.isHeld).toBe(false);
    expect(told()).toEqual(['acquired', 'leader', 'lost']);
  });

  it('is over by the wall clock too: a suspended machine stops the other one', async () => {
    await run();
    jest.setSystemTime(Date.now() + TIMES.renewDeadlineMs);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
  });

  it('is over by the monotonic clock too: a date that was set back makes it no longer', async () => {
    await run();
    client.latencyMs = TIMES.renewDeadlineMs;
    await passes(TIMES.renewDeadlineMs);
    jest.setSystemTime(START);
    // The renewal is under way: nobody but the clock has said that it is lost.
    expect(told()).toEqual(['acquired', 'leader']);
    expect(() => state.assertHeld(1)).toThrow(FencedError);
  });

  it('is given up on release, so that nobody has to wait', async () => {
    await run();
    stop.abort();
    await loop.release();
    expect(holderOf(client)).toBe('');
    expect(state.isHeld).toBe(false);
  });
});

describe('a lease of somebody else', () => {
  it('is never taken while they renew it, whatever their clock says', async () => {
    client.store(theirs());
    await run();
    for (let renewal = 0; renewal < 10; renewal++) {
      await passes(TIMES.durationMs - 1_000);
      // Their clock is a day behind.
      const late = Date.now() - 86_400_000;
      client.store(taken(late));
    }
    expect(told()).toEqual(['leader']);
    expect(holderOf(client)).toBe('them');
  });

  it('is taken when it was silent for its duration by our clock, not before', async () => {
    client.store(theirs());
    await run();
    await passes(TIMES.durationMs);
    expect(told()).toEqual(['leader']);
    await passes(TIMES.retryPeriodMs);
    expect(told()).toEqual(['leader', 'acquired', 'leader']);
  });

  it('is left alone on release', async () => {
    client.store(theirs());
    await run();
    stop.abort();
    await loop.release();
    expect(holderOf(client)).toBe('them');
  });

  it('with another Katalog is told as foreign, with its holder', async () => {
    client.store(theirs('bakery'));
    await run();
    expect(news[0]).toMatchObject({ type: 'foreign', holder: { identity: 'them', katalog: 'bakery' } });
    expect(client.updates).toBe(0);
  });
});

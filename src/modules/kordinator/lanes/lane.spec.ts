import { systemClock } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type SharedInformer } from '../../kube';
import { silentLogger } from '../../observability';
import { type Outcome } from '../../reconciler';
import { Registry } from 'prom-client';
import { KordinatorMetrics } from '../kordinator.metrics';
import { CrdHealth } from './crd-health';
import { Lane } from './lane';

const RESYNC_MS = 1_000;

function crd(maxDepth: number): CompiledCrd {
  const setting = (value: number): { value: number; source: 'configured' } => ({ value, source: 'configured' });
  return {
    name: 'website',
    gvk: { group: 'demo.orkestra.io', version: 'v1', kind: 'Website' },
    workers: setting(1),
    resyncMs: setting(RESYNC_MS),
    maxQueueDepth: setting(maxDepth),
    failureThreshold: 5,
  } as unknown as CompiledCrd;
}

function informer(keys: readonly string[]): SharedInformer {
  return {
    store: { keys: () => keys.values(), size: keys.length },
    isMissing: false,
    waitForSync: () => Promise.resolve(),
    onEvent: () => () => undefined,
    onPresence: () => () => undefined,
  } as unknown as SharedInformer;
}

/** A lane whose one worker is busy with the first key until `release`. */
async function busyLane(maxDepth: number): Promise<{ lane: Lane; passes: string[]; release: () => void }> {
  const passes: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const reconcile = async (key: string): Promise<Outcome> => {
    passes.push(key);
    await held;
    return { type: 'done', wrote: false };
  };
  const lane = new Lane(crd(maxDepth), {
    crs: informer(['default/a', 'default/b', 'default/c']),
    reconciler: { reconcile },
    health: new CrdHealth(5, systemClock),
    metrics: new KordinatorMetrics(new Registry()),
    logger: silentLogger,
  });
  await lane.start(new AbortController().signal);
  await Promise.resolve();
  return { lane, passes, release };
}

describe('a lane with a bound on its queue', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('takes every change, however many wait', async () => {
    const { lane, passes, release } = await busyLane(2);
    for (const name of ['d', 'e', 'f', 'g']) lane.enqueue(`default/${name}`);
    release();
    await jest.advanceTimersByTimeAsync(0);
    expect([...new Set(passes)].sort()).toEqual([...'abcdefg'].map((name) => `default/${name}`));
    await lane.stop(0);
  });

  it('leaves periodic looks out while too many wait', async () => {
    const { lane, passes, release } = await busyLane(2);
    await jest.advanceTimersByTimeAsync(RESYNC_MS);
    release();
    await jest.advanceTimersByTimeAsync(0);
    // The key that was being worked on would have run again.
    expect(passes).toEqual(['default/a', 'default/b', 'default/c']);
    await lane.stop(0);
  });

  it('looks again at every resource when there is room', async () => {
    const { lane, passes, release } = await busyLane(2);
    release();
    await jest.advanceTimersByTimeAsync(0);
    passes.length = 0;
    await jest.advanceTimersByTimeAsync(RESYNC_MS);
    expect([...passes].sort()).toEqual(['default/a', 'default/b', 'default/c']);
    await lane.stop(0);
  });
});

// The sandbox by direct call, in this process: writes, watch deliveries, a large list, its memory, its start.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pause } from '../../src/modules/common';
import { type RunningSandbox, startSandbox } from '../../src/modules/sandbox';
import { heapAfterCollection } from './heap';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

export interface SandboxRun {
  /** From the call to the answer of the first list, milliseconds; HTTPS included. */
  readonly startMs: readonly number[];
  readonly createsPerSecond: readonly number[];
  readonly deliveriesPerSecond: readonly number[];
  /** Of 10,000 objects of 4 KB, milliseconds. */
  readonly listMs: readonly number[];
  /** What the heap grew by, over the bytes of the objects as JSON. */
  readonly memoryRatio: readonly number[];
}

const ROUNDS = 3;
const CREATES = 5_000;
const WATCHERS = 10;
const WATCHED = 1_000;
const LARGE = 10_000;
const LARGE_TEXT = 'x'.repeat(180);

export async function measureSandbox(): Promise<SandboxRun> {
  const runs: Record<keyof SandboxRun, number[]> = {
    startMs: [],
    createsPerSecond: [],
    deliveriesPerSecond: [],
    listMs: [],
    memoryRatio: [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const sandbox = await startSandbox({ port: 0, controllers: [] });
    await sandbox.api.list({ resource: CONFIG_MAPS, namespace: 'default' });
    runs.startMs.push(performance.now() - began);
    try {
      // The first thousand warms the code up.
      await create(sandbox, 'kube-node-lease', 1_000);
      runs.createsPerSecond.push(await create(sandbox, 'default', CREATES));
      runs.deliveriesPerSecond.push(await deliver(sandbox));
      const { listMs, ratio } = await fill(sandbox);
      runs.listMs.push(listMs);
      runs.memoryRatio.push(ratio);
    } finally {
      await sandbox.stop();
    }
  }
  return runs;
}

async function create({ api }: RunningSandbox, namespace: string, count: number): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < count; index++) {
    await api.create(CONFIG_MAPS, namespace, { metadata: { name: `c${index}` }, data: { text: 'some words' } });
  }
  return (count / (performance.now() - began)) * 1_000;
}

async function deliver({ api }: RunningSandbox): Promise<number> {
  const abort = new AbortController();
  let heard = 0;
  const query = { resource: CONFIG_MAPS, namespace: 'kube-system' };
  const watchers = Array.from({ length: WATCHERS }, async () => {
    for await (const { type } of api.watch(query, { signal: abort.signal })) if (type === 'ADDED') heard++;
  });
  await pause(20);
  const began = performance.now();
  for (let index = 0; index < WATCHED; index++) {
    await api.create(CONFIG_MAPS, 'kube-system', { metadata: { name: `w${index}` }, data: { text: 'some words' } });
  }
  while (heard < WATCHERS * WATCHED) await nextTurn();
  const seconds = (performance.now() - began) / 1_000;
  abort.abort();
  await Promise.all(watchers);
  return heard / seconds;
}

async function fill({ api }: RunningSandbox): Promise<{ readonly listMs: number; readonly ratio: number }> {
  const before = heapAfterCollection();
  let bytes = 0;
  for (let index = 0; index < LARGE; index++) {
    const data: Record<string, string> = {};
    for (let key = 0; key < 20; key++) data[`key-${key}`] = `${index} ${key} ${LARGE_TEXT}`;
    const made = await api.create(CONFIG_MAPS, 'kube-public', { metadata: { name: `l${index}` }, data });
    bytes += Buffer.byteLength(JSON.stringify(made));
  }
  const after = heapAfterCollection();
  const began = performance.now();
  const { items } = await api.list({ resource: CONFIG_MAPS, namespace: 'kube-public' });
  const listMs = performance.now() - began;
  if (items.length !== LARGE) throw new Error(`the list has ${items.length} items`);
  return { listMs, ratio: (after - before) / bytes };
}

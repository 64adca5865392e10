import { type ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { ManualClock, systemRandom } from '../../common';
import { type ResourceDefinition, ResourceRegistry } from '../registry';
import { ObjectStore } from '../storage';
import { WatchSession, wholeForm } from '../watch';
import { pumpWatch } from './watch-pump';

const definition: ResourceDefinition = {
  id: 'example.org/things',
  group: 'example.org',
  kind: 'Thing',
  listKind: 'ThingList',
  plural: 'things',
  singular: 'thing',
  shortNames: [],
  categories: [],
  namespaced: false,
  versions: [{ name: 'v1', schema: {}, hasStatus: false }],
  storageVersion: 'v1',
  verbs: ['watch'],
  isCustom: true,
  strategy: {},
};
const HISTORY = 50;

/** A client: takes what it is given, or nothing at all. */
class Client extends Writable {
  bytes = 0;
  constructor(private readonly reads: boolean) {
    super({ highWaterMark: 1_000 });
  }
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes += chunk.length;
    if (this.reads) done();
  }
}

it('a client that does not read is cut off, nothing is kept for it, and others hear everything', async () => {
  const store = new ObjectStore({ historySize: HISTORY });
  const core = { store, registry: new ResourceRegistry(), clock: new ManualClock(), random: systemRandom };
  const target = { definition, version: definition.versions[0]!, namespace: '' };
  const follow = (client: Client): { readonly watch: WatchSession; readonly pumped: Promise<void> } => {
    const watch = new WatchSession(core, target, { resourceVersion: '100' });
    const answer = {
      code: 200,
      contentType: 'application/json',
      watch,
      form: wholeForm(target),
      stopTimers: () => undefined,
    } as const;
    return { watch, pumped: pumpWatch(answer, client as unknown as ServerResponse) };
  };
  const [slow, quick] = [new Client(false), new Client(true)];
  const [cut, kept] = [follow(slow), follow(quick)];
  const text = 'x'.repeat(1_000);
  for (let count = 0; count < 4 * HISTORY; count++) {
    store.put(definition.id, { namespace: '', name: 'a' }, (resourceVersion) => ({
      apiVersion: 'example.org/v1',
      kind: 'Thing',
      metadata: { name: 'a', resourceVersion },
      text,
    }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await cut.pumped;
  expect(slow.destroyed).toBe(true);
  expect(slow.bytes + slow.writableLength).toBeLessThan(HISTORY * 1_200);
  expect(kept.watch.isEnded).toBe(false);
  expect(quick.bytes).toBeGreaterThan(4 * HISTORY * 1_000);
  kept.watch.close();
  await kept.pumped;
  expect(quick.writableEnded).toBe(true);
});

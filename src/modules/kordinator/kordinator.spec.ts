import { FINALIZER, LABEL } from '../common';
import { type KubeObject } from '../kube';
import { eventually, katalogOf, KordinatorHarness, website, WEBSITE } from './testing/kordinator-harness';
import { refusal, type ScriptedCluster } from './testing/scripted-cluster';

const INVENTORY = 'ops/orkestra-inventory.websites.demo.example.org';
const made: KordinatorHarness[] = [];

function harness(crds = WEBSITE, cluster?: ScriptedCluster): KordinatorHarness {
  const one = new KordinatorHarness(katalogOf(crds), cluster);
  made.push(one);
  return one;
}

afterEach(async () => {
  for (const { kordinator } of made.splice(0)) await kordinator.stop(0);
});

function inventory(cluster: ScriptedCluster): Record<string, unknown> {
  const data = cluster.find('configmaps', INVENTORY)?.['data'] as Record<string, string> | undefined;
  return JSON.parse(data?.['inventory.json'] ?? '{}') as Record<string, unknown>;
}

const isReady = (cluster: ScriptedCluster, name: string) => (): boolean =>
  JSON.stringify(cluster.find('websites', `default/${name}`)?.['status'] ?? '').includes('ReconcileSucceeded');

describe('the kordinator', () => {
  it('fills caches, writes nothing and is not ready until somebody leads', async () => {
    const { kordinator, cluster, elector } = harness();
    cluster.put('websites', website('a'));
    expect(kordinator.notReady).toBe('starting');
    await kordinator.start();
    expect(kordinator.lane('website')?.crs.store.size).toBe(1);
    expect(cluster.calls.filter((call) => !/^(list|watch)/.test(call))).toEqual([]);
    expect(kordinator.notReady).toBe('starting');
    elector.callbacks?.onNewLeader({ identity: 'other', katalog: 'test', expiresAt: 0 });
    expect(kordinator.notReady).toBeUndefined();
    expect(kordinator.isKonductor).toBe(false);
  });

  it('tells who leads as soon as that is known, and only then', async () => {
    const { kordinator, elector } = harness();
    await kordinator.start();
    let told = false;
    const answer = kordinator.standsBehind(new AbortController().signal).finally(() => (told = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBe(false);
    elector.holder = { identity: 'other', katalog: 'test', expiresAt: 0 };
    elector.callbacks?.onNewLeader(elector.holder);
    expect(await answer).toMatchObject({ identity: 'other' });
    elector.elect();
    expect(await kordinator.standsBehind(new AbortController().signal)).toBeUndefined();
  });

  it('waits no longer for a leader when it is stopped', async () => {
    const { kordinator } = harness();
    await kordinator.start();
    const answer = kordinator.standsBehind(new AbortController().signal);
    await kordinator.stop(0);
    expect(await answer).toBeUndefined();
  });

  it('reconciles every CR of its cache when it leads, and later ones as they come', async () => {
    const one = harness();
    const { cluster, kordinator, events } = one;
    cluster.put('websites', website('a'));
    await one.lead();
    await eventually('a is Ready', isReady(cluster, 'a'));
    cluster.put('websites', website('b'));
    await eventually('b is Ready', isReady(cluster, 'b'));
    expect(kordinator.lane('website')?.health.state).toBe('healthy');
    expect(events[0]).toMatchObject({
      reason: 'KonductorElected',
      message: 'self leads',
      regarding: { kind: 'Lease' },
    });
  });

  it('corrects a child that changed or went, through the owner of the child', async () => {
    const one = harness();
    const { cluster } = one;
    cluster.put('websites', website('a'));
    await one.lead();
    const child = await eventually('the child', () => cluster.find('configmaps', 'default/a-content'));
    cluster.put('configmaps', { ...child, data: { 'index.html': 'edited' } });
    const data = (): unknown => cluster.find('configmaps', 'default/a-content')?.['data'];
    await eventually('corrected', () => JSON.stringify(data()) === '{"index.html":"hello a"}');
    cluster.remove('configmaps', 'default/a-content');
    await eventually('back', data);
  });

  it('finds the cluster-scoped owner of a child in a namespace', async () => {
    const crds = WEBSITE.replace('      operatorBox:', '      namespaced: false\n      operatorBox:').replace(
      'data:',
      'namespace: web\n              data:',
    );
    const one = harness(crds);
    const { namespace: _none, ...metadata } = website('a').metadata;
    one.cluster.put('websites', { ...website('a'), metadata });
    await one.lead();
    await eventually('the child', () => one.cluster.find('configmaps', 'web/a-content'));
    one.cluster.remove('configmaps', 'web/a-content');
    await eventually('the child is back', () => one.cluster.find('configmaps', 'web/a-content'));
  });

  it('looks again at a CR whose unique value another one takes and gives up, long before the next resync', async () => {
    const unique = '              when: [{ field: spec.host, operator: unique }]\n';
    const one = harness(`${WEBSITE}${unique}`);
    const put = (name: string, host: string, change = {}): void => {
      const cr = website(name, change);
      one.cluster.put('websites', { ...cr, spec: { message: name, host } });
    };
    put('a', 'x');
    await one.lead();
    const child = (name: string) => () => one.cluster.find('configmaps', `default/${name}-content`);
    const isGone = (name: string) => () => child(name)() === undefined;
    await eventually('the child', child('a'));
    put('b', 'x');
    await eventually('the child of a is gone', isGone('a'));
    one.cluster.remove('websites', 'default/b');
    await eventually('the child of a is back', child('a'));
    put('c', 'x');
    await eventually('the child of a is gone again', isGone('a'));
    put('c', 'y');
    await eventually('both have one', () => child('a')() !== undefined && child('c')() !== undefined);
  });

  it('stops its lanes when the lease is lost, reports unready, and works with new queues when it leads again', async () => {
    const one = harness();
    const { cluster, kordinator, elector } = one;
    await one.lead();
    elector.lose();
    expect(kordinator.notReady).toBe('the lease was lost');
    await eventually('the lane stopped', () => kordinator.lane('website')?.workers === 0);
    cluster.put('websites', website('late'));
    elector.elect();
    await eventually('late is Ready', isReady(cluster, 'late'));
    expect(kordinator.notReady).toBeUndefined();
  });

  it('ends with the way out when another Katalog holds the lease', async () => {
    const { kordinator, elector, fatal } = harness();
    await kordinator.start();
    elector.callbacks?.onForeignKatalog({ identity: 'host_1', katalog: 'shop', expiresAt: 0 });
    expect(fatal).toMatchObject([{ code: 'LEASE_OF_OTHER_KATALOG', kind: 'UserError' }]);
    expect(fatal[0]?.message).toMatch(/host_1 for the Katalog "shop".*set ORK_NAMESPACE/);
  });

  it('refuses to start without a right that the Katalog needs, and shows the rule', async () => {
    const { kordinator, cluster } = harness();
    cluster.refused.add('websites');
    await expect(kordinator.start()).rejects.toMatchObject({
      code: 'RIGHTS_MISSING',
      message: expect.stringContaining('websites'),
    });
  });

  it('does not stand for election when it is told to stop during its start', async () => {
    const { kordinator, elector, cluster } = harness();
    const starting = kordinator.start().catch(() => undefined);
    await kordinator.stop(0);
    await starting;
    expect(elector.callbacks).toBeUndefined();
    // The lists of this cluster answer although they were given up.
    await new Promise((resolve) => setImmediate(resolve));
    expect(cluster.openWatches).toBe(0);
  });

  it('leaves no watch open and no timer behind after stop', async () => {
    const one = harness();
    await one.lead();
    expect(one.cluster.openWatches).toBeGreaterThan(0);
    await one.kordinator.stop(0);
    await eventually('no watch is open', () => one.cluster.openWatches === 0);
    expect(one.elector.stopped).toBe(true);
  });
});

describe('a CRD that is not there', () => {
  it('keeps its lane waiting, holds up nobody, and is started by the news of the CRD', async () => {
    const one = harness(
      `${WEBSITE}${WEBSITE.replace('website:', 'shop:').replace('Website', 'Shop').replace('websites', 'shops')}`,
    );
    const { cluster, kordinator } = one;
    cluster.missing.add('shops');
    cluster.put('websites', website('a'));
    await kordinator.start();
    one.elector.elect();
    await eventually('a is Ready', isReady(cluster, 'a'));
    expect(kordinator.lane('shop')?.health).toMatchObject({ state: 'not started', missing: true });
    cluster.missing.delete('shops');
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'shops.demo.example.org' },
    };
    cluster.put('customresourcedefinitions', crd);
    await eventually('the lane works', () => kordinator.lane('shop')?.health.started === true);
    expect(kordinator.lane('shop')?.health).toMatchObject({ state: 'pending', missing: false });
  });

  it('that vanishes makes its lane degraded, not healthy by the passes for what went with it', async () => {
    const one = harness();
    const { cluster, kordinator } = one;
    cluster.put('websites', website('a'));
    await one.lead();
    await eventually('healthy', () => kordinator.lane('website')?.health.state === 'healthy');
    cluster.vanish('websites');
    await eventually('degraded', () => kordinator.lane('website')?.health.state === 'degraded');
    await eventually('the queue is empty', () => kordinator.lane('website')?.depth === 0);
    expect(kordinator.lane('website')?.health).toMatchObject({
      state: 'degraded',
      lastError: 'CRD missing at runtime',
    });
    expect(kordinator.notReady).toBe('degraded: website');
  });
});

describe('dependsOn', () => {
  const TWO = `${WEBSITE}    shop:
      apiTypes: { group: demo.example.org, version: v1, kind: Shop, plural: shops }
      dependsOn: { website: { condition: healthy } }
      operatorBox:
        onReconcile:
          configMaps: [{ name: shop, data: { a: b } }]
`;

  it('healthy waits for the first success of the other CRD', async () => {
    const one = harness(TWO);
    const { cluster, kordinator } = one;
    cluster.put('websites', { ...website('a'), spec: {} });
    cluster.writeErrors.push(...[1, 2, 3, 4].map(() => refusal(500, 'InternalError')));
    await kordinator.start();
    cluster.writeErrors.splice(0);
    one.elector.elect();
    await eventually('shop works', () => kordinator.lane('shop')?.health.started === true);
    expect(kordinator.lane('website')?.healthy.isOpen).toBe(true);
  });

  it('is met by a CRD without any resource: nothing of it can fail', async () => {
    const one = harness(TWO);
    await one.lead();
    expect(one.kordinator.lane('shop')?.health.started).toBe(true);
  });
});

describe('inventories', () => {
  it('name every kind before the first write, with both labels', async () => {
    const one = harness();
    await one.lead();
    expect(inventory(one.cluster)).toMatchObject({
      kinds: [{ plural: 'configmaps' }],
      usesFinalizer: false,
      finalizers: [],
    });
    expect(one.cluster.find('configmaps', INVENTORY)?.metadata.labels).toEqual({
      [LABEL.inventory]: 'true',
      [LABEL.katalog]: 'test',
    });
  });

  it('keep the cache of a kind that left the Katalog open, and forget it when nothing of it is left', async () => {
    const withService = WEBSITE.replace(
      '          configMaps:',
      '          services: [{ name: "{{ .metadata.name }}", port: 80, selector: { a: b } }]\n          configMaps:',
    );
    const first = harness(withService);
    first.cluster.put('websites', website('a'));
    await first.lead();
    await eventually('the service', () => first.cluster.find('services', 'default/a'));
    await first.kordinator.stop(100);
    const second = harness(WEBSITE, first.cluster);
    await second.lead();
    await eventually('the orphan is pruned', () => second.cluster.find('services', 'default/a') === undefined);
    expect(inventory(second.cluster)).toMatchObject({ kinds: [{ plural: 'configmaps' }, { plural: 'services' }] });
    await second.kordinator.stop(100);
    const third = harness(WEBSITE, first.cluster);
    await third.lead();
    expect(inventory(third.cluster)).toMatchObject({ kinds: [{ plural: 'configmaps' }] });
  });

  it('warn, with the rule, when an inventoried kind may not be seen; the start goes on', async () => {
    const withService = WEBSITE.replace(
      '          configMaps:',
      '          services: [{ name: x, port: 80, selector: { a: b } }]\n          configMaps:',
    );
    const first = harness(withService);
    await first.lead();
    await first.kordinator.stop(0);
    first.cluster.refused.add('services');
    const second = harness(WEBSITE, first.cluster);
    await second.lead();
    const told = second.warnings.filter((warning) => warning.startsWith('rights.missing'));
    expect(told).toEqual([expect.stringContaining('services')]);
  });

  it('of a Katalog with another name are joined, not refused', async () => {
    const one = harness();
    await one.lead();
    await one.kordinator.stop(0);
    const stored = one.cluster.find('configmaps', INVENTORY) as KubeObject;
    one.cluster.put('configmaps', {
      ...stored,
      metadata: { ...stored.metadata, labels: { [LABEL.inventory]: 'true', [LABEL.katalog]: 'old' } },
    });
    const second = harness(WEBSITE, one.cluster);
    await second.lead();
    expect(one.cluster.find('configmaps', INVENTORY)?.metadata.labels?.[LABEL.katalog]).toBe('test');
  });

  it('that somebody wrote at the same time are read again and written again', async () => {
    const one = harness();
    one.cluster.writeErrors.push(refusal(409, 'Conflict'));
    await one.lead();
    expect(inventory(one.cluster)).toMatchObject({ kinds: [{ plural: 'configmaps' }] });
  });
});

describe('a CRD that left the Katalog', () => {
  const BEYOND = WEBSITE.replace('data:', 'namespace: web\n              data:').replace(
    '        onReconcile:',
    '        finalizers: [example.org/mine]\n        onReconcile:',
  );
  const OTHER = WEBSITE.replace('website:', 'shop:').replace('Website', 'Shop').replace('websites', 'shops');

  it('keeps a lane that lets its CRs go, with every finalizer of ours, until none carries one', async () => {
    const first = harness(BEYOND);
    const { cluster } = first;
    cluster.put('websites', website('a'));
    await first.lead();
    await eventually('the child', () => cluster.find('configmaps', 'web/a-content'));
    const finalizers = (): readonly string[] | undefined => cluster.find('websites', 'default/a')?.metadata.finalizers;
    expect(finalizers()).toEqual(['example.org/mine', FINALIZER]);
    await first.kordinator.stop(100);

    const second = harness(OTHER, cluster);
    await second.lead();
    expect(second.kordinator.lanes.map(({ crd }) => crd.name)).toEqual(['shop']);
    const living = cluster.find('websites', 'default/a') as KubeObject;
    cluster.put('websites', { ...living, metadata: { ...living.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
    await eventually('released', () => finalizers()?.length === 0);
    expect(cluster.find('configmaps', 'web/a-content')).toBeUndefined();
    await second.kordinator.stop(100);

    const third = harness(OTHER, cluster);
    await third.lead();
    await eventually('nothing is retired any more', () => inventory(cluster)['usesFinalizer'] === false);
    expect(inventory(cluster)).toMatchObject({ finalizers: [] });
  });
});

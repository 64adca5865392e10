// The JSON of docs/guide/http-api.md is a public contract: names of fields are asserted one by one, on the real module.
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { register } from 'prom-client';
import { FINALIZER } from '../../common';
import { Kordinator } from '../kordinator';
import { FakeElector } from '../testing/fake-elector';
import { httpApp } from '../testing/http-app';
import { eventually, katalogOf, website, WEBSITE } from '../testing/kordinator-harness';
import { ScriptedCluster } from '../testing/scripted-cluster';

const CRDS = `${WEBSITE.replace('operatorBox:', 'description: Static sites\n      operatorBox:')}    shop:
      apiTypes: { group: demo.example.org, version: v1, kind: Shop, plural: shops }
      dependsOn: { website: { condition: started } }
      endpoints: { health: false }
      operatorBox:
        onCreate:
          configMaps: [{ name: shop, reconcile: true, namespace: web, data: { a: b } }]
    silent:
      apiTypes: { group: demo.example.org, version: v1, kind: Silent, plural: silents }
      dependsOn: { website: { condition: healthy } }
      endpoints: { info: false }
      operatorBox: {}
`;
const SECONDS = /^\d+(h|m|s)/;

let app: NestFastifyApplication;
let cluster: ScriptedCluster;
let elector: FakeElector;
let kordinator: Kordinator;

async function get(url: string): Promise<{ readonly code: number; readonly body: any }> {
  const answer = await app.inject({ method: 'GET', url });
  return { code: answer.statusCode, body: answer.json() };
}

beforeAll(async () => {
  cluster = new ScriptedCluster();
  elector = new FakeElector();
  cluster.put('websites', website('b'));
  const annotations = { note: 'mine', 'orkestra.orkspace.io/paused': 'false' };
  cluster.put('websites', website('a', { labels: { tier: 'web' }, annotations }));
  app = await httpApp(katalogOf(CRDS), { cluster, elector });
  kordinator = app.get(Kordinator);
});

afterAll(async () => {
  await kordinator.stop(0);
  await app.close();
  register.clear();
});

describe('before anybody leads', () => {
  it('knows no CRD before its start, and says that nothing is started as a standby', async () => {
    expect((await get('/katalog/website')).code).toBe(404);
    await kordinator.start();
    expect((await get('/katalog/website/health')).code).toBe(503);
    expect((await get('/katalog/website/health')).body).toMatchObject({ state: 'not started', isKonductor: false });
  });
});

describe('while it leads', () => {
  beforeAll(async () => {
    elector.elect();
    await eventually('both are reconciled', () => (kordinator.lane('website')?.health.totalReconciles ?? 0) >= 2);
    await eventually('shop works', () => kordinator.lane('shop')?.health.started);
    await eventually('silent works', () => kordinator.lane('silent')?.health.started);
  });

  it('GET /katalog', async () => {
    const { code, body } = await get('/katalog');
    expect(code).toBe(200);
    const { crds, ...rest } = body;
    expect(rest).toEqual({
      total: 3,
      totalEnabled: 3,
      OrkReady: true,
      isKonductor: true,
      deletionProtection: false,
      healthy: true,
      status: 200,
      statusCounts: { healthy: 1, degraded: 0, started: 0, pending: 2 },
      name: 'test',
      version: '1.2.3',
      createdBy: 'operator',
      description: 'Websites',
      runtimeVersion: expect.any(String),
      gatewayEndpoint: 'https://gateway:8443',
      namespaces: {
        default: {
          crds: ['website', 'shop', 'silent'],
          statusCounts: { healthy: 1, degraded: 0, started: 0, pending: 2 },
          healthy: true,
          description: 'Websites',
          version: '1.2.3',
          workers: 8,
          resources: 2,
        },
      },
    });
    expect(crds[0]).toEqual({
      name: 'website',
      description: 'Static sites',
      mode: 'dynamic',
      gvk: 'demo.example.org/v1, Kind=Website',
      gvr: 'demo.example.org/v1, Resource=websites',
      namespace: '',
      state: 'healthy',
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      uptime: expect.any(String),
      namespaced: true,
      crossAccess: true,
      hasUnhealthyDependencies: false,
      healthy: true,
      started: true,
      pending: false,
      deletionProtection: false,
      workers: 2,
      workersActive: 2,
      queueDepth: 0,
      maxDepth: 0,
      resourceCount: 2,
      resync: '1m0s',
      workersSource: 'configured',
      resyncSource: 'configured',
      maxDepthSource: 'default',
      operatorBox: { type: 'generic', hasTemplates: true },
      errorRate: 0,
      endpoints: {
        health: '/katalog/website/health',
        info: '/katalog/website',
        healthEnabled: true,
        infoEnabled: true,
      },
      rbacCount: expect.any(Number),
      katalogNamespace: 'default',
    });
    expect(crds[1]).toMatchObject({ name: 'shop', dependsOn: ['website'], workersSource: 'default' });
    expect(crds[1].endpoints).toMatchObject({ healthEnabled: false, infoEnabled: true });
    expect(crds[2].operatorBox).toEqual({ type: 'generic' });
  });

  it('GET /katalog/<crd>', async () => {
    const { code, body } = await get('/katalog/website');
    expect(code).toBe(200);
    const id = 'demo.example.org/v1-Kind=Website-worker';
    const { rbac, metrics, ...rest } = body;
    expect(rest).toEqual({
      name: 'website',
      description: 'Static sites',
      mode: 'dynamic',
      gvk: 'demo.example.org/v1, Kind=Website',
      gvr: 'demo.example.org/v1, Resource=websites',
      namespace: '',
      namespaced: true,
      healthy: true,
      started: true,
      pending: false,
      workers: 2,
      workersActive: 2,
      queueDepth: 0,
      maxDepth: 0,
      resourceCount: 2,
      resync: '1m0s',
      workersSource: 'configured',
      resyncSource: 'configured',
      maxDepthSource: 'default',
      errorRate: 0,
      isKonductor: true,
      workersIdle: 2,
      workersProcessing: 0,
      workerDetails: { [`${id}-0`]: 'idle', [`${id}-1`]: 'idle' },
      totalReconciles: expect.any(Number),
      operatorBox: {
        type: 'generic',
        finalizers: { source: 'default', values: [] },
        hooks: { configured: false },
        constructor: { configured: false },
        templates: { onReconcile: { configMaps: 1 } },
      },
    });
    expect(metrics).toEqual({
      queueDepth: 0,
      workersBusyPercent: 0,
      workersIdlePercent: 100,
      reconcileDurationP95Ms: expect.any(Number),
      errorRatePercent: 0,
    });
    expect(rbac.total).toBe(rbac.rules.length);
    expect(rbac.rules).toContainEqual({
      apiGroups: ['demo.example.org'],
      resources: ['websites/finalizers'],
      verbs: ['update'],
    });
  });

  it('GET /katalog/<crd> tells entries that reconcile without an onReconcile block', async () => {
    const { body } = await get('/katalog/shop');
    expect(body.dependsOn).toEqual(['website']);
    expect(body.operatorBox.finalizers).toEqual({ source: 'default', values: [FINALIZER] });
    expect(body.operatorBox.templates).toEqual({
      onCreate: { configMaps: 1 },
      onReconcile: { source: 'auto', from: 'onCreate[reconcile:true]' },
    });
  });

  it('GET /katalog/<crd>/health', async () => {
    const { code, body } = await get('/katalog/website/health');
    expect(code).toBe(200);
    expect(body).toEqual({
      name: 'website',
      state: 'healthy',
      startedAt: expect.stringMatching(/Z$/),
      uptime: expect.any(String),
      lastError: '',
      lastReconcile: expect.stringMatching(/Z$/),
      status: 200,
      queueDepth: 0,
      resourceCount: 2,
      consecutiveFails: 0,
      totalReconciles: expect.any(Number),
      isKonductor: true,
      healthy: true,
      started: true,
      pending: false,
      hasUnhealthyDependencies: false,
      errorRate: 0,
    });
  });

  it('GET /katalog/<crd>/cr lists from the cache, sorted', async () => {
    const { code, body } = await get('/katalog/website/cr?field=spec.message');
    expect(code).toBe(200);
    const item = { namespace: 'default', ready: true, readyReason: 'ReconcileSucceeded', generation: 1 };
    expect(body).toEqual({
      crd: 'website',
      gvk: 'demo.example.org/v1, Kind=Website',
      total: 2,
      items: [
        { ...item, name: 'a', value: 'hello a', age: expect.stringMatching(SECONDS) },
        { ...item, name: 'b', value: 'hello b', age: expect.stringMatching(SECONDS) },
      ],
      isKonductor: true,
    });
  });

  it('GET /katalog/<crd>/cr/<ns>/<name> shows one, its children, and no annotation of the system', async () => {
    const { code, body } = await get('/katalog/website/cr/default/a');
    expect(code).toBe(200);
    expect(body).toMatchObject({
      name: 'a',
      namespace: 'default',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { tier: 'web' },
      ready: true,
      readyReason: 'ReconcileSucceeded',
      status: { observedGeneration: 1 },
      children: { ConfigMap: [{ metadata: { name: 'a-content' }, data: { 'index.html': 'hello a' } }] },
      eventsEndpoint: '/katalog/website/cr/default/a/events',
      isKonductor: true,
    });
    expect(body.annotations).toEqual({ note: 'mine' });
  });

  it('GET .../events gives the newest first', async () => {
    const event = (name: string, eventTime: string): void =>
      void cluster.put('events', {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name, namespace: 'default' },
        type: 'Normal',
        reason: name,
        note: 'children are as declared',
        reportingController: 'orkestra.orkspace.io/runtime',
        regarding: { kind: 'Website', name: 'a' },
        eventTime,
      });
    event('First', '2026-01-01T00:00:00.000000Z');
    event('Second', '2026-01-01T00:00:01.000000Z');
    const { code, body } = await get('/katalog/website/cr/default/a/events');
    expect(code).toBe(200);
    expect(body).toMatchObject({ name: 'a', namespace: 'default', total: 2 });
    expect(body.events.map(({ reason }: { reason: string }) => reason)).toEqual(['Second', 'First']);
    expect(body.events[1]).toEqual({
      type: 'Normal',
      reason: 'First',
      message: 'children are as declared',
      source: 'orkestra.orkspace.io/runtime',
      object: 'Website/a',
      count: 1,
      firstSeen: '2026-01-01T00:00:00.000000Z',
      lastSeen: '2026-01-01T00:00:00.000000Z',
      age: expect.stringMatching(SECONDS),
    });
  });

  it('answers 500 with the reason when Events cannot be read', async () => {
    cluster.refused.add('events');
    const { code, body } = await get('/katalog/website/cr/default/a/events');
    cluster.refused.delete('events');
    expect({ code, body }).toEqual({ code: 500, body: { error: 'list events: scripted Forbidden' } });
  });

  it.each([
    ['/katalog/none', 'CRD "none" not found'],
    ['/katalog/silent', 'CRD "silent" not found'],
    ['/katalog/shop/health', 'CRD "shop" not found'],
    ['/katalog/website/cr/default/none', 'CR "default/none" not found'],
    ['/katalog/website/cr/default/none/events', 'CR "default/none" not found'],
  ])('GET %s is 404 with an error', async (url, error) => {
    expect(await get(url)).toEqual({ code: 404, body: { error } });
  });

  it('shows the state of what a CRD depends on', async () => {
    const { body } = await get('/katalog/silent/health');
    expect(body.hasUnhealthyDependencies).toBe(false);
    expect(body.dependencies).toEqual({
      website: {
        name: 'website',
        state: 'healthy',
        condition: 'healthy',
        acceptableCondition: 'healthy',
        satisfied: true,
        lastCheck: expect.stringMatching(/Z$/),
      },
    });
  });

  it('answers 503 with the reason when a CRD is degraded', async () => {
    cluster.vanish('websites');
    await eventually('degraded', () => kordinator.lane('website')?.health.state === 'degraded');
    const { code, body } = await get('/katalog');
    expect(code).toBe(503);
    expect(body).toMatchObject({ status: 503, healthy: false, degradedReason: '1 degraded, 2 pending' });
    expect((await get('/katalog/website/health')).body).toMatchObject({
      status: 503,
      state: 'degraded',
      missing: true,
    });
    expect(body.crds[1].hasUnhealthyDependencies).toBe(true);
  });
});

// The Katalog itself over HTTP, as written and with its defaults (spec: runtime §18.1).
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { register } from 'prom-client';
import { Kordinator } from '../kordinator';
import { FakeElector } from '../testing/fake-elector';
import { httpApp } from '../testing/http-app';
import { katalogOf } from '../testing/kordinator-harness';
import { ScriptedCluster } from '../testing/scripted-cluster';

const CRDS = `    website:
      apiTypes: { group: demo.example.org, version: v1, kind: Website, plural: websites }
      endpoints: { info: false }
      operatorBox: { reconciler: { workers: 2 } }
    shop:
      apiTypes: { group: demo.example.org, version: v1, kind: Shop, plural: shops }
      endpoints: { health: false }
      operatorBox:
        onCreate:
          configMaps: [{ name: shop, reconcile: true, namespace: web, data: { a: b } }]
    closed:
      description: password=the-secret
      apiTypes: { group: demo.example.org, version: v1, kind: Closed, plural: closeds }
      endpoints: { enabled: false }
      operatorBox: {}
`;

let app: NestFastifyApplication;

async function get(url: string): Promise<{ readonly code: number; readonly body: any }> {
  const answer = await app.inject({ method: 'GET', url });
  return { code: answer.statusCode, body: answer.json() };
}

beforeAll(async () => {
  app = await httpApp(katalogOf(CRDS), { cluster: new ScriptedCluster(), elector: new FakeElector() });
  await app.get(Kordinator).start();
});

afterAll(async () => {
  await app.get(Kordinator).stop(0);
  await app.close();
  register.clear();
});

it('GET /katalog/raw is the Katalog as it was written', async () => {
  const { code, body } = await get('/katalog/raw');
  expect(code).toBe(200);
  expect(body).toMatchObject({
    kind: 'Katalog',
    metadata: { name: 'test', description: 'Websites', version: '1.2.3' },
  });
  expect(Object.keys(body.spec.crds)).toEqual(['website', 'shop', 'closed']);
  expect(body.spec.crds.website).toEqual({
    apiTypes: { group: 'demo.example.org', version: 'v1', kind: 'Website', plural: 'websites' },
    endpoints: { info: false },
    operatorBox: { reconciler: { workers: 2 } },
  });
});

it('GET /katalog/enriched has the defaults, too', async () => {
  const { code, body } = await get('/katalog/enriched');
  expect(code).toBe(200);
  expect(body.metadata).toMatchObject({ name: 'test', namespace: 'default', createdBy: 'operator' });
  expect(body.spec.crds.shop).toMatchObject({
    enabled: true,
    mode: 'dynamic',
    namespaced: true,
    endpoints: { enabled: true, health: false, info: true },
    forceConflict: true,
    operatorBox: {
      finalizers: [],
      reconciler: { workers: 3, resync: '30s', queue: { maxDepth: 0, failureThreshold: 5 } },
      status: { conditions: 'kstatus' },
      onCreate: { configMaps: [{ name: 'shop', reconcile: true, namespace: 'web', data: { a: 'b' } }] },
    },
  });
});

it('GET /katalog/<crd>/raw and /enriched are its entry, also where the information is switched off', async () => {
  const { body } = await get('/katalog/raw');
  expect(await get('/katalog/website/raw')).toEqual({ code: 200, body: body.spec.crds.website });
  expect((await get('/katalog/website/enriched')).body.operatorBox.reconciler.workers).toBe(2);
  for (const page of ['raw', 'enriched']) {
    expect((await get(`/katalog/closed/${page}`)).code).toBe(404);
    expect((await get(`/katalog/nobody/${page}`)).code).toBe(404);
  }
});

it('shows no credentials that the Katalog holds', async () => {
  for (const page of ['raw', 'enriched', 'closed/raw', 'website/raw', 'website/enriched']) {
    expect(JSON.stringify((await get(`/katalog/${page}`)).body)).not.toContain('the-secret');
  }
  expect((await get('/katalog/raw')).body.spec.crds.closed.description).toBe('password=<hidden>');
});

import { type ObjectKey } from '../common';
import { KubeApiError, type KubeObject, type ResourceType } from '../kube';
import { readChildAgain, readCrAgain } from './read-again';
import { BOX, compileBox, EngineHarness, fails, mergePatch, refusal as refused } from './testing';

const RESOURCE: ResourceType = { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true };
const SIGNAL = new AbortController().signal;
const MANAGED = { 'orkestra.orkspace.io/managed': 'true', 'orkestra.orkspace.io/owner-uid': 'u' };

function object(uid: string, labels: Readonly<Record<string, string>> = MANAGED): KubeObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', uid, labels } };
}

function refusal(code: number): KubeApiError {
  return new KubeApiError({ code, reason: '', message: 'no', causes: [] }, { verb: 'get', what: 'get it' });
}

/** Ports that answer a GET with this, and write down what the caches are told. */
function ports(found: KubeObject | KubeApiError) {
  const told: string[] = [];
  const asked: string[] = [];
  const api = {
    get: ({ namespace, name }: { namespace?: string; name: string }) => {
      asked.push(`${namespace}/${name}`);
      return found instanceof KubeApiError ? Promise.reject(found) : Promise.resolve(found);
    },
  };
  const crs = { observeWrite: ({ metadata }: KubeObject) => told.push(`cr ${metadata.uid} written`) };
  const children = {
    observeWrite: (_: ResourceType, { metadata }: KubeObject) => told.push(`child ${metadata.uid} written`),
    observeDelete: (_: ResourceType, key: ObjectKey, uid: string) => told.push(`child ${key} ${uid} gone`),
  };
  return { told, asked, ports: { api, crs, children } as unknown as Parameters<typeof readChildAgain>[0] };
}

it('a CR that changed unseen is put into its cache', async () => {
  const { told, asked, ports: all } = ports(object('new'));
  await readCrAgain(all, RESOURCE, object('new'), SIGNAL);
  expect(asked).toEqual(['shop/web']);
  expect(told).toEqual(['cr new written']);
});

it('a CR that is gone waits for its own event', async () => {
  const { told, ports: all } = ports(refusal(404));
  await readCrAgain(all, RESOURCE, object('old'), SIGNAL);
  expect(told).toEqual([]);
});

it.each([
  ['is gone', refusal(404), ['child shop/web old gone']],
  ['was changed', object('old'), ['child old written']],
  ['was replaced by another one of ours', object('new'), ['child shop/web old gone', 'child new written']],
  ['was replaced by a foreign one', object('new', {}), ['child shop/web old gone']],
])('a child that %s unseen is so in the cache afterwards', async (_what, found, expected) => {
  const { told, ports: all } = ports(found);
  await readChildAgain(all, RESOURCE, object('old'), SIGNAL);
  expect(told).toEqual(expected);
});

it('a server that can not be asked leaves the caches as they are', async () => {
  const { told, ports: all } = ports(refusal(500));
  await expect(readChildAgain(all, RESOURCE, object('old'), SIGNAL)).rejects.toThrow('no');
  expect(told).toEqual([]);
});

describe('a pass whose guard is refused, with a watch that says nothing', () => {
  const CONTENT = 'configmaps default/a-content';
  let engine: EngineHarness;

  beforeEach(async () => {
    engine = new EngineHarness(compileBox(BOX.configMap));
    engine.cr();
    await engine.settle();
  });

  it('makes a child again that is gone', async () => {
    engine.edit({ spec: { message: 'new' } });
    engine.api.once('apply', 'configmaps', fails(refused(409, 'Conflict')));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    expect(engine.api.take()).toEqual([`apply ${CONTENT}`, `get ${CONTENT}`]);
    await engine.pass();
    expect(engine.api.calls[0]?.body).toMatchObject({ metadata: { resourceVersion: '1' } });
  });

  it('refuses a foreign object that took the place of the child', async () => {
    engine.edit({ spec: { message: 'new' } });
    const metadata = { name: 'a-content', namespace: 'default', uid: 'foreign' };
    const foreign = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    engine.api.once('apply', 'configmaps', fails(refused(422, 'Invalid', [{ field: 'metadata.uid' }])));
    engine.api.once('get', 'configmaps', () => foreign);
    await engine.pass();
    engine.api.once('apply', 'configmaps', fails(refused(409, 'Conflict')));
    engine.api.once('get', 'configmaps', () => foreign);
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { code: 'NAME_COLLISION' } });
  });

  it('follows a CR that is newer than the cache', async () => {
    const newer = mergePatch(engine.currentCr, {
      metadata: { resourceVersion: '999', generation: 2 },
      spec: { message: 'newer' },
    });
    engine.edit({ spec: { message: 'new' } });
    engine.edit({ status: { observedGeneration: 0 } });
    engine.api.once('patch', 'websites', fails(refused(409, 'Conflict')));
    engine.api.once('get', 'websites', () => newer as unknown as KubeObject);
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    await engine.pass();
    expect(engine.child('configmaps', 'default/a-content')['data']).toMatchObject({ 'index.html': 'newer' });
  });
});

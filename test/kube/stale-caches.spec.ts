// Caches that are behind the cluster: half-open watches and late lists. Guards keep every write right, nothing is
// repeated in a tight loop, and nothing is concluded from what has not been read.
import { setTimeout as pause } from 'node:timers/promises';
import { isNotFound, type KubeObject } from '../../src/modules/kube';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { FaultProxy, isWrite, of, type SeenRequest } from './support/fault-proxy';
import { PAGES, pagesInstead, sharedConfigMap } from './support/katalog-changes';
import { Operator } from './support/operator';
import { CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, Websites } from './support/websites';

const SAMPLE = katalog();
const SHARED = katalog(sharedConfigMap());
/** Of the same name, without Websites and without ConfigMaps. */
const WITHOUT = pagesInstead(SAMPLE, 'deployments:', '  - { name: "{{ .metadata.name }}-page", image: nginx }');

let plane: ControlPlane;
let proxy: FaultProxy;
let websites: Websites;
let operator: Operator;

beforeAll(async () => {
  plane = await ControlPlane.start({ runsWorkloads: true, manifests: [CRD_MANIFEST, PAGES] });
  await plane.kubectl('create', 'namespace', 'shared');
  websites = new Websites(plane);
  await websites.install();
  proxy = await FaultProxy.start(plane);
});

afterEach(async () => {
  await operator?.stop();
  proxy.reset();
});

afterAll(async () => {
  await operator?.stop();
  await proxy?.stop();
  await plane?.stop();
});

async function start(text: string): Promise<void> {
  operator = await Operator.start(plane, { katalog: text, kubeconfig: proxy.kubeconfig() });
}

async function ready(name: string): Promise<KubeObject> {
  const cr = await websites.create(name);
  await websites.condition(name, 'True');
  return cr;
}

const isWatchOf =
  (plural: string) =>
  (request: SeenRequest): boolean =>
    of(plural)(request) && request.isWatch;

function writesTo(path: string): number {
  return proxy.seen.filter((request) => isWrite(request) && request.path.endsWith(`/${path}`)).length;
}

function silence(plural: string): void {
  expect(proxy.silenceWatches(isWatchOf(plural))).toBeGreaterThanOrEqual(1);
}

async function inShared(name: string): Promise<KubeObject | undefined> {
  try {
    return await plane.api.get({ resource: CONFIG_MAPS, namespace: 'shared', name: `${name}-shared` });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

it('never writes over an object that took the place of a child unseen, and tells the collision', async () => {
  await start(SAMPLE);
  await ready('replaced');
  silence('deployments');
  await plane.kubectl('delete', 'deployment', 'replaced', '--cascade=orphan');
  await plane.kubectl('create', 'deployment', 'replaced', '--image=foreign:1');
  const before = await websites.find(DEPLOYMENTS, 'replaced');
  proxy.seen.length = 0;
  await websites.patch('replaced', { spec: { image: 'nginx:1.28' } });
  const condition = await websites.condition('replaced', 'False', 'ReconcileError');
  expect(condition['message']).toContain('deployments default/replaced exists already');
  await pause(2_000);
  const after = await websites.find(DEPLOYMENTS, 'replaced');
  expect(after?.metadata.uid).toBe(before?.metadata.uid);
  expect(after?.['spec']).toEqual(before?.['spec']);
  expect(writesTo('deployments/replaced')).toBeLessThanOrEqual(15);
});

it('makes a child again that went unseen', async () => {
  await start(SAMPLE);
  await ready('vanished');
  silence('deployments');
  await plane.kubectl('delete', 'deployment', 'vanished');
  proxy.seen.length = 0;
  await websites.patch('vanished', { spec: { image: 'nginx:1.28' } });
  await eventually('the Deployment is back', () => websites.find(DEPLOYMENTS, 'vanished'));
  await pause(1_000);
  expect(writesTo('deployments/vanished')).toBe(2);
});

it('does not repeat in a tight loop what a newer CR refuses, and follows the newer CR', async () => {
  await start(SAMPLE);
  await ready('edited');
  silence('websites');
  await websites.patch('edited', { spec: { message: 'unseen' } });
  await pause(300);
  proxy.seen.length = 0;
  await plane.kubectl('delete', 'deployment', 'edited');
  await eventually('the Deployment is back', () => websites.find(DEPLOYMENTS, 'edited'));
  await eventually('the newer CR is followed', async () => {
    const content = await websites.find(CONFIG_MAPS, 'edited-content');
    return JSON.stringify(content?.['data']).includes('unseen');
  });
  await pause(2_000);
  expect(writesTo('websites/edited/status')).toBeLessThanOrEqual(10);
});

it('lets no CR go before it has read what the CR left in other namespaces', async () => {
  await start(SHARED);
  await ready('hurried');
  expect(await inShared('hurried')).toBeDefined();
  await operator.stop();
  await websites.delete('hurried');
  const isChildList = ({ query, isWatch, path }: SeenRequest): boolean =>
    !isWatch && path.endsWith('/configmaps') && (query.get('labelSelector') ?? '').includes('managed');
  const late = proxy.inject(isChildList, { type: 'delay', ms: 3_000 });
  await start(WITHOUT);
  await eventually('the Website is gone', async () => (await websites.get('hurried')) === undefined);
  expect(late.hits).toBe(1);
  expect(await inShared('hurried')).toBeUndefined();
});

it('waits for a namespace that does not exist yet, and says so', async () => {
  await start(SHARED.replace('namespace: shared', 'namespace: tomorrow'));
  await websites.create('early');
  const condition = await websites.condition('early', 'False', 'ReconcileError');
  expect(condition['message']).toMatch(/configMaps\[1\]: .*namespaces "tomorrow" not found/);
  await plane.kubectl('create', 'namespace', 'tomorrow');
  await websites.condition('early', 'True', undefined, 40_000);
  await plane.kubectl('delete', 'namespace', 'tomorrow');
  await websites.delete('early');
  await eventually('the Website is gone', async () => (await websites.get('early')) === undefined);
});

// Caches that are behind the cluster: half-open watches and late lists. Guards keep every write right, nothing is
// repeated in a tight loop, and nothing is concluded from what has not been read.
import { setTimeout as pause } from 'node:timers/promises';
import { type KubeObject } from '../../../src/modules/kube';
import { type BackoffSchedule, mostTries } from '../support/backoff-schedule';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { find } from '../support/find';
import { FaultProxy, isWrite, of, type SeenRequest } from '../support/fault-proxy';
import { PAGES, pagesInstead, sharedConfigMap } from '../support/katalog-changes';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, Websites } from '../support/websites';

const SAMPLE = katalog();
const SHARED = katalog(sharedConfigMap());
/** Of the same name, without Websites and without ConfigMaps. */
const WITHOUT = pagesInstead(SAMPLE, 'deployments:', '  - { name: "{{ .metadata.name }}-page", image: nginx }');

/** The queue of a CRD: 5 ms, doubled with each failure in a row (RateLimitedWorkQueue). */
const OF_QUEUES: BackoffSchedule = { firstMs: 5 };

let plane: Plane;
let proxy: FaultProxy;
let websites: Websites;
let people: People;
let operator: Operator;

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

function inShared(name: string): Promise<KubeObject | undefined> {
  return find(plane, { resource: CONFIG_MAPS, namespace: 'shared', name: `${name}-shared` });
}

export function staleCacheCases(begin: StartPlane): void {
  beforeAll(async () => {
    plane = await begin({ runsWorkloads: true, manifests: [CRD_MANIFEST, PAGES] });
    people = new People(plane);
    await people.createNamespace('shared');
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

  it('never writes over an object that took the place of a child unseen, and tells the collision', async () => {
    await start(SAMPLE);
    await ready('replaced');
    silence('deployments');
    await people.remove(DEPLOYMENTS, 'replaced', { propagation: 'Orphan' });
    await people.createDeployment('replaced', 'foreign:1');
    const before = await websites.find(DEPLOYMENTS, 'replaced');
    proxy.seen.length = 0;
    const began = performance.now();
    await websites.patch('replaced', { spec: { image: 'nginx:1.28' } });
    const condition = await websites.condition('replaced', 'False', 'ReconcileError');
    expect(condition['message']).toContain('deployments default/replaced exists already');
    await pause(2_000);
    const after = await websites.find(DEPLOYMENTS, 'replaced');
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.['spec']).toEqual(before?.['spec']);
    // The first pass writes twice: as to the object that it knows, then as to none.
    expect(writesTo('deployments/replaced')).toBeLessThanOrEqual(1 + mostTries(performance.now() - began, OF_QUEUES));
  });

  it('makes a child again that went unseen', async () => {
    await start(SAMPLE);
    await ready('vanished');
    silence('deployments');
    await people.remove(DEPLOYMENTS, 'vanished');
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
    const began = performance.now();
    await people.remove(DEPLOYMENTS, 'edited');
    await eventually('the Deployment is back', () => websites.find(DEPLOYMENTS, 'edited'));
    await eventually('the newer CR is followed', async () => {
      const content = await websites.find(CONFIG_MAPS, 'edited-content');
      return JSON.stringify(content?.['data']).includes('unseen');
    });
    await pause(2_000);
    // What is refused comes back later and later; beside it the Deployment is told as not ready, then as ready.
    expect(writesTo('websites/edited/status')).toBeLessThanOrEqual(2 + mostTries(performance.now() - began, OF_QUEUES));
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
    await people.createNamespace('tomorrow');
    await websites.condition('early', 'True', undefined, 40_000);
    await people.removeNamespace('tomorrow');
    await websites.delete('early');
    await eventually('the Website is gone', async () => (await websites.get('early')) === undefined);
  });
}

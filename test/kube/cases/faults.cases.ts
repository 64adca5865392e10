// What happens between the runtime and the API server on a bad day: the runtime goes on, comes to the right end, does
// nothing twice and does not flood the server.
import { setTimeout as pause } from 'node:timers/promises';
import { systemRandom } from '../../../src/modules/common';
import { InformerFactory } from '../../../src/modules/kube';
import { REFLECTOR_TIMES } from '../../../src/modules/kube/informer/reflector';
import { type BackoffSchedule, mostTries } from '../support/backoff-schedule';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { FaultProxy, isWrite, of, type SeenRequest } from '../support/fault-proxy';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, WEBSITES, Websites } from '../support/websites';

const KATALOG = katalog();
const CRD_NAME = 'websites.demo.orkestra.io';
const GONE = { type: 'answer', code: 410, reason: 'Expired', message: 'too old resource version' } as const;
const TOO_MANY = { type: 'answer', code: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 } as const;
const UNAVAILABLE = { type: 'answer', code: 503, reason: 'ServiceUnavailable' } as const;
const INITIALIZING = { ...TOO_MANY, message: 'storage is (re)initializing' } as const;

/** The queue of a CRD: 5 ms, doubled with each failure in a row (RateLimitedWorkQueue). */
const OF_QUEUES: BackoffSchedule = { firstMs: 5 };
/** Lists, watches and looks for a CRD: each pause is a quarter shorter or longer by chance (JitteredBackoff). */
const OF_REFLECTORS: BackoffSchedule = {
  firstMs: REFLECTOR_TIMES.firstBackoffMs,
  longestMs: REFLECTOR_TIMES.maxBackoffMs,
  shortest: 0.75,
};
/** A busy machine must not cost the lead: lanes that start anew tell other things than those that go on. */
const PATIENT = { LEASE_DURATION: '15', RENEW_DEADLINE: '10' };
/** Of the sample Katalog. */
const WORKERS = 8;
/** A timer of Node may fire a little early. */
const TIMER_MS = 5;

let plane: Plane;
let proxy: FaultProxy;
let websites: Websites;
let people: People;
let operator: Operator;

function start(options: { waitsForReady?: boolean } = {}): Promise<Operator> {
  return Operator.start(plane, { katalog: KATALOG, kubeconfig: proxy.kubeconfig(), env: PATIENT, ...options });
}

const isLease = of('leases');
const isWork = (request: SeenRequest): boolean => !isLease(request);
const isWebsiteList = ({ method, path, isWatch }: SeenRequest): boolean =>
  method === 'GET' && path.endsWith('/websites') && !isWatch;
const isWebsiteWatch = (request: SeenRequest): boolean => of('websites')(request) && request.isWatch;

/**
 * A watch that is just being opened can't be cut: without waiting for it the test would prove nothing. And one that told
 * something begins with a short pause when it is cut, whatever went wrong before.
 */
async function websiteWatchWorks(witness: string): Promise<void> {
  await eventually('the watch of Websites runs', () => proxy.openWatches(isWebsiteWatch) === 1, 40_000);
  await websites.create(witness);
  await websites.condition(witness, 'True');
}

/** When each request alike was refused by the proxy: of the same method and path, the same Event. */
function refusals(): readonly (readonly number[])[] {
  const times = new Map<string, number[]>();
  for (const { method, path, isWatch, body, at } of proxy.seen.filter(({ fault }) => fault === 'answer')) {
    const [, event = ''] = /"metadata":\{[^}]*"name":"([^"]*)"/.exec(method === 'POST' ? body : '') ?? [];
    const alike = [method, path, isWatch, event].join(' ');
    times.set(alike, [...(times.get(alike) ?? []), at]);
  }
  return [...times.values()];
}

/** Between a refusal and the next one of the same request. */
function shortestPauseMs(): number {
  return Math.min(...refusals().flatMap((times) => times.slice(1).map((at, index) => at - (times[index] ?? 0))));
}

/** Objects of the default namespace that the server created for this Website. */
function creations(name: string): readonly string[] {
  return proxy.seen
    .filter(({ code, path, body }) => code === 201 && (path.includes(`/${name}`) || body.includes(`"${name}"`)))
    .map(({ path }) => path.replace(/^.*\/default\//, ''))
    .filter((path) => !path.startsWith('events'))
    .sort();
}

/** Somebody changes a Deployment: one field that the Katalog names, one that it does not. */
export async function drift(plane: Plane, name: string): Promise<void> {
  const ref = { resource: DEPLOYMENTS, namespace: 'default', name };
  await plane.api.patch(ref, { type: 'merge', body: { spec: { minReadySeconds: 1, replicas: 4 } } });
}

/** Waits until the change of `drift` is undone. */
export async function corrected(websites: Websites, name: string): Promise<void> {
  await eventually('the drift is corrected', async () => {
    const found = (await websites.find(DEPLOYMENTS, name)) as { spec: { replicas: number } } | undefined;
    return found?.spec.replicas === 2;
  });
}

/** Valid while a test runs. */
export interface FaultScene {
  readonly websites: Websites;
  readonly proxy: FaultProxy;
  readonly operator: Operator;
}

/** `more` adds what only one of the servers can do. */
export function faultCases(begin: StartPlane, more: (scene: () => FaultScene) => void = () => undefined): void {
  beforeAll(async () => {
    plane = await begin({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    websites = new Websites(plane);
    people = new People(plane);
    await websites.install();
    proxy = await FaultProxy.start(plane);
    operator = await start();
  });

  beforeEach(() => proxy.reset());

  afterEach(() => {
    proxy.reset();
    expect(operator.process.hasEnded).toBe(false);
    expect(operator.output).not.toMatch(/unhandled|TypeError|"kind":"Bug"/i);
  });

  afterAll(async () => {
    await operator?.stop();
    await proxy?.stop();
    await plane?.stop();
  });

  describe('a connection that is cut', () => {
    const writes: readonly (readonly [string, (name: string) => string])[] = [
      ['the ConfigMap', (name) => `/configmaps/${name}-content`],
      ['the Deployment', (name) => `/deployments/${name}`],
      ['the Service', (name) => `/services/${name}`],
      ['the status', (name) => `/websites/${name}/status`],
    ];
    const cases = writes.flatMap(([what, path]) =>
      (['cut-before', 'cut-after'] as const).map((type) => ({ what, path, type })),
    );

    it.each(cases)('at the write of $what ($type) costs a repetition, nothing else', async ({ what, path, type }) => {
      const name = `${type}-${what.split(' ')[1]?.toLowerCase()}`;
      const end = path(name);
      const injection = proxy.inject((request) => isWrite(request) && request.path.endsWith(end), { type });
      await websites.create(name);
      await websites.condition(name, 'True');
      expect(injection.hits).toBe(1);
      expect(creations(name)).toEqual([`configmaps/${name}-content`, `deployments/${name}`, `services/${name}`]);
      const applies = proxy.seen.filter((seen) => seen.wasForwarded && seen.method === 'PATCH' && of('services')(seen));
      expect(applies.filter(({ code }) => code === 200)).toEqual([]);
    });

    it('again and again, at random, still ends in the right state', async () => {
      const names = ['cut-a', 'cut-b', 'cut-c', 'cut-d'];
      let count = 0;
      const injections = (['cut-before', 'cut-after'] as const).map((type, index) =>
        proxy.inject((request) => isWrite(request) && isWork(request) && ++count % 5 === index, { type }, { times: 6 }),
      );
      await Promise.all(names.map((name) => websites.create(name)));
      for (const name of names) await websites.condition(name, 'True', undefined, 40_000);
      expect(injections.every(({ hits }) => hits > 0)).toBe(true);
    });
  });

  describe('watches', () => {
    it('that are cut are opened again, and what happened meanwhile is seen', async () => {
      await websites.create('dropped');
      await websites.condition('dropped', 'True');
      expect(proxy.dropWatches()).toBeGreaterThanOrEqual(4);
      await drift(plane, 'dropped');
      await websites.patch('dropped', { spec: { message: 'after the cut' } });
      await corrected(websites, 'dropped');
      await eventually('the edit arrives', async () => {
        const content = await websites.find(CONFIG_MAPS, 'dropped-content');
        return JSON.stringify(content?.['data']).includes('after the cut');
      });
      await websiteWatchWorks('seen');
      // The list is still good: only the watch had to begin again.
      expect(proxy.seen.filter(isWebsiteList)).toEqual([]);
    });

    it.each([false, true])('that are refused with 410 (as an event: %s) lead to a new list', async (asWatchEvent) => {
      const name = `expired-${asWatchEvent}`;
      await websiteWatchWorks(`before-${name}`);
      proxy.reset();
      const injection = proxy.inject(isWebsiteWatch, { ...GONE, asWatchEvent }, { times: 2 });
      expect(proxy.dropWatches(isWebsiteWatch)).toBe(1);
      await websites.create(name);
      await websites.condition(name, 'True');
      await eventually('each refusal led to a list', () => proxy.seen.filter(isWebsiteList).length >= 2);
      expect(injection.hits).toBe(2);
    });

    it('that are refused with 410 for ever do not make the runtime flood the server', async () => {
      await websiteWatchWorks('before-ever');
      const injection = proxy.inject(isWebsiteWatch, GONE, { times: Number.MAX_SAFE_INTEGER });
      const began = performance.now();
      expect(proxy.dropWatches(isWebsiteWatch)).toBe(1);
      await eventually('the first refusal', () => injection.hits > 0);
      await pause(3_000);
      // The first refusal leads to a list and another watch at once; from then on each of them waits.
      expect(injection.hits).toBeLessThanOrEqual(1 + mostTries(performance.now() - began, OF_REFLECTORS));
      // Lists still bring news.
      await websites.create('by-list');
      await websites.condition('by-list', 'True', undefined, 40_000);
      // After so many refusals the next try is up to 30 s away, give or take a quarter.
      injection.end();
      await eventually('a watch works again', () => proxy.openWatches(isWebsiteWatch) > 0, 50_000);
    });

    it('that fell silent are given up after the inactivity time', async () => {
      const api = await plane.connect(proxy.kubeconfig(), 'orkestra-test-informer');
      const stop = new AbortController();
      const logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger } as never;
      const factory = new InformerFactory({ api, random: systemRandom, logger }, stop.signal);
      const times = { ...REFLECTOR_TIMES, inactivityMs: 1_500 };
      const informer = factory.informer({ resource: WEBSITES, labelSelector: 'quiet=yes' }, { times });
      await informer.waitForSync(stop.signal);
      const isMine = ({ query }: SeenRequest): boolean => query.get('labelSelector') === 'quiet=yes';
      await eventually('its watch is half open', () => proxy.silenceWatches(isMine) === 1);
      await websites.create('unheard');
      await websites.patch('unheard', { metadata: { labels: { quiet: 'yes' } } });
      expect(informer.store.size).toBe(0);
      await eventually('the news arrives', () => informer.store.size === 1);
      stop.abort();
    });
  });

  if (process.env['ORK_TEST_FULL'] === '1') {
    it('a whole runtime whose watches fell silent sees the news after the inactivity time', async () => {
      await websites.create('deaf');
      await websites.condition('deaf', 'True');
      proxy.silenceWatches();
      await websites.patch('deaf', { spec: { message: 'heard in the end' } });
      await eventually(
        'the edit arrives',
        async () => JSON.stringify(await websites.find(CONFIG_MAPS, 'deaf-content')).includes('heard in the end'),
        REFLECTOR_TIMES.inactivityMs + 15_000,
      );
    }, 200_000);
  }

  describe('a server that has no time', () => {
    it('is asked again when it said, not before, and the work gets done', async () => {
      const injection = proxy.inject(isWork, TOO_MANY, { times: Number.MAX_SAFE_INTEGER });
      proxy.dropWatches(isWebsiteWatch);
      await Promise.all(['storm-a', 'storm-b', 'storm-c'].map((name) => websites.create(name)));
      await eventually('the storm reached it', () => injection.hits > 0);
      await pause(4_000);
      expect(shortestPauseMs()).toBeGreaterThanOrEqual(TOO_MANY.retryAfterSeconds * 1_000 - TIMER_MS);
      injection.end();
      for (const name of ['storm-a', 'storm-b', 'storm-c']) await websites.condition(name, 'True', undefined, 30_000);
    });

    it('and refuses the Lease too costs the lead at most, not the process', async () => {
      const injection = proxy.inject(() => true, TOO_MANY, { times: Number.MAX_SAFE_INTEGER });
      await eventually('the lease could not be renewed', async () => {
        const { status } = await fetch(`${operator.url}/ready`);
        return status === 503;
      });
      expect((await fetch(`${operator.url}/health`)).status).toBe(200);
      injection.end();
      await operator.ready();
      await websites.create('after-storm');
      await websites.condition('after-storm', 'True');
    });

    it('and says so without a pause (503) is asked less and less often', async () => {
      const injection = proxy.inject(isWork, UNAVAILABLE, { times: Number.MAX_SAFE_INTEGER });
      const began = performance.now();
      await Promise.all(['ill-a', 'ill-b', 'ill-c'].map((name) => websites.create(name)));
      await eventually('the answer reached it', () => injection.hits > 0);
      await pause(4_000);
      // One more: a resync may fall into the time.
      const most = 1 + mostTries(performance.now() - began, OF_QUEUES);
      const counts = refusals().map((times) => times.length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(most);
      // The writes of three Websites are among them.
      expect(counts.filter((count) => count > 1).length).toBeGreaterThanOrEqual(3);
      injection.end();
      for (const name of ['ill-a', 'ill-b', 'ill-c']) await websites.condition(name, 'True', undefined, 30_000);
    });

    it('but answers late is waited for', async () => {
      proxy.inject(() => true, { type: 'delay', ms: 400 }, { times: Number.MAX_SAFE_INTEGER });
      const names = ['late-a', 'late-b', 'late-c'];
      await Promise.all(names.map((name) => websites.create(name)));
      for (const name of names) await websites.condition(name, 'True', undefined, 40_000);
      for (const name of names) expect(creations(name)).toHaveLength(3);
    });
  });

  more(() => ({ websites, proxy, operator }));

  describe('the CRD', () => {
    beforeEach(() => websites.install());

    it('is deleted with its CRs and comes back: health tells it, nobody floods the server, work goes on', async () => {
      await websites.create('phoenix');
      await websites.condition('phoenix', 'True');
      await people.removeCrd(CRD_NAME);
      await eventually('health tells it', async () => {
        const response = await fetch(`${operator.url}/katalog/website/health`);
        const health = await response.text();
        if (response.status === 503 && health.includes('CRD missing')) return true;
        throw new Error(`it is ${response.status} ${health}, ${proxy.openWatches(isWebsiteWatch)} watches`);
      });
      expect((await fetch(`${operator.url}/ready`)).status).toBe(503);
      expect((await fetch(`${operator.url}/health`)).status).toBe(200);
      proxy.seen.length = 0;
      const began = performance.now();
      await pause(3_000);
      const requests = proxy.seen.filter(of('websites'));
      const looks = requests.filter(isWebsiteList).length;
      // The first one was before: it told that the CRD is missing.
      expect(looks).toBeLessThanOrEqual(mostTries(performance.now() - began, OF_REFLECTORS) - 1);
      // Passes that were under way may still ask for something, each worker once.
      const others = requests.filter((request) => !isWebsiteList(request)).map(({ method, path }) => method + path);
      expect(others.slice(WORKERS)).toEqual([]);
      await websites.install();
      await websites.create('phoenix', { message: 'again' });
      await websites.condition('phoenix', 'True', undefined, 60_000);
      await operator.ready();
      expect((await fetch(`${operator.url}/katalog/website/health`)).status).toBe(200);
    });

    it('is installed after the runtime, and its storage is still initializing', async () => {
      await operator.stop();
      await people.removeCrd(CRD_NAME);
      operator = await start({ waitsForReady: false });
      await eventually('it waits for the CRD', () => operator.output.includes('crd.missing'));
      const injection = proxy.inject(isWebsiteList, INITIALIZING, { times: 2 });
      await websites.install();
      await websites.create('first');
      await websites.condition('first', 'True', undefined, 40_000);
      expect(injection.hits).toBe(2);
      await operator.ready();
    });
  });
}

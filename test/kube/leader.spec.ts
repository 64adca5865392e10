// Two runtimes and one Lease: who leads, how the lead changes hands, and what a process that lost it must not do.
import { LEASE_NAME } from '../../src/modules/common';
import { type KubeObject, type ResourceType } from '../../src/modules/kube';
import { isWrite } from './support/request-log';
import { ControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { Operator, type OperatorOptions } from './support/operator';
import { CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, Websites } from './support/websites';

type Account = 'alpha' | 'beta';

const LEASES: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};
const HAND_OVER_MS = 2_000;
/** Of the short lease that the operators of these tests use. */
const LEASE_MS = 4_000;
const DEFAULT_TIMES = { LEASE_DURATION: '15', RENEW_DEADLINE: '10', RETRY_PERIOD: '2' };
/** Enough that their bring-up takes a while. */
const SITES = 100;
const KATALOG = katalog(['resync: 30s', 'resync: 2s']);

let plane: ControlPlane;
let websites: Websites;
let started: Operator[] = [];

beforeAll(async () => {
  plane = await ControlPlane.start({ administrators: ['alpha', 'beta'], manifests: [CRD_MANIFEST] });
  websites = new Websites(plane);
  await websites.install();
});

afterAll(() => plane?.stop());

afterEach(async () => {
  await Promise.all(started.map((operator) => operator.stop('SIGKILL')));
  started = [];
  await plane.kubectl('delete', 'lease', LEASE_NAME, '--ignore-not-found');
  await websites.clear();
});

async function start(account: Account, options: Partial<OperatorOptions> = {}): Promise<Operator> {
  const kubeconfig = plane.writeKubeconfig(account, `${account}-token`);
  const operator = await Operator.start(plane, { katalog: KATALOG, kubeconfig, waitsForReady: false, ...options });
  started.push(operator);
  if (options.waitsForReady !== false) await operator.ready();
  return operator;
}

interface Lease {
  readonly holder: string;
  readonly acquiredMs: number;
  readonly renewedMs: number;
}

async function lease(): Promise<Lease> {
  const object: KubeObject = await plane.api.get({ resource: LEASES, namespace: 'default', name: LEASE_NAME });
  const spec = object['spec'] as { holderIdentity?: string; acquireTime: string; renewTime: string };
  return {
    holder: spec.holderIdentity ?? '',
    acquiredMs: Date.parse(spec.acquireTime),
    renewedMs: Date.parse(spec.renewTime),
  };
}

/** The lease once somebody else than this one holds it. */
function taken(from: string, deadlineMs?: number): Promise<Lease> {
  return eventually(
    `somebody else than ${from} holds the lease`,
    async () => {
      const now = await lease();
      return now.holder !== '' && now.holder !== from ? now : undefined;
    },
    deadlineMs,
  );
}

async function leads(operator: Operator): Promise<boolean> {
  return (await operator.get<{ isKonductor: boolean }>('/katalog')).isKonductor;
}

async function message(of: string, text: string): Promise<void> {
  await eventually(`${of} says ${text}`, async () => {
    const content = await websites.find(CONFIG_MAPS, `${of}-content`);
    return (content as { data?: Record<string, string> } | undefined)?.data?.['index.html'] === text;
  });
}

it('lets one of two runtimes lead; the other is ready, keeps warm caches and says who leads and until when', async () => {
  const alpha = await start('alpha');
  await websites.create('one');
  await eventually('the Deployment is there', () => websites.find(DEPLOYMENTS, 'one'));
  const mark = Date.now();
  const beta = await start('beta');
  expect([await leads(alpha), await leads(beta)]).toEqual([true, false]);
  const { holder } = await lease();
  expect(beta.output).toMatch(
    new RegExp(`standing by: ${holder} holds the lease default/${LEASE_NAME} until \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z`),
  );
  const listed = await beta.get<{ total: number; items: { name: string }[] }>('/katalog/website/cr');
  expect(listed.items.map(({ name }) => name)).toEqual(['one']);
  await websites.patch('one', { spec: { message: 'edited' } });
  await message('one', 'edited');
  expect(plane.audit.writesOfUser('beta', mark)).toEqual([]);
  expect((await lease()).holder).toBe(holder);
});

it('hands over within 2 s when the leader is told to stop, and the next one goes on with what is left', async () => {
  const alpha = await start('alpha', { env: DEFAULT_TIMES });
  await Promise.all(['one', 'two', 'three'].map((name) => websites.create(name)));
  await eventually('the children are there', async () => (await websites.managed()).length === 9);
  const beta = await start('beta', { env: DEFAULT_TIMES });
  const before = await lease();
  const told = Date.now();
  const [code] = await Promise.all([alpha.stop('SIGTERM'), websites.patch('two', { spec: { message: 'meanwhile' } })]);
  const after = await taken(before.holder);
  await message('two', 'meanwhile');
  expect(code).toBe(0);
  expect(after.acquiredMs - told).toBeLessThan(HAND_OVER_MS);
  expect(await leads(beta)).toBe(true);
  const lastWrites = plane.audit.writesOfUser('alpha', told).map((event) => Date.parse(event.requestReceivedTimestamp));
  for (const at of lastWrites) expect(at).toBeLessThanOrEqual(after.acquiredMs);
  if (lastWrites.length === 0) {
    const [first] = plane.audit.writesOfUser('beta', told);
    expect(Date.parse(first?.requestReceivedTimestamp ?? '') - told).toBeLessThan(HAND_OVER_MS);
  }
});

it('takes the lead over when the lease of a killed leader is over, not before, and converges', async () => {
  const alpha = await start('alpha');
  await Promise.all(['one', 'two', 'three', 'four'].map((name) => websites.create(name)));
  await start('beta');
  await eventually('the bring-up has begun', async () => (await websites.managed()).length >= 2);
  await alpha.stop('SIGKILL');
  const before = await lease();
  await websites.patch('one', { spec: { message: 'nobody leads' } });
  const after = await taken(before.holder);
  expect(after.acquiredMs - before.renewedMs).toBeGreaterThanOrEqual(LEASE_MS);
  await message('one', 'nobody leads');
  await eventually('all children are there', async () => (await websites.managed()).length === 12);
});

it('refuses to start for another Katalog, names the holder and the way out, and leaves nothing behind', async () => {
  await start('alpha');
  const { holder } = await lease();
  const other = katalog(['name: hello-website', 'name: other-website']);
  const mark = Date.now();
  const beta = await start('beta', { katalog: other, waitsForReady: false });
  expect(await beta.process.ended).toBe(1);
  expect(beta.output).toContain(
    `the lease default/${LEASE_NAME} is held by ${holder} for the Katalog "hello-website", this one is "other-website"`,
  );
  expect(beta.output).toContain('ORK_NAMESPACE');
  expect(beta.output).not.toMatch(/^\s+at /m);
  expect(plane.audit.ofUser('beta', mark).filter(isWrite)).toEqual([]);
  await expect(fetch(`${beta.url}/health`)).rejects.toThrow();

  await plane.kubectl('create', 'namespace', 'elsewhere');
  const there = await start('beta', { katalog: other, env: { ORK_NAMESPACE: 'elsewhere' } });
  expect(await leads(there)).toBe(true);
  expect(await there.stop()).toBe(0);
});

it('writes nothing after it was stopped past its lease, in the middle of work; stands by and can lead again', async () => {
  const names = Array.from({ length: SITES }, (_, index) => `site-${index}`);
  const alpha = await start('alpha');
  const beta = await start('beta');
  const before = await lease();
  await Promise.all(names.map((name) => websites.create(name)));
  await eventually('the bring-up has begun', () => plane.audit.writesOfUser('alpha').length >= 15);
  alpha.process.signal('SIGSTOP');
  expect((await websites.managed()).length).toBeLessThan(3 * SITES);
  const after = await taken(before.holder);
  await eventually('all children are there', async () => (await websites.managed()).length === 3 * SITES, 60_000);
  await websites.patch('site-0', { spec: { message: 'by the new leader' } });
  await message('site-0', 'by the new leader');

  const resumed = Date.now();
  alpha.process.signal('SIGCONT');
  await eventually('alpha stands by', () => alpha.output.includes(`standing by: ${after.holder}`));
  await alpha.ready();
  // Past several resyncs of the lanes that must not run.
  await websites.patch('site-1', { spec: { message: 'still the new leader' } });
  await message('site-1', 'still the new leader');
  await eventually('five seconds went by', () => Date.now() - resumed > 5_000);
  const late = plane.audit.writesOfUser('alpha', resumed + 100);
  expect(late.map(({ verb, requestURI }) => `${verb} ${requestURI}`)).toEqual([]);
  expect(await lease()).toMatchObject({ holder: after.holder });
  expect([await leads(alpha), await leads(beta)]).toEqual([false, true]);
  expect((await websites.managed()).length).toBe(3 * SITES);

  const told = Date.now();
  expect(await beta.stop()).toBe(0);
  expect((await taken(after.holder)).holder).toBe(before.holder);
  await websites.patch('site-2', { spec: { message: 'the old leader again' } });
  await message('site-2', 'the old leader again');
  expect(plane.audit.writesOfUser('alpha', told).length).toBeGreaterThan(0);
});

it('is alive but not ready from the loss of its lease until it is known who leads', async () => {
  const alpha = await start('alpha');
  await websites.create('one');
  await eventually('the children are there', async () => (await websites.managed()).length === 3);
  await plane.stopApiServer('SIGKILL');
  const reason = await eventually('the runtime is not ready', async () => {
    const ready = await alpha.get<{ status: string; details?: Record<string, { reason?: string }> }>('/ready');
    return ready.status === 'error' ? JSON.stringify(ready) : undefined;
  });
  expect(reason).toContain('the lease was lost');
  expect((await fetch(`${alpha.url}/health`)).status).toBe(200);
  expect(await leads(alpha)).toBe(false);
  await plane.startApiServer();
  await alpha.ready();
  expect((await fetch(`${alpha.url}/health`)).status).toBe(200);
  await websites.patch('one', { spec: { message: 'back' } });
  await message('one', 'back');
  expect(await leads(alpha)).toBe(true);
});

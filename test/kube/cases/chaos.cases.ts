// Everything at once, at random: Websites come, change and go, people edit children, the runtime is killed, requests are
// cut, refused and late, watches break. When the storm is over the cluster is as the Websites say, with nothing left
// over. The seed is the commit unless ORK_TEST_SEED gives one.
import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { sha256Hex } from '../../../src/modules/common';
import { isConflict, isNotFound } from '../../../src/modules/kube';
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { type Fault, FaultProxy, of, type SeenRequest } from '../support/fault-proxy';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { orphans } from '../support/snapshot';
import { childrenOf, CONFIG_MAPS, CRD_MANIFEST, DEPLOYMENTS, katalog, SERVICES, Websites } from '../support/websites';

const SEED = process.env['ORK_TEST_SEED'] ?? execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
const NAMES = ['ash', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'larch', 'oak'];
/** With a child in another namespace, so that deletions have work. */
const KATALOG = katalog([
  '          deployments:\n',
  [
    '            - name: "{{ .metadata.name }}-shared"',
    '              namespace: shared',
    '              data: { owner: "{{ .spec.message }}" }',
    '          deployments:\n',
  ].join('\n'),
]);

interface Wish {
  readonly message: string;
  readonly replicas: number;
}

let plane: Plane;
let proxy: FaultProxy;
let websites: Websites;
let operator: Operator;
/** What people want; absent: no Website of this name. */
const wishes = new Map<string, Wish>();

function start(): Promise<Operator> {
  return Operator.start(plane, { katalog: KATALOG, kubeconfig: proxy.kubeconfig(), waitsForReady: false });
}

/** As a kubelet would: a runtime that finds no API server when it starts says so and ends; it is started again. */
async function supervise(): Promise<void> {
  if (!operator.process.hasEnded) return;
  expect(operator.output).toMatch(/^error: .*(can't be reached|by the fault proxy|broke|no answer)/m);
  operator = await start();
}

/** A fault that was on its way when the storm ended can still end a runtime that was just started. */
async function readyAgain(): Promise<void> {
  await eventually('the runtime is ready', async () => {
    await supervise();
    return operator.isReady();
  });
}

/** Numbers from 0 to 1 that follow from the seed. */
function numbersOf(seed: string): () => number {
  let step = 0;
  return () => parseInt(sha256Hex(`${seed} ${step++}`).slice(0, 8), 16) / 0x1_0000_0000;
}

const random = numbersOf(SEED);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

/** What was there a moment ago may be gone or newer: people try again another time. */
async function tolerant(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  });
}

async function people(): Promise<void> {
  const name = pick(NAMES);
  const wish = { message: `text ${Math.floor(random() * 1e6)}`, replicas: 1 + Math.floor(random() * 4) };
  if (!wishes.has(name)) {
    // It may still be on its way out; then this name has to wait.
    const made = await websites.create(name, { ...wish }).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
    });
    if (made !== undefined) wishes.set(name, wish);
  } else if (random() < 0.3) {
    await websites.delete(name);
    wishes.delete(name);
  } else {
    await websites.patch(name, { spec: { ...wish } });
    wishes.set(name, wish);
  }
}

async function vandals(): Promise<void> {
  const name = pick(NAMES);
  const body = { spec: { replicas: 9 } };
  const [resource, child] = pick([
    [DEPLOYMENTS, name],
    [SERVICES, name],
    [CONFIG_MAPS, `${name}-content`],
  ] as const);
  const ref = { resource, namespace: 'default', name: child };
  const isEdit = resource === DEPLOYMENTS && random() < 0.5;
  await tolerant(isEdit ? plane.api.patch(ref, { type: 'merge', body }) : plane.api.delete(ref, {}));
}

const FAULTS: readonly Fault[] = [
  { type: 'cut-before' },
  { type: 'cut-after' },
  { type: 'delay', ms: 700 },
  { type: 'answer', code: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 },
  { type: 'answer', code: 500, reason: 'InternalError' },
  { type: 'answer', code: 503, reason: 'ServiceUnavailable' },
];

async function weather(): Promise<void> {
  const kind = random();
  if (kind < 0.15) proxy.dropWatches((request) => !of('leases')(request));
  else if (kind < 0.25) {
    const isWatch = ({ isWatch: watches, path }: SeenRequest): boolean => watches && !path.includes('leases');
    proxy.inject(isWatch, { type: 'answer', code: 410, reason: 'Expired' }, { times: 2 });
    proxy.dropWatches(isWatch);
  } else if (kind < 0.32) {
    await operator.stop('SIGKILL');
    operator = await start();
  } else {
    const skip = Math.floor(random() * 4);
    const chance = numbersOf(`${SEED} ${kind}`);
    const select = ({ path }: SeenRequest): boolean => !path.includes('leases') && chance() < 0.7;
    proxy.inject(select, pick(FAULTS), { skip, times: 1 + Math.floor(random() * 4) });
  }
}

async function expectAsWished(name: string, { message, replicas }: Wish): Promise<void> {
  await websites.condition(name, 'True', 'ReconcileSucceeded', 60_000);
  const [deployment, content] = await Promise.all([
    websites.find(DEPLOYMENTS, name),
    websites.find(CONFIG_MAPS, `${name}-content`),
  ]);
  expect(deployment).toMatchObject({ spec: { replicas } });
  expect(content).toMatchObject({ data: { 'index.html': message } });
  const ref = { resource: CONFIG_MAPS, namespace: 'shared', name: `${name}-shared` };
  expect(await plane.api.get(ref)).toMatchObject({ data: { owner: message } });
  expect(await websites.get(name)).toMatchObject({ status: { readyReplicas: replicas, phase: 'Ready' } });
}

/** `stormMs`: how long it blows. */
export function chaosCases(begin: StartPlane, stormMs: number): void {
  beforeAll(async () => {
    plane = await begin({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    await new People(plane).createNamespace('shared');
    websites = new Websites(plane);
    await websites.install();
    proxy = await FaultProxy.start(plane);
    operator = await start();
  });

  afterAll(async () => {
    await operator?.stop();
    await proxy?.stop();
    await plane?.stop();
  });

  it(
    `comes to what the Websites say after a storm (seed ${SEED})`,
    async () => {
      const end = performance.now() + stormMs;
      while (performance.now() < end) {
        await pick([people, people, people, vandals, weather, weather])();
        await pause(random() * 150);
        await supervise();
      }
      proxy.reset();
      await readyAgain();
      // The last one may just have been deleted: what then would there be to look at?
      await eventually('somebody wishes for a Website', async () => {
        if (wishes.size === 0) await people();
        return wishes.size > 0;
      });
      for (const [name, wish] of wishes) await expectAsWished(name, wish);
      for (const name of NAMES.filter((one) => !wishes.has(one))) {
        await eventually(`Website ${name} is gone`, async () => (await websites.get(name)) === undefined);
      }
      await eventually('nothing is left over', async () => (await orphans(plane)).length === 0, 60_000);
      expect(await websites.managed()).toEqual(childrenOf(...wishes.keys()));
      expect(operator.process.hasEnded).toBe(false);
      expect(operator.output).not.toMatch(/unhandled|TypeError|"code":"BUG"/i);
    },
    stormMs + 240_000,
  );
}

// No-op passes per second of the real engine: the sample's compiled Katalog, real informers' stores, real reconciler;
// only the API is ours. Every pass renders every template, evaluates every condition and compares every child.
import { join } from 'node:path';
import { type JsonObject, type ObjectKey, objectKey, systemClock, systemRandom } from '../../src/modules/common';
import { evaluationCounter } from '../../src/modules/expression';
import { compileKatalog } from '../../src/modules/katalog';
import { ChildCaches } from '../../src/modules/kordinator/children/child-caches';
import { InformerFactory, type KubeObject } from '../../src/modules/kube';
import { silentLogger } from '../../src/modules/observability';
import { CrReconciler, type ReconcilerPorts } from '../../src/modules/reconciler';
import { AnsweringApi } from './answering-api';

export interface NoopPasses {
  readonly crs: number;
  readonly perSecond: readonly number[];
  /** The same for each second of CPU time: what a machine without other load gives. */
  readonly perCpuSecond: readonly number[];
  readonly templatesPerPass: number;
  readonly childrenPerPass: number;
}

const CRS = 1_000;
const SAMPLES = 7;
const SAMPLE_MS = 1_000;
const NEVER = new AbortController().signal;

const SAMPLE = join(__dirname, '../../examples/beginner/01-hello-website/katalog.yaml');

/** Templates that a pass of the sample has to evaluate. */
export function templatesOfSample(): number {
  return compileKatalog([SAMPLE]).crds.reduce((sum, { templateCount }) => sum + templateCount, 0);
}

export async function measureNoopPasses(samples = SAMPLES): Promise<NoopPasses> {
  const stop = new AbortController();
  const bed = await testBed(stop.signal);
  try {
    const { templates, children } = await provePass(bed);
    await sample(bed);
    const measured: Sample[] = [];
    for (let index = 0; index < samples; index++) measured.push(await sample(bed));
    const perSecond = measured.map((it) => it.perSecond);
    const perCpuSecond = measured.map((it) => it.perCpuSecond);
    return { crs: CRS, perSecond, perCpuSecond, templatesPerPass: templates, childrenPerPass: children };
  } finally {
    stop.abort();
  }
}

interface TestBed {
  readonly reconciler: CrReconciler;
  readonly api: AnsweringApi;
  readonly keys: readonly ObjectKey[];
  readonly childReads: () => number;
}

/** CRs with children that are as declared. */
async function testBed(signal: AbortSignal): Promise<TestBed> {
  const [crd] = compileKatalog([SAMPLE]).crds;
  if (crd === undefined) throw new Error('the sample has no CRD');
  const objects = new Map<string, KubeObject>();
  const api = new AnsweringApi(objects);
  const factory = new InformerFactory({ api, random: systemRandom, logger: silentLogger }, signal);
  const crs = factory.informer({ resource: crd.resource });
  const children = new ChildCaches(factory, () => undefined);
  for (const { resource } of crd.childKinds) await children.open(resource).waitForSync(signal);
  await crs.waitForSync(signal);
  for (let index = 0; index < CRS; index++) {
    const cr = websiteObject(index);
    objects.set(objectKey(cr.metadata.namespace, cr.metadata.name), cr);
    crs.observeWrite(cr);
  }
  let reads = 0;
  const counted = {
    ofOwner: (uid: string) => children.ofOwner(uid),
    get: (...args: Parameters<ChildCaches['get']>) => {
      reads++;
      return children.get(...args);
    },
    observeWrite: (...args: Parameters<ChildCaches['observeWrite']>) => children.observeWrite(...args),
    observeDelete: () => undefined,
  };
  const ports: ReconcilerPorts = {
    api,
    fence: { assertHeld: () => undefined },
    crs,
    children: counted,
    sources: { lookup: () => ({ state: 'absent' }) },
    kinds: { lookup: () => ({ state: 'absent' }) },
    inventory: { has: () => true, ensure: () => Promise.resolve(), retains: () => false, unobserved: () => undefined },
    events: { record: () => undefined, flush: () => Promise.resolve() },
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    activity: () => undefined,
  };
  const reconciler = new CrReconciler(crd, ports);
  const keys = [...crs.store.keys()];
  for (const key of keys) await reconciler.reconcile(key, NEVER);
  return { reconciler, api, keys, childReads: () => reads };
}

function websiteObject(index: number): KubeObject {
  const name = `site-${String(index).padStart(5, '0')}`;
  const metadata: JsonObject = {
    name,
    namespace: 'bench',
    uid: `6f1c2a9e-0000-4000-8000-${String(index).padStart(12, '0')}`,
    resourceVersion: String(index + 2),
    generation: 1,
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  const spec = { image: 'nginx:1.27', replicas: 2, message: `hello ${index}` };
  return { apiVersion: 'demo.orkestra.io/v1', kind: 'Website', metadata, spec } as unknown as KubeObject;
}

/** One round over all CRs: nothing is written, everything is evaluated and looked at. */
async function provePass({
  reconciler,
  api,
  keys,
  childReads,
}: TestBed): Promise<{ templates: number; children: number }> {
  const [writes, templates, reads] = [api.writes, evaluationCounter.templates, childReads()];
  for (const key of keys) {
    const outcome = await reconciler.reconcile(key, NEVER);
    if (outcome.type !== 'done' || outcome.wrote) throw new Error(`not at rest: ${JSON.stringify(outcome)}`);
  }
  if (api.writes !== writes) throw new Error('a no-op pass wrote something');
  const perPass = (evaluationCounter.templates - templates) / keys.length;
  if (perPass < templatesOfSample()) throw new Error(`only ${perPass} templates were evaluated in a pass`);
  const children = new Set(['configmaps', 'deployments', 'services']).size;
  if ((childReads() - reads) / keys.length < children) throw new Error('not every child was looked at');
  return { templates: perPass, children };
}

interface Sample {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Over about a second. */
async function sample({ reconciler, keys }: TestBed): Promise<Sample> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  let passes = 0;
  while (performance.now() - began < SAMPLE_MS) {
    for (const key of keys) await reconciler.reconcile(key, NEVER);
    passes += keys.length;
  }
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1_000;
  return { perSecond: passes / seconds, perCpuSecond: (passes / (user + system)) * 1_000_000 };
}

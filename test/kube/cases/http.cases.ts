// The HTTP API of a runtime with live objects behind it (spec: runtime §18, §19).
import { type Plane, type StartPlane } from '../support/plane';
import { eventually } from '../support/eventually';
import { Operator } from '../support/operator';
import { People } from '../support/people';
import { CRD_MANIFEST, katalog, SERVICES, Websites, WEBSITES } from '../support/websites';

const GVK = 'demo.orkestra.io/v1, Kind=Website';
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const SPAN = expect.stringMatching(/^\d+(h\d+m\d+s|m\d+s|s|ms)$/);
/** The next success of any CR recovers it: one failure must do. */
const FAILURES_UNTIL_DEGRADED = 1;

let plane: Plane;
let websites: Websites;
let people: People;
let operator: Operator;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(path: string): Promise<Answer> {
  const response = await fetch(operator.url + path);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  return { status: response.status, body: await response.json() };
}

export function httpCases(start: StartPlane): void {
  beforeAll(async () => {
    plane = await start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
    websites = new Websites(plane);
    people = new People(plane);
    await websites.install();
    operator = await Operator.start(plane, {
      katalog: katalog(['resync: 30s', 'resync: 1s']),
      env: { FAILURE_THRESHOLD: String(FAILURES_UNTIL_DEGRADED) },
    });
    await websites.create('two');
    await websites.create('one');
    await people.mark(WEBSITES, 'one', { annotations: { team: 'web', 'orkestra.orkspace.io/note': 'own' } });
    for (const name of ['one', 'two']) await websites.condition(name, 'True', undefined, 40_000);
  });

  afterAll(async () => {
    await operator?.stop();
    await plane?.stop();
  });

  it('answers the probes', async () => {
    for (const path of ['/startup', '/ready']) {
      expect(await ask(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
    for (const path of ['/health', '/livez']) expect(await ask(path)).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('shows the Katalog with every CRD', async () => {
    const { status, body } = await ask('/katalog');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 1,
      totalEnabled: 1,
      OrkReady: true,
      isKonductor: true,
      deletionProtection: false,
      healthy: true,
      status: 200,
      statusCounts: { healthy: 1, degraded: 0, started: 0, pending: 0 },
      name: 'hello-website',
      version: '0.1.0',
      description: 'Runs static websites',
      runtimeVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      namespaces: { default: { crds: ['website'], healthy: true, workers: 8, resources: 2 } },
    });
    expect(body).not.toHaveProperty('degradedReason');
    const [crd] = (body as { crds: unknown[] }).crds;
    expect(crd).toMatchObject({
      name: 'website',
      mode: 'dynamic',
      gvk: GVK,
      gvr: 'demo.orkestra.io/v1, Resource=websites',
      state: 'healthy',
      startedAt: TIME,
      uptime: SPAN,
      namespaced: true,
      hasUnhealthyDependencies: false,
      healthy: true,
      started: true,
      pending: false,
      workers: 8,
      workersSource: 'configured',
      resync: '1s',
      resyncSource: 'configured',
      queueDepth: 0,
      maxDepth: 0,
      maxDepthSource: 'default',
      resourceCount: 2,
      operatorBox: { type: 'generic', hasTemplates: true },
      errorRate: expect.any(Number),
      endpoints: {
        health: '/katalog/website/health',
        info: '/katalog/website',
        healthEnabled: true,
        infoEnabled: true,
      },
      rbacCount: 10,
    });
  });

  it('shows the Katalog as written and with its defaults', async () => {
    const raw = await ask('/katalog/raw');
    expect(raw).toMatchObject({
      status: 200,
      body: { kind: 'Katalog', spec: { crds: { website: { crdFile: '../crd.yaml' } } } },
    });
    const enriched = await ask('/katalog/enriched');
    expect(enriched).toMatchObject({ status: 200, body: { spec: { crds: { website: { namespaced: true } } } } });
    const { spec } = enriched.body as { spec: { crds: { website: unknown } } };
    expect(await ask('/katalog/website/enriched')).toEqual({ status: 200, body: spec.crds.website });
    expect(spec.crds.website).toMatchObject({
      apiTypes: { group: 'demo.orkestra.io', version: 'v1', kind: 'Website', plural: 'websites' },
      operatorBox: { reconciler: { workers: 8, resync: '1s', queue: { failureThreshold: FAILURES_UNTIL_DEGRADED } } },
    });
  });

  it('shows one CRD with its workers, its templates and the rights that it needs', async () => {
    const { status, body } = await ask('/katalog/website');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'website',
      isKonductor: true,
      totalReconciles: expect.any(Number),
      operatorBox: {
        type: 'generic',
        finalizers: { source: 'default', values: [] },
        hooks: { configured: false },
        constructor: { configured: false },
        templates: { onReconcile: { configMaps: 1, deployments: 1, services: 1 } },
      },
      rbac: { total: 10 },
    });
    const { workersIdle, workersProcessing, workerDetails, rbac } = body as {
      workersIdle: number;
      workersProcessing: number;
      workerDetails: Record<string, string>;
      rbac: { rules: unknown[] };
    };
    expect(workersIdle + workersProcessing).toBe(8);
    expect(Object.keys(workerDetails)).toHaveLength(8);
    expect(workerDetails).toHaveProperty(['demo.orkestra.io/v1-Kind=Website-worker-0']);
    expect(rbac.rules).toContainEqual({
      apiGroups: ['demo.orkestra.io'],
      resources: ['websites/finalizers'],
      verbs: ['update'],
    });
    expect(await ask('/katalog/webpage')).toEqual({ status: 404, body: { error: 'CRD "webpage" not found' } });
  });

  it('tells the health of a CRD, and its passes go on while nothing changes', async () => {
    const health = async (): Promise<{ readonly totalReconciles: number }> =>
      (await ask('/katalog/website/health')).body as { totalReconciles: number };
    const before = await health();
    expect(before).toMatchObject({
      name: 'website',
      state: 'healthy',
      status: 200,
      startedAt: TIME,
      uptime: SPAN,
      lastReconcile: TIME,
      resourceCount: 2,
      consecutiveFails: 0,
      isKonductor: true,
      healthy: true,
      started: true,
      pending: false,
      hasUnhealthyDependencies: false,
    });
    expect(before).not.toHaveProperty('missing');
    await eventually('four more passes', async () => (await health()).totalReconciles >= before.totalReconciles + 4);
  });

  it('lists CRs in order with the field that was asked for', async () => {
    const { status, body } = await ask('/katalog/website/cr?field=spec.replicas');
    expect(status).toBe(200);
    const item = (name: string): unknown => ({
      name,
      namespace: 'default',
      phase: 'Ready',
      ready: true,
      readyReason: 'ReconcileSucceeded',
      age: SPAN,
      generation: 1,
      value: 2,
    });
    expect(body).toEqual({
      crd: 'website',
      gvk: GVK,
      total: 2,
      items: [item('one'), item('two')],
      isKonductor: true,
    });
  });

  it('shows one CR with its live children and without what belongs to the system', async () => {
    const { status, body } = await ask('/katalog/website/cr/default/one');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'one',
      namespace: 'default',
      generation: 1,
      creationTimestamp: TIME,
      annotations: { team: 'web' },
      ready: true,
      readyReason: 'ReconcileSucceeded',
      status: { phase: 'Ready', readyReplicas: 2, url: 'http://one.default.svc' },
      children: {
        Deployment: [{ metadata: { name: 'one' }, status: { readyReplicas: 2 } }],
        Service: [{ metadata: { name: 'one' }, spec: { ports: [{ port: 80 }] } }],
        ConfigMap: [{ metadata: { name: 'one-content' } }],
      },
      eventsEndpoint: '/katalog/website/cr/default/one/events',
      isKonductor: true,
    });
    expect((body as { annotations: object }).annotations).toEqual({ team: 'web' });
    expect(await ask('/katalog/website/cr/default/none')).toEqual({
      status: 404,
      body: { error: 'CR "default/none" not found' },
    });
  });

  it('gives the Events of a CR', async () => {
    const events = await eventually('the Event is listed', async () => {
      const { body } = await ask('/katalog/website/cr/default/one/events');
      return (body as { total: number }).total > 0 ? body : undefined;
    });
    expect(events).toMatchObject({ name: 'one', namespace: 'default' });
    expect((events as { events: unknown[] }).events).toContainEqual(
      expect.objectContaining({
        type: 'Normal',
        reason: 'WebsiteReconciled',
        object: 'Website/one',
        count: expect.any(Number),
        age: SPAN,
      }),
    );
  });

  it('counts what it does', async () => {
    const response = await fetch(`${operator.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await response.text();
    for (const line of [
      new RegExp(`^controller_reconcile_total{crd="${GVK}",result="success"} \\d+$`, 'm'),
      new RegExp(`^controller_reconcile_duration_seconds_bucket{le="0.005",crd="${GVK}"} \\d+$`, 'm'),
      new RegExp(`^controller_resource_count{crd="${GVK}"} 2$`, 'm'),
      new RegExp(`^controller_queue_depth{crd="${GVK}"} \\d+$`, 'm'),
      new RegExp(`^controller_workers_total{crd="${GVK}"} 8$`, 'm'),
      new RegExp(`^controller_workers_idle{crd="${GVK}"} \\d$`, 'm'),
      new RegExp(`^controller_workers_processing{crd="${GVK}"} \\d$`, 'm'),
      new RegExp(`^controller_crd_activation_total{crd="${GVK}",result="success"} 1$`, 'm'),
      /^orkestra_kube_requests_total{verb="apply",resource="deployments.apps",code="201"} 2$/m,
      /^orkestra_templates_evaluated_total \d+$/m,
      /^process_resident_memory_bytes \d+$/m,
    ]) {
      expect(text).toMatch(line);
    }
  });

  it('is degraded while a CR fails again and again, and recovers with it', async () => {
    await people.createService('three');
    await websites.create('three');
    await websites.condition('three', 'False', 'ReconcileError');
    const degraded = await eventually('the Katalog is degraded', async () => {
      const answer = await ask('/katalog');
      return answer.status === 503 ? answer : undefined;
    });
    expect(degraded.body).toMatchObject({ healthy: false, status: 503, degradedReason: '1 degraded' });
    await people.remove(SERVICES, 'three');
    await websites.patch('three', { spec: { message: 'again' } });
    await websites.condition('three', 'True', undefined, 40_000);
    await eventually('the Katalog is healthy', async () => (await ask('/katalog')).status === 200);
    expect(await ask('/ready')).toMatchObject({ status: 200 });
  });
}

// Engine contract §2.3, §2.4: when a child is written, and when it is not.
import { ANNOTATION, FIELD_MANAGER, type JsonObject } from '../common';
import { evaluationCounter } from '../expression';
import { type KubeObject } from '../kube';
import { BOX, compileBox, EngineHarness, mergePatch, type RecordedCall } from './testing';

const CONTENT = 'default/a-content';
const WEBSITE = 'default/a';

async function settled(box: string, crd?: string): Promise<EngineHarness> {
  const engine = new EngineHarness(compileBox(box, crd));
  engine.cr();
  await engine.settle();
  return engine;
}

/** The server takes the object, but changes it. */
function rewritten(engine: EngineHarness, change: JsonObject): (call: RecordedCall) => KubeObject {
  return ({ body }) => {
    const known = (body as unknown as KubeObject).metadata.uid ?? 'uid-child';
    const server = { metadata: { uid: known, resourceVersion: engine.api.nextVersion() } };
    return mergePatch(mergePatch(body, server), change) as unknown as KubeObject;
  };
}

describe('a settled child', () => {
  it('costs no request, although every template is evaluated on each pass', async () => {
    const engine = await settled(BOX.website);
    const before = evaluationCounter.templates;
    await engine.pass();
    const perPass = evaluationCounter.templates - before;
    expect(perPass).toBeGreaterThanOrEqual(6);
    for (let pass = 0; pass < 10; pass++) expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(evaluationCounter.templates - before).toBe(11 * perPass);
    expect(engine.api.take()).toEqual([]);
    expect(engine.events).toEqual([]);
  });

  it('is not written after a restart', async () => {
    const engine = await settled(BOX.website);
    engine.restart();
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });

  it('is written when the Katalog changed what is wanted, and the object says for which hash', async () => {
    const engine = await settled(BOX.configMap);
    const before = engine.child('configmaps', CONTENT).metadata.annotations?.[ANNOTATION.applied];
    engine.restart(compileBox(BOX.configMap.replace('index.html', 'start.html')));
    await engine.pass();
    expect(engine.api.take()).toContain(`apply configmaps ${CONTENT}`);
    const after = engine.child('configmaps', CONTENT).metadata.annotations?.[ANNOTATION.applied];
    expect(after).toMatch(/^[0-9a-f]{32}$/);
    expect(after).not.toBe(before);
  });

  it('ignores what others add beside the declared fields', async () => {
    const engine = await settled(BOX.website);
    engine.editChild('deployments', WEBSITE, {
      metadata: { annotations: { 'deployment.kubernetes.io/revision': '1' }, labels: { team: 'web' } },
      spec: { revisionHistoryLimit: 10 },
      status: { readyReplicas: 0 },
    });
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });
});

describe('drift', () => {
  it('is corrected, and only paths are told, never values', async () => {
    const engine = await settled(BOX.configMap);
    engine.editChild('configmaps', CONTENT, { data: { 'index.html': 'top secret' } });
    await engine.pass();
    expect(engine.api.take()).toEqual([`apply configmaps ${CONTENT}`]);
    expect(engine.activities).toEqual([
      {
        crd: 'website',
        key: 'default/a',
        action: 'corrected',
        what: `configmaps ${CONTENT}`,
        detail: 'data.index.html',
      },
    ]);
    expect(JSON.stringify([engine.activities, engine.events])).not.toContain('top secret');
  });

  it('of an owner reference or of our labels is corrected too', async () => {
    const engine = await settled(BOX.configMap);
    engine.editChild('configmaps', CONTENT, { metadata: { ownerReferences: null } });
    await engine.pass();
    expect(engine.activities).toMatchObject([{ action: 'corrected', detail: 'metadata.ownerReferences' }]);
  });

  it('brings a deleted child back', async () => {
    const engine = await settled(BOX.configMap);
    engine.removeChild('configmaps', CONTENT);
    await engine.pass();
    expect(engine.activities).toMatchObject([{ action: 'created' }]);
  });

  it('of an onCreate entry is left alone, with reconcile: true it is corrected', async () => {
    const onCreate = BOX.configMap.replace('onReconcile', 'onCreate');
    for (const [box, requests] of [
      [onCreate, []],
      [onCreate.replace('data:', 'reconcile: true\n              data:'), [`apply configmaps ${CONTENT}`]],
    ] as const) {
      const engine = await settled(box);
      engine.editChild('configmaps', CONTENT, { data: { 'index.html': 'edited' } });
      await engine.pass();
      expect(engine.api.take()).toEqual(requests);
    }
  });
});

describe('values that the server rewrites', () => {
  const box = BOX.website.replace(
    'port: 80\n          services',
    'resources: { limits: { cpu: 1000m } }\n          services',
  );

  it('are not written again in this process', async () => {
    const engine = new EngineHarness(compileBox(BOX.configMap));
    engine.cr();
    engine.api.once('apply', 'configmaps', rewritten(engine, { data: { 'index.html': 'rewritten' } }));
    await engine.settle();
    for (let pass = 0; pass < 3; pass++) await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });

  it('are written once more, at low priority, after a restart; it is no write when the object stays as it was', async () => {
    const engine = new EngineHarness(compileBox(BOX.configMap));
    engine.cr();
    engine.api.once('apply', 'configmaps', rewritten(engine, { data: { 'index.html': 'rewritten' } }));
    await engine.settle();
    const live = engine.child('configmaps', CONTENT);
    engine.restart();
    engine.api.once('apply', 'configmaps', () => live);
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    const [apply] = engine.api.calls;
    expect(apply).toMatchObject({ verb: 'apply', options: { priority: 'low' } });
    expect(engine.activities).toEqual([]);
    expect(engine.events).toEqual([]);
    engine.api.take();
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });

  it('are no correction either when something else gave the object a new version meanwhile', async () => {
    const engine = new EngineHarness(compileBox(BOX.configMap));
    engine.cr();
    const change = { data: { 'index.html': 'rewritten' } };
    engine.api.once('apply', 'configmaps', rewritten(engine, change));
    await engine.settle();
    engine.restart();
    engine.api.once('apply', 'configmaps', rewritten(engine, change));
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(engine.activities).toEqual([]);
    expect(engine.events).toEqual([]);
  });

  it('do not hide that somebody sets a third value', async () => {
    const engine = new EngineHarness(compileBox(BOX.configMap));
    engine.cr();
    engine.api.once('apply', 'configmaps', rewritten(engine, { data: { 'index.html': 'rewritten' } }));
    await engine.settle();
    engine.editChild('configmaps', CONTENT, { data: { 'index.html': 'third' } });
    await engine.pass();
    expect(engine.activities).toMatchObject([{ action: 'corrected', detail: 'data.index.html' }]);
  });

  it('cost nothing at all when they are another form of the same quantity or port', async () => {
    const engine = await settled(box);
    const [container] = (engine.child('deployments', WEBSITE) as any).spec.template.spec.containers;
    engine.editChild('deployments', WEBSITE, {
      spec: { template: { spec: { containers: [{ ...container, resources: { limits: { cpu: '1' } } }] } } },
    });
    engine.editChild('services', WEBSITE, { spec: { ports: [{ port: 80, protocol: 'TCP', targetPort: '80' }] } });
    engine.restart();
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });
});

describe('replicas', () => {
  const scaler = { manager: 'kube-controller-manager', operation: 'Update', subresource: 'scale' };

  it('are declared ones as long as nobody scales: kubectl scale is drift', async () => {
    const engine = await settled(BOX.website);
    engine.editChild('deployments', WEBSITE, {
      metadata: { managedFields: [{ manager: 'kubectl', operation: 'Update', subresource: 'scale' }] },
      spec: { replicas: 7 },
    });
    await engine.pass();
    expect(engine.activities).toMatchObject([{ action: 'corrected', detail: 'spec.replicas' }]);
  });

  it('are left out of our apply once an autoscaler sets them, and its changes are no drift', async () => {
    const engine = await settled(BOX.website);
    engine.editChild('deployments', WEBSITE, { metadata: { managedFields: [scaler] }, spec: { replicas: 7 } });
    engine.api.once(
      'apply',
      'deployments',
      rewritten(engine, { metadata: { managedFields: [scaler] }, spec: { replicas: 7 } }),
    );
    await engine.pass();
    const [apply] = engine.api.calls;
    expect((apply?.body as any).spec.replicas).toBeUndefined();
    engine.api.take();
    engine.editChild('deployments', WEBSITE, { spec: { replicas: 9 } });
    await engine.pass();
    expect(engine.api.take().filter((call) => call.startsWith('apply'))).toEqual([]);
  });
});

describe('the manager of the classic implementation', () => {
  it('is merged into ours once, guarded by the version, before the next apply', async () => {
    const engine = await settled(BOX.configMap);
    const classic = {
      manager: FIELD_MANAGER.classic,
      operation: 'Update',
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { 'f:old': {} } },
    };
    engine.editChild('configmaps', CONTENT, { metadata: { managedFields: [classic] } });
    const whole = mergePatch(engine.child('configmaps', CONTENT), {
      metadata: { managedFields: [classic, { ...classic, manager: 'kubectl' }] },
    }) as unknown as KubeObject;
    engine.api.once('get', 'configmaps', () => whole);
    engine.api.once('patch', 'configmaps', () => whole);
    await engine.pass();
    const [, patch] = engine.api.calls;
    expect(patch?.body).toEqual([
      {
        op: 'replace',
        path: '/metadata/managedFields',
        value: [
          { ...classic, manager: 'kubectl' },
          expect.objectContaining({ manager: FIELD_MANAGER.children, operation: 'Apply', fieldsV1: classic.fieldsV1 }),
        ],
      },
      { op: 'replace', path: '/metadata/resourceVersion', value: whole.metadata.resourceVersion },
    ]);
    expect(engine.api.take()).toEqual([
      `get configmaps ${CONTENT}`,
      `patch configmaps ${CONTENT}`,
      `apply configmaps ${CONTENT}`,
    ]);
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });
});

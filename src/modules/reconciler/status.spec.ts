// Engine contract §2.6, §4: what status says and when it is written.
import { type JsonObject } from '../common';
import { type KubeObject } from '../kube';
import { BOX, compileBox, EngineHarness, fails, mergePatch, refusal } from './testing';

const RUNNING = {
  metadata: { generation: 1 },
  status: { observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
};
let engine: EngineHarness;

function start(box: string = BOX.website, crd?: string): void {
  engine = new EngineHarness(compileBox(box, crd));
  engine.cr();
}

function status(): JsonObject {
  return engine.currentCr['status'] as JsonObject;
}

describe('Ready', () => {
  it('is False while children are not current, and True when all are', async () => {
    start();
    await engine.pass();
    expect(engine.condition('Ready')).toMatchObject({
      status: 'False',
      reason: 'ChildrenNotReady',
      observedGeneration: 1,
    });
    expect(engine.condition('Ready')?.['message']).toBe('deployments default/a has 0 of 2 replicas updated');
    expect(engine.condition('Progressing')).toMatchObject({ status: 'True' });
    engine.editChild('deployments', 'default/a', RUNNING);
    await engine.pass();
    expect(engine.condition('Ready')).toMatchObject({ status: 'True', reason: 'ReconcileSucceeded', message: '' });
    expect(engine.condition('Progressing')).toBeUndefined();
    expect(status()).toMatchObject({ phase: 'Ready', observedGeneration: 1 });
  });

  it('means that the pass succeeded with conditions: classic', async () => {
    start(BOX.website.replace('        status:\n', '        status:\n          conditions: classic\n'));
    await engine.pass();
    expect(engine.condition('Ready')).toMatchObject({ status: 'True', reason: 'ReconcileSucceeded' });
    expect(engine.condition('Progressing')).toBeUndefined();
  });

  it('moves lastTransitionTime only when its status flips', async () => {
    start();
    await engine.pass();
    const since = engine.condition('Ready')?.['lastTransitionTime'];
    engine.clock.advance(60_000);
    engine.editChild('deployments', 'default/a', {
      metadata: { generation: 1 },
      status: { observedGeneration: 1, updatedReplicas: 1 },
    });
    await engine.pass();
    expect(engine.condition('Ready')?.['message']).toContain('1 of 2');
    expect(engine.condition('Ready')?.['lastTransitionTime']).toBe(since);
    engine.editChild('deployments', 'default/a', RUNNING);
    await engine.pass();
    expect(engine.condition('Ready')?.['lastTransitionTime']).toBe('2026-01-01T00:01:00Z');
  });
});

describe('the status write', () => {
  it('is one merge patch of manager orkestra-status on the subresource, with the version that was read', async () => {
    start(BOX.configMap);
    await engine.pass();
    const write = engine.api.calls.find(({ what }) => what.endsWith('/status'));
    expect(write).toMatchObject({
      verb: 'patch',
      what: 'websites default/a/status',
      how: { type: 'merge', fieldManager: 'orkestra-status' },
      body: { metadata: { resourceVersion: '10' } },
    });
  });

  it('keeps conditions of others where they are', async () => {
    start(BOX.configMap);
    const foreign = { type: 'Certified', status: 'True', reason: 'Seen', extra: { x: 1 } };
    engine.edit({ status: { conditions: [foreign] } });
    await engine.settle();
    expect(status()['conditions']).toEqual([foreign, expect.objectContaining({ type: 'Ready' })]);
    await engine.pass();
    expect(engine.api.take()).toEqual([]);
  });

  it('is not sent for CRDs with ignoreStatusPatch', async () => {
    start(BOX.configMap, '      ignoreStatusPatch: true\n');
    await engine.pass();
    expect(engine.api.take()).toEqual(['apply configmaps default/a-content']);
  });

  it('is tried again when the CR was changed meanwhile', async () => {
    start(BOX.configMap);
    engine.api.once('patch', 'websites', fails(refusal(409, 'Conflict')));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter', reason: 'the CR was changed meanwhile' });
    expect(await engine.pass()).toMatchObject({ type: 'done', wrote: true });
    expect(engine.condition('Ready')).toMatchObject({ status: 'True' });
  });

  it('does not bring a CR back that the watch told as deleted before the answer came', async () => {
    start(BOX.configMap);
    engine.api.once('patch', 'websites', () => {
      const { currentCr } = engine;
      engine.removeCr();
      return currentCr;
    });
    await engine.pass();
    expect(engine.crCount).toBe(0);
  });

  it('ends the pass quietly when the CR is gone', async () => {
    start(BOX.configMap);
    engine.api.once('patch', 'websites', fails(refusal(404, 'NotFound')));
    expect(await engine.pass()).toEqual({ type: 'done', wrote: true });
    expect(engine.events).toEqual([]);
  });

  it('says what to do when the CRD has no status subresource, instead of asking for ever', async () => {
    start(BOX.configMap);
    engine.api.once('patch', 'websites', fails(refusal(404, 'NotFound')));
    engine.api.once('get', 'websites', () => engine.currentCr);
    expect(await engine.pass()).toMatchObject({
      type: 'failed',
      error: { code: 'STATUS_SUBRESOURCE_MISSING', kind: 'UserError' },
    });
    expect(engine.events).toMatchObject([{ type: 'Warning', reason: 'WebsiteReconcileError' }]);
    expect(engine.events[0]?.message).toContain('ignoreStatusPatch: true');
  });

  it('makes a refused status a failure of the pass, with an Event', async () => {
    start(BOX.configMap);
    engine.api.once('patch', 'websites', fails(refusal(422, 'Invalid')));
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { kind: 'UserError' } });
    expect(engine.events).toMatchObject([
      { reason: 'WebsiteReconcileError', message: expect.stringMatching(/^status: /) },
    ]);
  });

  it('is not repeated when the server drops fields that no schema announced', async () => {
    start(BOX.website);
    engine.api.once('patch', 'websites', ({ body }) => {
      const { phase: _dropped, ...kept } = (body as { status: JsonObject }).status;
      return mergePatch(engine.currentCr, {
        metadata: { resourceVersion: '200' },
        status: kept,
      }) as unknown as KubeObject;
    });
    await engine.settle();
    expect(status()['phase']).toBeUndefined();
    for (let pass = 0; pass < 3; pass++) await engine.pass();
    expect(engine.api.take()).toEqual([]);
    engine.editChild('deployments', 'default/a', RUNNING);
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a/status']);
  });
});

describe('status fields', () => {
  it('without conditions are left as they are after a failure, others are written', async () => {
    const box =
      BOX.configMap +
      [
        '        status:',
        '          fields:',
        '            - { path: phase, value: Active }',
        '            - { path: size, value: "{{ .spec.replicas }}", type: int }',
        '            - { path: note, value: broken, when: [{ field: spec.broken, equals: "true" }] }',
        '',
      ].join('\n');
    start(box);
    await engine.pass();
    expect(status()).toMatchObject({ phase: 'Active', size: 2 });
    engine.edit({ spec: { message: null, broken: 'true', replicas: 5 } });
    engine.api.once('apply', 'configmaps', fails(refusal(422, 'Invalid')));
    await engine.pass();
    expect(status()).toMatchObject({ phase: 'Active', size: 2, note: 'broken' });
    expect(engine.condition('Ready')).toMatchObject({ status: 'False', reason: 'ReconcileError' });
  });
});

describe('the paused annotation', () => {
  const paused = { metadata: { annotations: { 'orkestra.orkspace.io/paused': 'true' } } };

  it('stops every write but the condition that says so, and ends with the annotation', async () => {
    start(BOX.configMap);
    engine.edit(paused);
    await engine.pass();
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a/status']);
    expect(engine.condition('Paused')).toMatchObject({ status: 'True' });
    engine.edit({ metadata: { annotations: null } });
    await engine.pass();
    expect(engine.condition('Paused')).toBeUndefined();
    expect(engine.childNames).toEqual(['configmaps default/a-content']);
  });
});

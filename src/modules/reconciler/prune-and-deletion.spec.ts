// Engine contract §3: prune, finalizers, ordered deletion.
import { FINALIZER } from '../common';
import { type KubeObject } from '../kube';
import { BOX, compileBox, EngineHarness, fails, KEY, mergePatch, refusal } from './testing';

const CONTENT = 'configmaps default/a-content';
const DELETED = '2026-01-01T00:00:00Z';
const HIDDEN = `        onReconcile:
          configMaps:
            - name: "{{ .metadata.name }}-content"
              when: [{ field: spec.message, notEquals: hidden }]
              data: { index.html: "{{ .spec.message }}" }
            - { name: other, data: { a: b } }
`;
let engine: EngineHarness;

async function settled(box: string, crd?: string): Promise<void> {
  engine = new EngineHarness(compileBox(box, crd));
  engine.cr();
  await engine.settle();
}

/** The CR is on its way out. */
function dying(change: Parameters<EngineHarness['edit']>[0] = {}): void {
  engine.edit({ metadata: { deletionTimestamp: DELETED, ...(change['metadata'] as object | undefined) } });
}

describe('prune', () => {
  it('deletes the child of a condition that turned false, with its uid', async () => {
    await settled(HIDDEN);
    engine.edit({ spec: { message: 'hidden' } });
    await engine.pass();
    expect(engine.api.calls[0]).toMatchObject({
      verb: 'delete',
      what: CONTENT,
      how: { uid: 'uid-of-a-content', propagation: 'Background' },
    });
    expect(engine.activities).toMatchObject([{ action: 'deleted', what: CONTENT }]);
    expect(engine.childNames).toEqual(['configmaps default/other']);
  });

  it('deletes the children of an entry that left the Katalog', async () => {
    await settled(BOX.website);
    engine.restart(compileBox(BOX.configMap));
    await engine.pass();
    expect(engine.activities.map(({ action, what }) => `${action} ${what}`)).toEqual([
      'pruned deployments default/a',
      'pruned services default/a',
      'ready ',
    ]);
  });

  it('waits until the pass knew everything: not with an error, not with something pending', async () => {
    await settled(BOX.website);
    const broken = BOX.configMap.replace('.spec.message', 'index .spec.message 1 2');
    engine.restart(compileBox(broken));
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a/status']);
    engine.restart(compileBox(BOX.configMap.replace('data: {', 'fromConfigMap: base\n              data: {')));
    await engine.pass();
    expect(engine.api.take().filter((call) => call.startsWith('delete'))).toEqual([]);
    expect(engine.childNames).toHaveLength(3);
  });

  it('waits when a write of the same pass failed', async () => {
    await settled(BOX.website);
    engine.restart(compileBox(BOX.configMap.replace('index.html', 'start.html')));
    engine.api.once('apply', 'configmaps', fails(refusal(422, 'Invalid')));
    await engine.pass();
    expect(engine.childNames).toHaveLength(3);
  });

  it('keeps the children of a block whose conditions are false', async () => {
    await settled(HIDDEN);
    engine.restart(
      compileBox(
        HIDDEN.replace('onReconcile:\n', 'onReconcile:\n          when: [{ field: spec.message, equals: never }]\n'),
      ),
    );
    await engine.pass();
    expect(engine.childNames).toHaveLength(2);
    expect(engine.api.take()).toEqual([]);
  });

  it('keeps the child of a declared onCreate entry whose condition turned false', async () => {
    await settled(HIDDEN.replace('onReconcile', 'onCreate'));
    engine.edit({ spec: { message: 'hidden' } });
    await engine.pass();
    expect(engine.childNames).toHaveLength(2);
  });

  it('keeps what a removed entry had asked to retain, and says so', async () => {
    const box = compileBox(HIDDEN.replace('{ name: other,', '{ name: other, deletionPolicy: retain,'));
    engine = new EngineHarness(box);
    engine.cr();
    await engine.settle();
    engine.retained.add(box.onReconcile.entries.find(({ name }) => name.source === 'other')!.id);
    engine.restart(compileBox(BOX.configMap));
    await engine.pass();
    expect(engine.childNames).toContain('configmaps default/other');
    expect(engine.condition('Degraded')).toMatchObject({ reason: 'ChildrenRetained' });
    expect(engine.condition('Degraded')?.['message']).toContain('configmaps default/other');
    expect(engine.condition('Ready')).toMatchObject({ status: 'True' });
  });

  it('forgets a deleted child also when the server answers with it, as it does for Services', async () => {
    await settled(HIDDEN);
    const before = engine.child('configmaps', 'default/a-content');
    engine.edit({ spec: { message: 'hidden' } });
    engine.api.once('delete', 'configmaps', () => before);
    await engine.pass();
    expect(engine.childNames).toEqual(['configmaps default/other']);
    engine.edit({ spec: { message: 'shown' } });
    await engine.pass();
    expect(engine.childNames).toHaveLength(2);
  });

  it('does not bring a child back from the dead when the watch told its end before the answer came', async () => {
    await settled(HIDDEN);
    const dying = { metadata: { deletionTimestamp: DELETED } };
    engine.edit({ spec: { message: 'hidden' } });
    engine.api.once('delete', 'configmaps', () => {
      const left = mergePatch(engine.child('configmaps', 'default/a-content'), dying) as unknown as KubeObject;
      engine.removeChild('configmaps', 'default/a-content');
      return left;
    });
    await engine.pass();
    expect(engine.childNames).toEqual(['configmaps default/other']);
  });

  it('looks again when the object was replaced in the meantime', async () => {
    await settled(HIDDEN);
    engine.edit({ spec: { message: 'hidden' } });
    const another = mergePatch(engine.child('configmaps', 'default/a-content'), { metadata: { uid: 'another' } });
    engine.api.once('delete', 'configmaps', fails(refusal(409, 'Conflict')));
    engine.api.once('get', 'configmaps', () => another as unknown as KubeObject);
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    expect(engine.child('configmaps', 'default/a-content').metadata.uid).toBe('another');
  });
});

describe('the finalizer', () => {
  const BEYOND = BOX.configMap.replace('data:', 'namespace: other\n              data:');

  it('is not written when garbage collection finds every child', async () => {
    await settled(BOX.website);
    expect(engine.currentCr.metadata.finalizers).toBeUndefined();
  });

  it('stands before the first child that needs it', async () => {
    engine = new EngineHarness(compileBox(BEYOND));
    engine.cr({ metadata: { finalizers: ['example.org/foreign'] } });
    await engine.pass();
    expect(engine.api.take().slice(0, 2)).toEqual(['patch websites default/a', 'apply configmaps other/a-content']);
    expect(engine.currentCr.metadata.finalizers).toEqual(['example.org/foreign', FINALIZER]);
    expect(engine.child('configmaps', 'other/a-content').metadata.ownerReferences).toBeUndefined();
  });

  it('is never written on a CR that is being deleted', async () => {
    engine = new EngineHarness(compileBox(BEYOND));
    engine.cr({ metadata: { deletionTimestamp: DELETED } });
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(engine.api.take()).toEqual([]);
  });

  it('goes from living CRs when nothing needs it any more, but only after the last such child', async () => {
    await settled(BEYOND);
    engine.restart(compileBox(BOX.configMap));
    await engine.pass();
    expect(engine.currentCr.metadata.finalizers).toEqual([FINALIZER]);
    expect(engine.childNames).toEqual([CONTENT]);
    await engine.pass();
    expect(engine.currentCr.metadata.finalizers).toEqual([]);
  });

  it('stays while a kind that was ever written cannot be seen', async () => {
    await settled(BEYOND);
    engine.restart(compileBox(BOX.configMap));
    engine.removeChild('configmaps', 'other/a-content');
    engine.unobserved = { kind: 'secrets', refusal: undefined };
    await engine.pass();
    await engine.pass();
    expect(engine.currentCr.metadata.finalizers).toEqual([FINALIZER]);
  });
});

describe('a CR on its way out', () => {
  const BEYOND = BOX.configMap.replace('data:', 'namespace: other\n              data:');

  it('loses what garbage collection cannot reach, then our finalizers, and keeps foreign ones', async () => {
    engine = new EngineHarness(compileBox(`        finalizers: [example.org/mine]\n${BEYOND}`));
    engine.cr({ metadata: { finalizers: ['example.org/foreign'] } });
    await engine.settle();
    dying();
    expect(await engine.pass()).toEqual({ type: 'done', wrote: true });
    expect(engine.api.take()).toEqual(['delete configmaps other/a-content', 'patch websites default/a']);
    expect(engine.currentCr.metadata.finalizers).toEqual(['example.org/foreign']);
    expect(engine.events.map(({ reason }) => reason)).toEqual(['Deleting', 'WebsiteDeleted']);
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
  });

  it('is not put back into the cache by the answer that ended it', async () => {
    await settled(BEYOND);
    dying();
    await engine.pass();
    expect(engine.currentCr.metadata.finalizers).toEqual([FINALIZER]);
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(engine.events).toHaveLength(2);
  });

  it('needs no template: one that fails now does not keep its children', async () => {
    await settled(BEYOND);
    dying();
    engine.restart(compileBox(BEYOND.replace('.spec.message', 'index .spec.message 1 2')));
    expect(await engine.pass()).toEqual({ type: 'done', wrote: true });
    expect(engine.childNames).toEqual([]);
  });

  it('waits for a cache that is not filled, and names a rule that is missing', async () => {
    await settled(BEYOND);
    dying();
    engine.unobserved = { kind: 'secrets', refusal: undefined };
    expect(await engine.pass()).toMatchObject({
      type: 'requeueAfter',
      reason: 'the cache of secrets is not filled yet',
    });
    engine.unobserved = { kind: 'secrets', refusal: 'needs a rule' };
    expect(await engine.pass()).toMatchObject({ type: 'failed', error: { code: 'RIGHTS_MISSING' } });
    expect(engine.api.take()).toEqual([]);
    expect(engine.events.at(-1)).toMatchObject({ type: 'Warning', reason: 'WebsiteDeleteError' });
  });

  it('is let go by the force-delete annotation whatever is left, with a Warning', async () => {
    await settled(BEYOND);
    dying({ metadata: { annotations: { 'orkestra.orkspace.io/force-delete': 'true' } } });
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a']);
    expect(engine.events.at(-1)).toMatchObject({ type: 'Warning', reason: 'WebsiteDeleted' });
    expect(engine.childNames).toHaveLength(1);
  });

  it('of a CRD that left the Katalog is all that its lane looks at', async () => {
    engine = new EngineHarness(compileBox(BEYOND), 'deletionOnly');
    engine.cr({ metadata: { finalizers: [FINALIZER] } });
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    dying();
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a']);
  });

  it('is tried again when it was changed meanwhile, without an Event', async () => {
    await settled(BEYOND);
    dying();
    engine.api.once('patch', 'websites', fails(refusal(409, 'Conflict')));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    expect(engine.events.map(({ reason }) => reason)).toEqual(['Deleting']);
  });
});

describe('ordered deletion', () => {
  const ORDERED = `${BOX.website.split('        status:')[0]}        onDelete:
          ordered: true
          timeout: 1m
          groups:
            - name: traffic
              services: [{ name: "{{ .metadata.name }}", port: 80 }]
            - name: pods
              deployments: [{ name: "{{ .metadata.name }}", image: any }]
`;

  it('takes one stage after the other, in the foreground, and waits without holding a worker', async () => {
    await settled(ORDERED);
    dying();
    const stays = (plural: string) => () => ({
      ...engine.child(plural, KEY),
      metadata: { ...engine.child(plural, KEY).metadata, deletionTimestamp: DELETED },
    });
    engine.api.once('delete', 'services', stays('services'));
    expect(await engine.pass()).toMatchObject({
      type: 'requeueAfter',
      ms: 3_000,
      reason: 'stage traffic: services default/a',
    });
    expect(engine.api.calls[0]).toMatchObject({ verb: 'delete', how: { uid: 'uid-of-a', propagation: 'Foreground' } });
    await engine.pass();
    expect(engine.api.take()).toEqual(['delete services default/a']);
    engine.removeChild('services', KEY);
    engine.api.once('delete', 'deployments', stays('deployments'));
    expect(await engine.pass()).toMatchObject({ reason: 'stage pods: deployments default/a' });
    engine.removeChild('deployments', KEY);
    engine.api.take();
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a']);
  });

  it('goes on at once when nothing of a stage is left', async () => {
    await settled(ORDERED);
    dying();
    await engine.pass();
    expect(engine.api.take()).toEqual([
      'delete services default/a',
      'delete deployments default/a',
      'patch websites default/a',
    ]);
  });

  it('says when it takes too long, and never lets the CR go while objects exist', async () => {
    await settled(ORDERED);
    engine.editChild('services', KEY, { metadata: { deletionTimestamp: DELETED } });
    dying();
    engine.clock.advance(61_000);
    expect(await engine.pass()).toMatchObject({
      type: 'failed',
      error: { code: 'DELETION_TIMEOUT', kind: 'Transient' },
    });
    expect(engine.events.at(-1)?.message).toBe('onDelete stage traffic: after 60 s still there: services default/a');
    expect(engine.currentCr.metadata.finalizers).toEqual([FINALIZER]);
  });

  it('is skipped when the conditions of the block are false; they can read children', async () => {
    const when = 'when: [{ field: children.service.metadata.name, equals: other }]';
    await settled(ORDERED.replace('ordered: true', `ordered: true\n          ${when}`));
    dying();
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a']);
    await settled(ORDERED.replace('ordered: true', `ordered: true\n          ${when.replace('other', 'a')}`));
    dying();
    await engine.pass();
    expect(engine.api.take()).toHaveLength(3);
  });
});

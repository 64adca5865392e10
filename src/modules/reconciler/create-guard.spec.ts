// Engine contract §2.1, §2.2, §2.5: no write without a guard.
import { FIELD_MANAGER, LABEL } from '../common';
import { type KubeObject } from '../kube';
import { BOX, compileBox, EngineHarness, fails, refusal } from './testing';

const CONTENT = 'default/a-content';
let engine: EngineHarness;

beforeEach(() => {
  engine = new EngineHarness(compileBox(BOX.configMap));
  engine.cr();
});

/** A ConfigMap of the name that the entry wants, as the API server shows it. */
function found(metadata: Partial<KubeObject['metadata']>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a-content', namespace: 'default', uid: 'uid-found', resourceVersion: '7', ...metadata },
  };
}

function ownedBy(uid: string, name = 'a', kind = 'Website'): Pick<KubeObject['metadata'], 'ownerReferences'> {
  return { ownerReferences: [{ apiVersion: 'demo.example.org/v1', kind, name, uid, controller: true }] };
}

function taken(object: KubeObject): void {
  engine.api.once('apply', 'configmaps', fails(refusal(409, 'Conflict')));
  engine.api.once('get', 'configmaps', () => object);
}

describe('the create guard', () => {
  it('creates by a forced apply of manager orkestra that is refused when the object exists', async () => {
    await engine.pass();
    const [create] = engine.api.calls;
    expect(create).toMatchObject({
      verb: 'apply',
      what: `configmaps ${CONTENT}`,
      how: { fieldManager: FIELD_MANAGER.children, force: true },
      body: { metadata: { resourceVersion: '1' } },
    });
    expect(create?.options.fence).toBeDefined();
  });

  it('sends the uid with every later apply, and no version', async () => {
    await engine.settle();
    engine.edit({ spec: { message: 'new' }, metadata: { generation: 2 } });
    await engine.pass();
    const { metadata } = engine.api.calls[0]!.body as unknown as KubeObject;
    expect(metadata.uid).toBe('uid-of-a-content');
    expect(metadata.resourceVersion).toBeUndefined();
  });

  it('takes what a write before a crash left for its own, without a second write', async () => {
    await engine.settle();
    const left = engine.child('configmaps', CONTENT);
    engine.removeChild('configmaps', CONTENT);
    engine.restart();
    // Written after what this cache has heard of.
    taken({ ...left, metadata: { ...left.metadata, resourceVersion: engine.api.nextVersion() } });
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter', reason: 'the cache is behind' });
    expect(engine.api.take()).toEqual([`apply configmaps ${CONTENT}`, `get configmaps ${CONTENT}`]);
    expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
    expect(engine.api.take()).toEqual([]);
  });

  it('labels an object of its own again that lost the label, so that caches show it', async () => {
    await engine.settle();
    const { labels: _labels, ...metadata } = engine.child('configmaps', CONTENT).metadata;
    engine.removeChild('configmaps', CONTENT);
    const bare = found({ ...metadata, resourceVersion: engine.api.nextVersion() });
    taken(bare);
    engine.api.once('patch', 'configmaps', ({ body }) => ({
      ...bare,
      metadata: { ...bare.metadata, labels: (body as unknown as KubeObject).metadata.labels! },
    }));
    await engine.pass();
    expect(engine.api.calls.at(-1)).toMatchObject({
      verb: 'patch',
      body: { metadata: { uid: bare.metadata.uid, labels: { [LABEL.managed]: 'true', [LABEL.ownerUid]: 'uid-a' } } },
    });
    expect(engine.child('configmaps', CONTENT).metadata.labels).toMatchObject({ [LABEL.managed]: 'true' });
  });

  it('looks again when the object was gone by the time of the question', async () => {
    engine.api.once('apply', 'configmaps', fails(refusal(409, 'Conflict')));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    expect(engine.events).toEqual([]);
  });

  it.each([
    ['of another controller', ownedBy('uid-x', 'other', 'Shop'), 'Shop other'],
    ['of another CR of this kind', ownedBy('uid-x', 'other'), 'Website other'],
    ['of nobody', {}, 'nobody that Orkestra knows'],
  ])('refuses to touch an object %s and names its owner', async (_name, owner, named) => {
    taken(found(owner));
    const outcome = await engine.pass();
    expect(outcome).toMatchObject({ type: 'failed', error: { code: 'NAME_COLLISION', kind: 'Conflict' } });
    expect(engine.condition('Ready')).toMatchObject({ status: 'False', reason: 'ReconcileError' });
    expect(engine.condition('Ready')?.['message']).toContain(`belongs to ${named}`);
    expect(engine.api.calls.filter(({ verb }) => verb === 'apply')).toHaveLength(1);
  });

  it.each([
    ['that is being deleted', { ...ownedBy('uid-a'), deletionTimestamp: '2026-01-01T00:00:00Z' }],
    ['of an earlier life of the CR', ownedBy('uid-before')],
  ])('waits for garbage collection of an object %s', async (_name, metadata) => {
    taken(found(metadata));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter' });
    expect(engine.condition('Ready')).toMatchObject({ status: 'False', reason: 'WaitingForGarbageCollection' });
    expect(engine.events).toEqual([]);
  });

  it('decides from the cache, without a request, when the cache knows the object', async () => {
    engine.putChild('configmaps', found({ ...ownedBy('uid-before'), labels: { [LABEL.managed]: 'true' } }));
    await engine.pass();
    expect(engine.api.take()).toEqual(['patch websites default/a/status']);
    expect(engine.condition('Ready')).toMatchObject({ reason: 'WaitingForGarbageCollection' });
  });

  it.each([
    ['is gone', refusal(409, 'Conflict')],
    ['was replaced', refusal(422, 'Invalid', [{ field: 'metadata.uid' }])],
  ])('looks again when the object of a later apply %s', async (_name, error) => {
    await engine.settle();
    engine.edit({ spec: { message: 'new' } });
    engine.api.once('apply', 'configmaps', fails(error));
    expect(await engine.pass()).toMatchObject({ type: 'requeueAfter', reason: 'the cache is behind' });
    expect(engine.events).toEqual([]);
  });

  it('puts the kind into the inventory before the first write of it', async () => {
    engine.knowsKinds = false;
    await engine.pass();
    expect(engine.inventoried).toEqual(['configmaps']);
  });

  it('recognises children of an earlier life of a cluster-scoped CR in any namespace', async () => {
    const box = compileBox(
      '        onReconcile:\n          configMaps:\n            - { name: content, namespace: web, data: { a: b } }\n',
      '      namespaced: false\n',
    );
    engine = new EngineHarness(box);
    engine.cr({ metadata: { namespace: null } });
    const earlier = {
      ...ownedBy('uid-before'),
      name: 'content',
      namespace: 'web',
      labels: { [LABEL.managed]: 'true' },
    };
    engine.putChild('configmaps', found(earlier));
    expect(await engine.pass('a')).toMatchObject({
      type: 'requeueAfter',
      reason: expect.stringContaining('earlier life'),
    });
  });
});

// Kinds of which a part never changes: another object takes the place of the one that is there.
import { BOX, compileBox, EngineHarness, fails, refusal } from './testing';

const POD = 'default/a-pod';
const FORBIDDEN = { field: 'spec', reason: 'FieldValueForbidden' };
let engine: EngineHarness;

beforeEach(async () => {
  engine = new EngineHarness(
    compileBox(`        onReconcile:
          pods:
            - image: "{{ .spec.image }}"
              command: ["{{ .spec.message }}"]
`),
  );
  engine.cr();
  await engine.settle();
  engine.edit({ spec: { message: 'new' } });
});

it('deletes a Pod whose change the server forbids, with its uid, and makes it anew', async () => {
  const { uid } = engine.child('pods', POD).metadata;
  engine.api.once('apply', 'pods', fails(refusal(422, 'Invalid', [FORBIDDEN])));
  expect(await engine.pass()).toMatchObject({ type: 'requeueAfter', reason: 'the cache is behind' });
  expect(engine.api.calls.at(-1)).toMatchObject({ verb: 'delete', what: `pods ${POD}`, how: { uid } });
  engine.api.take();
  await engine.pass();
  expect(engine.api.take()).toContain(`apply pods ${POD}`);
  const { metadata, spec } = engine.child('pods', POD) as unknown as { metadata: { uid: string }; spec: object };
  expect(metadata.uid).not.toBe(uid);
  expect(spec).toMatchObject({ containers: [{ command: ['new'] }] });
});

it('waits while the old Pod is on its way out', async () => {
  const live = engine.child('pods', POD);
  engine.api.once('apply', 'pods', fails(refusal(422, 'Invalid', [FORBIDDEN])));
  engine.api.once('delete', 'pods', () => ({
    ...live,
    metadata: {
      ...live.metadata,
      deletionTimestamp: '2026-01-01T00:00:00Z',
      resourceVersion: engine.api.nextVersion(),
    },
  }));
  await engine.pass();
  await engine.pass();
  expect(engine.condition('Ready')).toMatchObject({ status: 'False', reason: 'WaitingForGarbageCollection' });
});

it('deletes nothing when the server would refuse a new one as well', async () => {
  const causes = [FORBIDDEN, { field: 'spec.containers[0].image', reason: 'FieldValueRequired' }];
  engine.api.once('apply', 'pods', fails(refusal(422, 'Invalid', causes)));
  expect(await engine.pass()).toMatchObject({ type: 'failed' });
  expect(engine.api.take().filter((call) => call.startsWith('delete'))).toEqual([]);
});

it('deletes nothing of a kind that says nothing of it', async () => {
  engine = new EngineHarness(compileBox(BOX.configMap));
  engine.cr();
  await engine.settle();
  engine.edit({ spec: { message: 'new' } });
  engine.api.once('apply', 'configmaps', fails(refusal(422, 'Invalid', [FORBIDDEN])));
  expect(await engine.pass()).toMatchObject({ type: 'failed' });
  expect(engine.api.take().filter((call) => call.startsWith('delete'))).toEqual([]);
});

// Engine contract §2.4: an autoscaler of the box owns the replicas of its workload from its first change on.
import { compileBox, EngineHarness } from './testing';

const WEB = 'default/a';

const box = (hpa: string): ReturnType<typeof compileBox> =>
  compileBox(`        onReconcile:
          deployments:
            - { name: "{{ .metadata.name }}", image: "{{ .spec.image }}", replicas: "{{ .spec.replicas }}" }
${hpa}`);

const WITHOUT = box('');
const WITH = box(`          hpa:
            - { minReplicas: 2, maxReplicas: 9 }
`);
const OF_ANOTHER = box(`          hpa:
            - { scaleTargetRef: { kind: StatefulSet, name: "{{ .metadata.name }}" }, maxReplicas: 9 }
`);

async function settled(crd = WITH): Promise<EngineHarness> {
  const engine = new EngineHarness(crd);
  engine.cr();
  await engine.settle();
  await engine.settle();
  return engine;
}

const replicasOf = (engine: EngineHarness): unknown =>
  (engine.child('deployments', WEB)['spec'] as { replicas?: number }).replicas;

it('targets the workload of the box, which is made with the declared number', async () => {
  const engine = await settled();
  expect(engine.child('horizontalpodautoscalers', 'default/a-hpa')['spec']).toMatchObject({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
  });
  expect(replicasOf(engine)).toBe(2);
});

it('an autoscaler that is added later never lowers what runs', async () => {
  const engine = await settled(WITHOUT);
  engine.editChild('deployments', WEB, { spec: { replicas: 7 } });
  engine.restart(WITH);
  await engine.pass();
  await engine.pass();
  expect(replicasOf(engine)).toBe(7);
  engine.api.take();
  expect(await engine.pass()).toEqual({ type: 'done', wrote: false });
});

it('keeps the live number through other changes, until the scaler owns it', async () => {
  const engine = await settled();
  engine.editChild('deployments', WEB, { spec: { replicas: 5 } });
  engine.edit({ spec: { image: 'nginx:2' } });
  await engine.pass();
  const sent = engine.api.calls.find(({ what }) => what === `deployments ${WEB}`)?.body;
  expect(sent).toMatchObject({ spec: { replicas: 5 } });
  const scaler = { manager: 'kube-controller-manager', operation: 'Update', subresource: 'scale' };
  engine.editChild('deployments', WEB, { metadata: { managedFields: [scaler] }, spec: { replicas: 6 } });
  engine.api.calls.length = 0;
  await engine.pass();
  const last = engine.api.calls.find(({ what }) => what === `deployments ${WEB}`)?.body;
  expect(last?.['spec']).not.toHaveProperty('replicas');
});

it.each([
  ['no autoscaler', WITHOUT],
  ['an autoscaler of something else', OF_ANOTHER],
])('with %s the declared number counts', async (_name, crd) => {
  const engine = await settled(crd);
  engine.editChild('deployments', WEB, { spec: { replicas: 7 } });
  await engine.pass();
  expect(replicasOf(engine)).toBe(2);
});

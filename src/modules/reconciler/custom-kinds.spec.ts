// Entries that name their kind: what a pass does while nobody serves it, and what the scope that the API server tells
// means for an entry.
import { FINALIZER } from '../common';
import { type ResourceType } from '../kube';
import { type KindState } from './reconciler.types';
import { compileBox, EngineHarness } from './testing';

const WIDGETS: ResourceType = {
  group: 'acme.io',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
};

function box(more: string, metadata = 'name: "{{ .metadata.name }}-w"'): string {
  return `        onReconcile:
          configMaps: [{ name: "{{ .metadata.name }}-map", data: { a: b } }]
          custom:
            - { apiVersion: acme.io/v1, kind: Widget, metadata: { ${metadata} }, spec: { n: "{{ .spec.replicas }}" }${more} }
`;
}

function harness(served: KindState, text = box('')): EngineHarness {
  const made = new EngineHarness(compileBox(text));
  made.servedKinds.set('Widget', served);
  if (served.state === 'served') made.openKind(served.resource);
  made.cr();
  return made;
}

const SERVED: KindState = { state: 'served', resource: WIDGETS };
const CLUSTER: KindState = { state: 'served', resource: { ...WIDGETS, namespaced: false } };

it.each<[KindState, string]>([
  [{ state: 'absent' }, 'the API server serves no acme.io/v1, Kind=Widget yet: its CRD has to be installed'],
  [{ state: 'loading' }, 'the API server is asked for acme.io/v1, Kind=Widget'],
  [{ state: 'loading', problem: 'no answer' }, 'the API server is asked for acme.io/v1, Kind=Widget: no answer'],
])('%j: the pass waits, and makes the other children', async (state, message) => {
  const engine = harness(state);
  const outcome = await engine.pass();
  expect(outcome).toMatchObject({ type: 'requeueAfter', ms: 30_000 });
  expect(engine.condition('Ready')).toMatchObject({ status: 'False', reason: 'WaitingForKind' });
  expect(String(engine.condition('Ready')?.['message'])).toContain(message);
  expect(engine.childNames).toEqual(['configmaps default/a-map']);
});

it('nothing is pruned while a kind is waited for', async () => {
  const engine = harness(SERVED);
  await engine.settle();
  engine.servedKinds.set('Widget', { state: 'absent' });
  engine.restart(compileBox(box('').replace('-map', '-other')));
  await engine.pass();
  expect(engine.childNames).toContain('configmaps default/a-map');
});

it('an object is made in the namespace of the resource, and belongs to it', async () => {
  const engine = harness(SERVED);
  await engine.pass();
  expect(engine.child('widgets', 'default/a-w')).toMatchObject({
    apiVersion: 'acme.io/v1',
    kind: 'Widget',
    metadata: { ownerReferences: [{ uid: 'uid-a', controller: true }] },
    spec: { n: 2 },
  });
  expect(engine.currentCr.metadata.finalizers).toBeUndefined();
  expect(engine.condition('Ready')).toMatchObject({ status: 'True' });
});

it('an object without namespace has no owner; the finalizer stands before it is made', async () => {
  const engine = harness(CLUSTER);
  await engine.pass();
  expect(engine.child('widgets', 'a-w').metadata.ownerReferences).toBeUndefined();
  expect(engine.currentCr.metadata.finalizers).toEqual([FINALIZER]);
  expect(engine.api.take()[0]).toBe('patch websites default/a');
});

it.each([
  [CLUSTER, box('', 'name: w, namespace: default'), 'is cluster-scoped: leave metadata.namespace out'],
  [CLUSTER, box(', namespaced: true'), 'is cluster-scoped: write namespaced: false'],
  [SERVED, box(', namespaced: false'), 'is namespaced: write namespaced: true'],
])('what an entry says of the scope is held against it', async (state, text, message) => {
  const engine = harness(state, text);
  expect(await engine.pass()).toMatchObject({ type: 'failed', error: { code: 'SCOPE_DIFFERS' } });
  expect(String(engine.condition('Ready')?.['message'])).toContain(`acme.io/v1, Kind=Widget ${message}`);
});

it('an object of which nobody waits for a status does not make the resource unready', async () => {
  const engine = harness(SERVED, box(', hasStatus: false'));
  await engine.settle();
  engine.editChild('widgets', 'default/a-w', { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
  await engine.pass();
  expect(engine.condition('Ready')).toMatchObject({ status: 'True' });
});

it('a Deployment of a custom entry is no Deployment of the other list', async () => {
  const engine = new EngineHarness(
    compileBox(`        onReconcile:
          deployments: [{ name: "{{ .metadata.name }}-one", image: "a:1" }]
          custom:
            - apiVersion: apps/v1
              kind: Deployment
              metadata: { name: "{{ .metadata.name }}-two" }
              spec: { selector: { matchLabels: { a: b } }, template: { spec: { containers: [] } } }
        status:
          fields:
            - { path: own, value: "{{ range $name, $one := .children.deployments }}{{ $name }} {{ end }}" }
            - { path: any, value: "{{ range $name, $one := .children.customs }}{{ $name }} {{ end }}" }
`),
  );
  engine.cr();
  await engine.pass();
  await engine.pass();
  expect(engine.currentCr['status']).toMatchObject({ own: 'a-one', any: 'a-two' });
});

// Children of any kind, whose CRDs come and go while the operator runs.
import { FINALIZER, LABEL } from '../../src/modules/common';
import { CUSTOM_RESOURCE_DEFINITIONS, type KubeObject, type ResourceType } from '../../src/modules/kube';
import { eventually } from '../kube/support/eventually';
import { find } from '../kube/support/find';
import { Stage } from '../kube/support/stage';
import { CRD_MANIFEST, type Websites, WEBSITES } from '../kube/support/websites';
import { SandboxPlane } from './support/sandbox-plane';

jest.setTimeout(60_000);

const GADGETS = typeOf('Gadget', 'gadgets', true);
const REALMS = typeOf('Realm', 'realms', false);

function typeOf(kind: string, plural: string, namespaced: boolean): ResourceType {
  return { group: 'acme.example.org', version: 'v1', kind, plural, namespaced };
}

function definition({ group, kind, plural, namespaced }: ResourceType): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${plural}.${group} }
spec:
  group: ${group}
  scope: ${namespaced ? 'Namespaced' : 'Cluster'}
  names: { kind: ${kind}, plural: ${plural}, singular: ${kind.toLowerCase()} }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema:
        openAPIV3Schema:
          type: object
          x-kubernetes-preserve-unknown-fields: true
          properties:
            spec:
              type: object
              x-kubernetes-preserve-unknown-fields: true
              properties: { size: { type: integer, default: 1 }, level: { type: string, default: low } }
`;
}

const entry = (kind: string, metadata: string, ...more: readonly string[]): string =>
  [`            - apiVersion: acme.example.org/v1`, `kind: ${kind}`, `metadata: { ${metadata} }`, ...more].join(
    '\n              ',
  );

const GADGET = entry(
  'Gadget',
  'name: "{{ .metadata.name }}-gadget", labels: { tier: web }',
  'spec: { size: "{{ .spec.replicas }}", text: "{{ .spec.message }}" }',
  'when: [{ field: spec.image, notEquals: "none" }]',
);
const FAR = entry('Gadget', 'name: "{{ .metadata.name }}-far", namespace: kube-system', 'spec: { size: 5 }');
const REALM = entry('Realm', 'name: "{{ .metadata.name }}-realm"', 'rules: [{ a: "{{ .metadata.name }}" }]');

function katalog(...entries: readonly string[]): string {
  return [
    'apiVersion: orkestra.orkspace.io/v1',
    'kind: Katalog',
    'metadata: { name: any-kind }',
    'spec:',
    '  crds:',
    '    website:',
    '      crdFile: ../crd.yaml',
    '      operatorBox:',
    '        reconciler: { resync: 1s }',
    '        onReconcile:',
    '          configMaps: [{ name: "{{ .metadata.name }}-map", data: { a: b } }]',
    '          custom:',
    ...entries,
    '        status:',
    '          fields:',
    '            - { path: phase, value: "{{ .children.custom.status.phase }}" }',
    '',
  ].join('\n');
}

let plane: SandboxPlane;
let stage: Stage;
let websites: Websites;

beforeAll(async () => {
  plane = await SandboxPlane.start({ runsWorkloads: true, manifests: [CRD_MANIFEST] });
  stage = new Stage(plane, katalog(GADGET));
  ({ websites } = stage);
  await websites.install();
  await stage.start();
});

afterAll(async () => {
  await stage?.stop();
  await plane?.stop();
});

const gadget = (name: string, namespace = 'default'): Promise<KubeObject | undefined> =>
  find(plane, { resource: GADGETS, namespace, name });
const realm = (name: string): Promise<KubeObject | undefined> => find(plane, { resource: REALMS, name });
const specOf = async (name: string): Promise<unknown> => (await gadget(name))?.['spec'];

async function gone(what: string, look: () => Promise<KubeObject | undefined>): Promise<void> {
  await eventually(`${what} is gone`, async () => (await look()) === undefined);
}

it('a kind that nobody serves yet holds up no other child, and says what is missing', async () => {
  await websites.create('a');
  const message = 'the API server serves no acme.example.org/v1, Kind=Gadget yet';
  await eventually('it says so', async () => {
    return String((await websites.condition('a', 'False', 'WaitingForKind'))['message']).includes(message);
  });
  const configMaps = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
  expect(await websites.find(configMaps, 'a-map')).toBeDefined();
});

it('is made as soon as its CRD is there, with labels, owner and values of their types', async () => {
  const began = performance.now();
  await plane.applyText(definition(GADGETS));
  await websites.condition('a', 'True');
  expect(performance.now() - began).toBeLessThan(5_000);
  const made = await gadget('a-gadget');
  const uid = (await websites.get('a'))?.metadata.uid;
  expect(made).toMatchObject({
    metadata: { labels: { tier: 'web', [LABEL.ownerUid]: uid }, ownerReferences: [{ uid, kind: 'Website' }] },
    spec: { size: 2, text: '<h1>a</h1>', level: 'low' },
  });
  await stage.expectRest();
});

it('follows the resource, and is corrected when somebody edits it', async () => {
  await websites.patch('a', { spec: { replicas: 3 } });
  await eventually(
    'three',
    async () => (await specOf('a-gadget')) !== undefined && sizeOf(await specOf('a-gadget')) === 3,
  );
  const ref = { resource: GADGETS, namespace: 'default', name: 'a-gadget' };
  await plane.api.patch(ref, { type: 'merge', body: { spec: { size: 9, level: 'high' } } });
  await eventually('three again', async () => sizeOf(await specOf('a-gadget')) === 3);
  // What the entry doesn't say is none of its business.
  expect(await specOf('a-gadget')).toMatchObject({ level: 'high' });
  await plane.api.delete(ref, {});
  await eventually('made again', async () => sizeOf(await specOf('a-gadget')) === 3);
});

it('is waited for until it is ready, and seen by status fields', async () => {
  const ref = { resource: GADGETS, namespace: 'default', name: 'a-gadget' };
  const status = (ready: string) => ({ phase: 'Made', conditions: [{ type: 'Ready', status: ready }] });
  await plane.api.patch(ref, { type: 'merge', body: { status: status('False') }, subresource: 'status' });
  const { message } = await websites.condition('a', 'False', 'ChildrenNotReady');
  expect(message).toContain('gadgets.acme.example.org default/a-gadget is not ready');
  await plane.api.patch(ref, { type: 'merge', body: { status: status('True') }, subresource: 'status' });
  await websites.condition('a', 'True');
  await eventually('the phase is passed on', async () => {
    return ((await websites.get('a'))?.['status'] as { phase?: string } | undefined)?.phase === 'Made';
  });
});

it('is written by nobody at rest, nor by the next runtime', async () => {
  // What it has still to tell of its own work.
  await stage.stop();
  const mark = Date.now();
  await stage.start();
  await stage.expectRest();
  expect(stage.writesSince(mark)).toEqual([]);
});

it('goes when its condition falls away, and comes back with it', async () => {
  await websites.patch('a', { spec: { image: 'none' } });
  await gone('the gadget', () => gadget('a-gadget'));
  await websites.patch('a', { spec: { image: 'nginx:1.27' } });
  await eventually('it is back', async () => (await gadget('a-gadget')) !== undefined);
});

it('waits again when its CRD goes, and comes back with it', async () => {
  const crd = { resource: CUSTOM_RESOURCE_DEFINITIONS, name: 'gadgets.acme.example.org' };
  await plane.api.delete(crd, {});
  await websites.condition('a', 'False', 'WaitingForKind');
  await gone('the CRD', () => find(plane, crd));
  await plane.applyText(definition(GADGETS));
  await eventually('the gadget is back', async () => (await gadget('a-gadget')) !== undefined);
  await websites.condition('a', 'True');
});

describe('what garbage collection does not reach', () => {
  it('has no owner, and the resource a finalizer before it is made', async () => {
    // The scope is not known when the operator starts.
    await stage.restart(katalog(FAR, REALM));
    await websites.condition('a', 'False', 'WaitingForKind');
    await plane.applyText(definition(REALMS));
    await websites.condition('a', 'True');
    const uid = (await websites.get('a'))?.metadata.uid;
    for (const made of [await gadget('a-far', 'kube-system'), await realm('a-realm')]) {
      expect(made?.metadata.ownerReferences).toBeUndefined();
      expect(made?.metadata.labels?.[LABEL.ownerUid]).toBe(uid);
    }
    expect((await realm('a-realm'))?.['rules']).toEqual([{ a: 'a' }]);
    expect((await websites.get('a'))?.metadata.finalizers).toEqual([FINALIZER]);
    // Its entry left the Katalog.
    await gone('the gadget', () => gadget('a-gadget'));
  });

  it('goes with the resource', async () => {
    await websites.delete('a');
    await gone('the resource', () => find(plane, { resource: WEBSITES, namespace: 'default', name: 'a' }));
    expect([await gadget('a-far', 'kube-system'), await realm('a-realm')]).toEqual([undefined, undefined]);
  });
});

function sizeOf(spec: unknown): unknown {
  return (spec as { readonly size?: unknown } | undefined)?.size;
}

// The controllers over a running sandbox, by direct calls: what happens to objects that nobody touches.
import { type JsonObject, jsonText } from '../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef, type ResourceType } from '../../kube';
import { startSandbox } from '../sandbox';
import { type RunningSandbox } from '../sandbox.types';

const CONFIG_MAPS = { group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
const NAMESPACES = { group: '', version: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };
const PODS = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };
const DEPLOYMENTS = { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true };
const CRDS = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};
const WEBSITES = { group: 'example.com', version: 'v1', kind: 'Website', plural: 'websites', namespaced: true };

let sandbox: RunningSandbox;
let api: KubeApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  ({ api } = sandbox);
});

afterAll(() => sandbox.stop());

const at = (resource: ResourceType, name: string, namespace = 'default'): ObjectRef =>
  resource.namespaced ? { resource, namespace, name } : { resource, name };

const DEADLINE_MS = 4_000;

/**
 * Resolves with the first state of the object that fits; undefined is the state of one that is gone. Rejects with the last
 * state when none did.
 */
async function until(
  ref: ObjectRef,
  fits: (object: KubeObject | undefined) => boolean,
): Promise<KubeObject | undefined> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = await api.get(ref).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (fits(found)) return found;
    if (performance.now() > deadline) throw new Error(`${ref.name} stays ${jsonText(found ?? null)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const isGone = (object: KubeObject | undefined): boolean => object === undefined;

async function configMap(name: string, owner?: KubeObject, more: JsonObject = {}): Promise<KubeObject> {
  const references =
    owner === undefined
      ? []
      : [{ apiVersion: 'v1', kind: owner.kind, name: owner.metadata.name, uid: owner.metadata.uid!, ...more }];
  return api.create(CONFIG_MAPS, 'default', { metadata: { name, ownerReferences: references } });
}

describe('the garbage collector', () => {
  it('takes dependents along in the background, over generations', async () => {
    const owner = await configMap('bg-owner');
    const child = await configMap('bg-child', owner);
    await configMap('bg-grandchild', child);
    expect(await api.delete(at(CONFIG_MAPS, 'bg-owner'), { propagation: 'Background' })).toBeUndefined();
    await until(at(CONFIG_MAPS, 'bg-grandchild'), isGone);
    await until(at(CONFIG_MAPS, 'bg-child'), isGone);
  });

  it('lets an owner that goes in the foreground wait for dependents that block it', async () => {
    const owner = await configMap('fg-owner');
    const child = await configMap('fg-child', owner, { blockOwnerDeletion: true });
    const held = { metadata: { finalizers: ['example.com/hold'] } };
    await api.patch(at(CONFIG_MAPS, 'fg-child'), { type: 'merge', body: held });
    await api.delete(at(CONFIG_MAPS, 'fg-owner'), { propagation: 'Foreground' });
    const dying = await until(
      at(CONFIG_MAPS, 'fg-child'),
      (object) => object?.metadata.deletionTimestamp !== undefined,
    );
    expect(dying?.metadata.uid).toBe(child.metadata.uid);
    expect((await api.get(at(CONFIG_MAPS, 'fg-owner'))).metadata.finalizers).toEqual(['foregroundDeletion']);
    await api.patch(at(CONFIG_MAPS, 'fg-child'), { type: 'merge', body: { metadata: { finalizers: null } } });
    await until(at(CONFIG_MAPS, 'fg-owner'), isGone);
  });

  it('leaves orphans without their owner', async () => {
    const owner = await configMap('or-owner');
    await configMap('or-child', owner);
    await api.delete(at(CONFIG_MAPS, 'or-owner'), { propagation: 'Orphan' });
    await until(at(CONFIG_MAPS, 'or-owner'), isGone);
    expect((await api.get(at(CONFIG_MAPS, 'or-child'))).metadata.ownerReferences ?? []).toEqual([]);
  });

  it('removes what names an owner that was never there, and only the dead of several owners', async () => {
    const living = await configMap('two-living');
    const dead = { ...living, metadata: { ...living.metadata, name: 'never', uid: 'never' } };
    await configMap('absent-child', dead);
    await until(at(CONFIG_MAPS, 'absent-child'), isGone);
    const { uid, name } = living.metadata;
    const reference = { apiVersion: 'v1', kind: 'ConfigMap' };
    const ownerReferences = [
      { ...reference, name, uid: uid! },
      { ...reference, name: 'never', uid: 'never' },
    ];
    await api.create(CONFIG_MAPS, 'default', { metadata: { name: 'two-child', ownerReferences } });
    const child = await until(at(CONFIG_MAPS, 'two-child'), (object) => object?.metadata.ownerReferences?.length === 1);
    expect(child?.metadata.ownerReferences?.[0]?.uid).toBe(uid);
  });

  it('looks for an owner in the namespace of its dependent only', async () => {
    const owner = await configMap('far-owner');
    const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'far-owner', uid: owner.metadata.uid! };
    const metadata = { name: 'far-child', ownerReferences: [reference] };
    await api.create(CONFIG_MAPS, 'kube-public', { metadata });
    await until(at(CONFIG_MAPS, 'far-child', 'kube-public'), isGone);
    expect((await api.get(at(CONFIG_MAPS, 'far-owner'))).metadata.uid).toBe(owner.metadata.uid);
  });
});

it('a namespace goes when its content is gone, and says what it waits for', async () => {
  await api.create(NAMESPACES, undefined, { metadata: { name: 'dying' } });
  const metadata = { name: 'held', finalizers: ['example.com/hold'] };
  await api.create(CONFIG_MAPS, 'dying', { metadata });
  await api.create(CONFIG_MAPS, 'dying', { metadata: { name: 'free' } });
  await api.delete(at(NAMESPACES, 'dying'), {});
  const waiting = await until(at(NAMESPACES, 'dying'), (object) => {
    const { conditions } = object!['status'] as { conditions?: readonly JsonObject[] };
    return conditions !== undefined;
  });
  const conditions = (waiting!['status'] as { conditions: readonly JsonObject[] }).conditions;
  const told = Object.fromEntries(conditions.map(({ type, message }) => [type as string, message]));
  expect(told).toMatchObject({
    NamespaceContentRemaining: 'Some resources are remaining: configmaps. has 1 resource instances',
    NamespaceFinalizersRemaining:
      'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
  });
  await api.patch(at(CONFIG_MAPS, 'held', 'dying'), { type: 'merge', body: { metadata: { finalizers: null } } });
  await until(at(NAMESPACES, 'dying'), isGone);
});

describe('a Deployment', () => {
  const spec = (image: string, replicas = 3): JsonObject => ({
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
  });
  const isComplete =
    (generation: number) =>
    (object: KubeObject | undefined): boolean => {
      const status = object!['status'] as JsonObject;
      const wanted = (object!['spec'] as JsonObject)['replicas'];
      return (
        status['observedGeneration'] === generation &&
        ['replicas', 'updatedReplicas', 'availableReplicas'].every((member) => status[member] === wanted)
      );
    };

  it('rolls out, changes its template, and takes its pods along', async () => {
    const ref = at(DEPLOYMENTS, 'web');
    const metadata = { name: 'web' };
    await api.create(DEPLOYMENTS, 'default', { metadata, spec: spec('nginx:1') });
    await until(ref, isComplete(1));
    await api.patch(ref, { type: 'merge', body: { spec: spec('nginx:2') } });
    const done = await until(ref, isComplete(2));
    const { conditions } = done!['status'] as { conditions: readonly JsonObject[] };
    expect(conditions.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Available', 'True', 'MinimumReplicasAvailable'],
      ['Progressing', 'True', 'NewReplicaSetAvailable'],
    ]);
    expect(done!.metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '2' });
    const { items } = await api.list({ resource: PODS, namespace: 'default', labelSelector: 'app=web' });
    const images = items.map(
      (pod) => ((pod['spec'] as JsonObject)['containers'] as readonly JsonObject[])[0]!['image'],
    );
    expect(images).toEqual(['nginx:2', 'nginx:2', 'nginx:2']);
    await api.delete(ref, { propagation: 'Background' });
    for (const { metadata: pod } of items) await until(at(PODS, pod.name), isGone);
  });
});

describe('a CustomResourceDefinition', () => {
  const definition = {
    metadata: { name: 'websites.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'websites', kind: 'Website', shortNames: ['web'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
        },
      ],
    },
  };

  it('takes along what belongs to its instances, although their kind is not served any more', async () => {
    await api.create(CRDS, undefined, definition);
    const owner = await api.create(WEBSITES, 'default', {
      apiVersion: 'example.com/v1',
      kind: 'Website',
      metadata: { name: 'owner' },
    });
    await configMap('owned', owner, { apiVersion: 'example.com/v1' });
    await api.delete(at(CRDS, 'websites.example.com'), {});
    await until(at(CONFIG_MAPS, 'owned'), isGone);
    await until(at(CRDS, 'websites.example.com'), isGone);
  });

  it('lets the garbage collector decide about owners of its kind when it comes', async () => {
    const never = { apiVersion: 'example.com/v1', kind: 'Website', metadata: { name: 'never', uid: 'never' } };
    await configMap('undecided', never, { apiVersion: 'example.com/v1' });
    // What was made later is collected: the collector has looked at the other one.
    await configMap('decided', { ...never, kind: 'ConfigMap' });
    await until(at(CONFIG_MAPS, 'decided'), isGone);
    expect((await api.get(at(CONFIG_MAPS, 'undecided'))).metadata.deletionTimestamp).toBeUndefined();
    await api.create(CRDS, undefined, definition);
    await until(at(CONFIG_MAPS, 'undecided'), isGone);
    await api.delete(at(CRDS, 'websites.example.com'), {});
    await until(at(CRDS, 'websites.example.com'), isGone);
  });

  it('serves its resource at once, is established, and goes with all instances; then it can come again', async () => {
    const ref = at(CRDS, 'websites.example.com');
    for (let round = 0; round < 2; round++) {
      await api.create(CRDS, undefined, definition);
      const metadata = { name: 'a', finalizers: ['example.com/hold'] };
      await api.create(WEBSITES, 'default', { apiVersion: 'example.com/v1', kind: 'Website', metadata });
      const made = await until(ref, (object) => JSON.stringify(object!['status']).includes('InitialNamesAccepted'));
      expect(made!['status']).toMatchObject({ acceptedNames: { singular: 'website', listKind: 'WebsiteList' } });
      await api.delete(ref, {});
      await until(at(WEBSITES, 'a'), (object) => object!.metadata.deletionTimestamp !== undefined);
      const refusal = await api
        .create(WEBSITES, 'default', {
          apiVersion: 'example.com/v1',
          kind: 'Website',
          metadata: { name: 'late' },
        })
        .catch((error: unknown) => String(error));
      expect(refusal).toContain('create not allowed while custom resource definition is terminating');
      await api.patch(at(WEBSITES, 'a'), { type: 'merge', body: { metadata: { finalizers: null } } });
      await until(ref, isGone);
      await expect(api.list({ resource: WEBSITES })).rejects.toThrow();
    }
  });

  it('gets no name that another one has', async () => {
    const spec = { ...definition.spec, names: { plural: 'sites', kind: 'Site', shortNames: ['web'] } };
    await api.create(CRDS, undefined, definition);
    await api.create(CRDS, undefined, { metadata: { name: 'sites.example.com' }, spec });
    const refused = await until(at(CRDS, 'sites.example.com'), (object) =>
      JSON.stringify(object!['status']).includes('Established'),
    );
    const { conditions } = refused!['status'] as { conditions: readonly JsonObject[] };
    expect(conditions.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['NamesAccepted', 'False', 'ShortNamesConflict'],
      ['Established', 'False', 'NotAccepted'],
    ]);
    await api.delete(at(CRDS, 'websites.example.com'), {});
    await until(at(CRDS, 'sites.example.com'), (object) =>
      JSON.stringify(object!['status']).includes('InitialNamesAccepted'),
    );
    await api.delete(at(CRDS, 'sites.example.com'), {});
    await until(at(CRDS, 'sites.example.com'), isGone);
  });
});

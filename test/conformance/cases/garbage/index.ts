// Topic 7: what controllers do: owners, namespaces, and the workloads that the sandbox runs.
import { type CaseTable, topic } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, deployment, podTemplate } from '../objects';
import { ENDPOINT_CASES } from './endpoints';

const NO_UID = '00000000-0000-0000-0000-000000000001';

const ownedBy = (owner: any, fields: object = {}): object => ({
  ownerReferences: [
    {
      apiVersion: 'v1',
      kind: owner.kind ?? 'ConfigMap',
      name: owner.metadata.name,
      uid: owner.metadata.uid,
      ...fields,
    },
  ],
});

const maps = (k: Session, ...rest: readonly string[]): string => k.in('v1', 'configmaps', ...rest);
const isGone = ({ status }: { readonly status: number }): boolean => status === 404;

/** An owner and its child. */
async function family(k: Session, reference: object = {}, ownerMeta: object = {}): Promise<any> {
  const owner = await k.setup('POST', maps(k), configMap('owner', {}, { ...ownerMeta }));
  await k.setup('POST', maps(k), configMap('child', {}, { ...ownedBy(owner, reference) }));
  return owner;
}

async function namespace(k: Session, name = `${k.ns}-n`): Promise<string> {
  await k.setup('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
}

const OWNERS: CaseTable = {
  'a child goes after its owner in the background': async (k) => {
    await family(k);
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Background' });
    await k.eventually(maps(k, 'child'), isGone);
  },

  'a child goes after its owner by default': async (k) => {
    await family(k);
    await k.delete(maps(k, 'owner'));
    await k.eventually(maps(k, 'child'), isGone);
  },

  'an owner waits in the foreground for a child that blocks': async (k) => {
    const owner = await k.setup('POST', maps(k), configMap('owner'));
    const meta = { ...ownedBy(owner, { blockOwnerDeletion: true }), finalizers: ['example.com/a'] };
    await k.setup('POST', maps(k), configMap('child', {}, meta));
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Foreground' });
    await k.eventually(maps(k, 'child'), ({ body }) => body.metadata?.deletionTimestamp !== undefined);
    await k.get(maps(k, 'owner'));
    await k.patch('merge', maps(k, 'child'), { metadata: { finalizers: null } });
    await k.eventually(maps(k, 'owner'), isGone);
  },

  'an owner in the foreground does not wait for a child that does not block': async (k) => {
    const owner = await k.setup('POST', maps(k), configMap('owner'));
    await k.setup('POST', maps(k), configMap('child', {}, { ...ownedBy(owner), finalizers: ['example.com/a'] }));
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Foreground' });
    await k.eventually(maps(k, 'owner'), isGone);
    await k.eventually(maps(k, 'child'), ({ body }) => body.metadata?.deletionTimestamp !== undefined);
  },

  'an owner in the foreground without children goes': async (k) => {
    await k.setup('POST', maps(k), configMap('owner'));
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Foreground' });
    await k.eventually(maps(k, 'owner'), isGone);
  },

  'orphans stay and forget their owner': async (k) => {
    await family(k);
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Orphan' });
    await k.eventually(maps(k, 'owner'), isGone);
    await k.get(maps(k, 'child'), { only: ({ metadata }) => metadata.ownerReferences ?? 'none' });
  },

  'grandchildren go as well': async (k) => {
    await family(k);
    const child = (await k.get(maps(k, 'child'))).body;
    await k.setup('POST', maps(k), configMap('grandchild', {}, { ...ownedBy(child) }));
    await k.delete(maps(k, 'owner'));
    await k.eventually(maps(k, 'grandchild'), isGone);
    await k.eventually(maps(k, 'child'), isGone);
  },

  'grandchildren block in the foreground': async (k) => {
    await family(k, { blockOwnerDeletion: true });
    const child = (await k.get(maps(k, 'child'))).body;
    const meta = { ...ownedBy(child, { blockOwnerDeletion: true }), finalizers: ['example.com/a'] };
    await k.setup('POST', maps(k), configMap('grandchild', {}, meta));
    await k.delete(maps(k, 'owner'), { propagationPolicy: 'Foreground' });
    await k.eventually(maps(k, 'grandchild'), ({ body }) => body.metadata?.deletionTimestamp !== undefined);
    await k.get(maps(k, 'child'), { only: ({ metadata }) => metadata.finalizers });
    await k.patch('merge', maps(k, 'grandchild'), { metadata: { finalizers: null } });
    await k.eventually(maps(k, 'owner'), isGone);
  },

  'a child of an owner that never was goes': async (k) => {
    const meta = ownedBy({ metadata: { name: 'never', uid: NO_UID } });
    await k.setup('POST', maps(k), configMap('child', {}, { ...meta }));
    await k.eventually(maps(k, 'child'), isGone);
  },

  'a child whose owner was made again goes': async (k) => {
    await k.setup('POST', maps(k), configMap('owner'));
    const meta = ownedBy({ metadata: { name: 'owner', uid: NO_UID } });
    await k.setup('POST', maps(k), configMap('child', {}, { ...meta }));
    await k.eventually(maps(k, 'child'), isGone);
    await k.get(maps(k, 'owner'), { only: ({ kind }) => kind });
  },

  'a child of two owners stays as long as one does': async (k) => {
    const one = await k.setup('POST', maps(k), configMap('one'));
    const two = await k.setup('POST', maps(k), configMap('two'));
    const references = [one, two].flatMap((owner) => (ownedBy(owner) as any).ownerReferences);
    await k.setup('POST', maps(k), configMap('child', {}, { ownerReferences: references }));
    await k.delete(maps(k, 'one'));
    await k.eventually(maps(k, 'child'), ({ body }) => body.metadata?.ownerReferences?.length === 1, {
      only: ({ metadata }) => metadata.ownerReferences,
    });
    await k.delete(maps(k, 'two'));
    await k.eventually(maps(k, 'child'), isGone);
  },

  'an owner in another namespace is no owner': async (k) => {
    const other = await namespace(k);
    const owner = await k.setup('POST', `/api/v1/namespaces/${other}/configmaps`, configMap('owner'));
    await k.setup('POST', maps(k), configMap('child', {}, { ...ownedBy(owner) }));
    await k.eventually(maps(k, 'child'), isGone);
    await k.get(`/api/v1/namespaces/${other}/configmaps/owner`, { only: ({ kind }) => kind });
  },

  'a cluster-wide owner takes its children': async (k) => {
    const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
    const owner = await k.setup('POST', path, { metadata: { name: `${k.ns}-owner` }, rules: [] });
    const meta = ownedBy({ ...owner, kind: 'ClusterRole' }, { apiVersion: 'rbac.authorization.k8s.io/v1' });
    await k.setup('POST', maps(k), configMap('child', {}, { ...meta }));
    await k.delete(`${path}/${k.ns}-owner`);
    await k.eventually(maps(k, 'child'), isGone);
  },

  'a child with a finalizer waits for it': async (k) => {
    const owner = await k.setup('POST', maps(k), configMap('owner'));
    await k.setup('POST', maps(k), configMap('child', {}, { ...ownedBy(owner), finalizers: ['example.com/a'] }));
    await k.delete(maps(k, 'owner'));
    await k.eventually(maps(k, 'child'), ({ body }) => body.metadata?.deletionTimestamp !== undefined);
    await k.patch('merge', maps(k, 'child'), { metadata: { finalizers: null } });
    await k.eventually(maps(k, 'child'), isGone);
  },

  'an owner with a finalizer keeps its children until it is gone': async (k) => {
    await family(k, {}, { finalizers: ['example.com/a'] });
    await k.delete(maps(k, 'owner'));
    await k.get(maps(k, 'child'), { only: ({ metadata }) => metadata.deletionTimestamp ?? 'not deleted' });
    await k.patch('merge', maps(k, 'owner'), { metadata: { finalizers: null } });
    await k.eventually(maps(k, 'child'), isGone);
  },

  'children of a deleted collection go': async (k) => {
    const owner = await k.setup('POST', maps(k), configMap('owner', {}, { labels: { x: '1' } }));
    await k.setup('POST', maps(k), configMap('child', {}, { ...ownedBy(owner) }));
    await k.delete(`${maps(k)}?labelSelector=x%3D1&propagationPolicy=Background`, undefined, {
      only: ({ kind }) => kind,
    });
    await k.eventually(maps(k, 'child'), isGone);
  },
};

const namespacePath = (name: string): string => `/api/v1/namespaces/${name}`;
/** Their messages count what is left, which moves. */
const conditions = ({ status, spec }: any): unknown => ({
  phase: status?.phase,
  finalizers: spec?.finalizers,
  conditions: status?.conditions?.map((each: any) => `${each.type} ${each.status} ${each.reason}`),
});

const NAMESPACES: CaseTable = {
  'a namespace goes with what is in it': async (k) => {
    const name = await namespace(k);
    await k.setup('POST', `${namespacePath(name)}/configmaps`, configMap('a'));
    await k.setup('POST', `${namespacePath(name)}/secrets`, { metadata: { name: 'a' } });
    await k.delete(namespacePath(name));
    await k.eventually(namespacePath(name), isGone);
    await k.eventually(`${namespacePath(name)}/configmaps/a`, isGone);
  },

  'an empty namespace goes': async (k) => {
    const name = await namespace(k);
    await k.delete(namespacePath(name), undefined, { only: conditions });
    await k.eventually(namespacePath(name), isGone);
  },

  'a namespace waits for a finalizer in it and says so': async (k) => {
    const name = await namespace(k);
    const stuck = configMap('stuck', {}, { finalizers: ['example.com/a'] });
    await k.setup('POST', `${namespacePath(name)}/configmaps`, stuck);
    await k.setup('DELETE', namespacePath(name));
    await k.eventually(namespacePath(name), ({ body }) => (body.status?.conditions?.length ?? 0) >= 5, {
      only: conditions,
    });
    await k.post(`${namespacePath(name)}/configmaps`, configMap('late'));
    await k.patch('merge', `${namespacePath(name)}/configmaps/stuck`, { metadata: { finalizers: null } });
    await k.eventually(namespacePath(name), isGone);
  },

  'a namespace with a finalizer of its metadata empties and stays': async (k) => {
    const name = `${k.ns}-n`;
    await k.setup('POST', '/api/v1/namespaces', { metadata: { name, finalizers: ['example.com/a'] } });
    await k.setup('POST', `${namespacePath(name)}/configmaps`, configMap('a'));
    await k.setup('DELETE', namespacePath(name));
    await k.eventually(`${namespacePath(name)}/configmaps/a`, isGone);
    await k.eventually(namespacePath(name), ({ body }) => (body.spec?.finalizers?.length ?? 0) === 0, {
      only: conditions,
    });
    await k.patch(
      'merge',
      namespacePath(name),
      { metadata: { finalizers: null } },
      { only: ({ status }) => status.phase },
    );
    await k.eventually(namespacePath(name), isGone);
  },

  'a namespace that is made again is empty': async (k) => {
    const name = await namespace(k);
    await k.setup('POST', `${namespacePath(name)}/configmaps`, configMap('a'));
    await k.setup('DELETE', namespacePath(name));
    await k.eventually(namespacePath(name), isGone);
    await namespace(k, name);
    await k.get(`${namespacePath(name)}/configmaps/a`);
  },

  'a namespace may be deleted twice': async (k) => {
    const name = `${k.ns}-n`;
    await k.setup('POST', '/api/v1/namespaces', { metadata: { name, finalizers: ['example.com/a'] } });
    await k.delete(namespacePath(name), undefined, { only: ({ status }) => status.phase });
    await k.eventually(namespacePath(name), ({ body }) => (body.spec?.finalizers?.length ?? 0) === 0, {
      only: conditions,
    });
    await k.delete(namespacePath(name), undefined, { only: ({ status, code }) => status?.phase ?? code });
  },
};

const rolledOut =
  (replicas: number) =>
  ({ body }: { readonly body: any }): boolean =>
    body.status?.readyReplicas === replicas && body.status?.updatedReplicas === replicas;

const deploymentStatus = ({ status }: any): unknown => ({
  replicas: status.replicas,
  ready: status.readyReplicas,
  updated: status.updatedReplicas,
  available: status.availableReplicas,
  observed: status.observedGeneration,
});

const WORKLOADS: CaseTable = {
  'a Deployment comes alive': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.setup('POST', path, deployment('a', { replicas: 2 }));
    await k.eventually(`${path}/a`, rolledOut(2), { only: deploymentStatus });
    await k.get(k.in('apps/v1', 'replicasets'), {
      only: ({ items }) =>
        items.map(({ metadata, spec }: any) => ({
          owner: metadata.ownerReferences.map(({ kind, name, controller }: any) => ({ kind, name, controller })),
          replicas: spec.replicas,
        })),
    });
    await k.get(k.in('v1', 'pods'), { only: ({ items }) => items.map(({ status }: any) => status.phase) });
  },

  'a Deployment rolls over to a new image': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.setup('POST', path, deployment('a', { replicas: 1 }));
    await k.eventually(`${path}/a`, rolledOut(1), { only: deploymentStatus });
    const template = podTemplate({ app: 'a' }, { containers: [{ name: 'main', image: 'nginx:2' }] });
    await k.setup('PUT', `${path}/a`, deployment('a', { replicas: 1, template }));
    await k.eventually(
      k.in('apps/v1', 'replicasets'),
      ({ body }) =>
        body.items.length === 2 &&
        body.items.every(({ spec, status }: any) => spec.replicas === status.replicas) &&
        body.items.filter(({ spec }: any) => spec.replicas > 0).length === 1,
      { only: ({ items }) => items.map(({ spec }: any) => spec.replicas).sort() },
    );
    await k.eventually(k.in('v1', 'pods'), ({ body }) => body.items.length === 1, {
      only: ({ items }) => items.map(({ spec }: any) => spec.containers[0].image),
    });
  },

  'a Deployment scales down': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.setup('POST', path, deployment('a', { replicas: 3 }));
    await k.eventually(`${path}/a`, rolledOut(3), { only: deploymentStatus });
    await k.patch('merge', `${path}/a/scale`, { spec: { replicas: 1 } }, { only: ({ spec }) => spec });
    await k.eventually(k.in('v1', 'pods'), ({ body }) => body.items.length === 1, {
      only: ({ items }) => items.length,
    });
  },

  'a Deployment takes its pods along': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.setup('POST', path, deployment('a', { replicas: 1 }));
    await k.eventually(`${path}/a`, rolledOut(1), { only: deploymentStatus });
    await k.delete(`${path}/a`, { propagationPolicy: 'Foreground' }, { only: ({ kind }) => kind });
    await k.eventually(`${path}/a`, isGone);
    await k.eventually(k.in('v1', 'pods'), ({ body }) => body.items.length === 0, { only: ({ items }) => items });
  },

  'a pod that is deleted is replaced': async (k) => {
    const path = k.in('apps/v1', 'deployments');
    await k.setup('POST', path, deployment('a', { replicas: 1 }));
    await k.eventually(`${path}/a`, rolledOut(1), { only: deploymentStatus });
    const [first] = (await k.get(k.in('v1', 'pods'), { only: ({ items }) => items.length })).body.items;
    await k.setup('DELETE', k.in('v1', 'pods', first.metadata.name));
    await k.eventually(
      k.in('v1', 'pods'),
      ({ body }) => body.items.length === 1 && body.items[0].metadata.name !== first.metadata.name,
      { only: ({ items }) => items.length },
    );
  },

  'a ReplicaSet of its own': async (k) => {
    const path = k.in('apps/v1', 'replicasets');
    const spec = { replicas: 1, selector: { matchLabels: { app: 'a' } }, template: podTemplate() };
    await k.setup('POST', path, { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'a' }, spec });
    await k.eventually(`${path}/a`, ({ body }) => body.status?.readyReplicas === 1, { only: ({ status }) => status });
  },
};

export const GARBAGE = topic('garbage', [OWNERS, NAMESPACES, WORKLOADS, ENDPOINT_CASES], { needsControllers: true });

// Deleting: preconditions, grace, propagation, collections. No controllers run: what they would do later is topic 7.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, pod } from '../objects';

async function oneMap(k: Session, metadata: object = {}): Promise<{ readonly path: string; readonly made: any }> {
  const made = await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', { a: '1' }, { ...metadata }));
  return { path: k.in('v1', 'configmaps', 'a'), made };
}

const OPTIONS: Readonly<Record<string, object | string>> = {
  'an empty body of options': {},
  'options of kind DeleteOptions': { apiVersion: 'v1', kind: 'DeleteOptions' },
  'options of another kind': { apiVersion: 'v1', kind: 'ConfigMap' },
  'an unknown propagation policy': { propagationPolicy: 'Sideways' },
  'orphanDependents and a propagation policy': { orphanDependents: true, propagationPolicy: 'Background' },
  'orphanDependents true': { orphanDependents: true },
  'orphanDependents false': { orphanDependents: false },
  'propagation in the background': { propagationPolicy: 'Background' },
  'propagation in the foreground': { propagationPolicy: 'Foreground' },
  'propagation that orphans': { propagationPolicy: 'Orphan' },
  'a grace period of a kind that has none': { gracePeriodSeconds: 30 },
  'a negative grace period': { gracePeriodSeconds: -1 },
  'an unknown dry run': { dryRun: ['Some'] },
  'a precondition on another uid': { preconditions: { uid: '00000000-0000-0000-0000-000000000001' } },
  'a precondition on another version': { preconditions: { resourceVersion: '1' } },
  'a body that is no JSON': '{',
};

const options: CaseTable = Object.fromEntries(
  Object.entries(OPTIONS).map(([what, body]) => [
    `delete with ${what}`,
    async (k) => {
      const { path } = await oneMap(k);
      await k.delete(path, body);
      await k.get(path);
    },
  ]),
);

export const DELETE: CaseTable = {
  ...options,

  'delete answers Success with what is gone': async (k) => {
    const { path } = await oneMap(k);
    await k.delete(path);
    await k.get(path);
    await k.delete(path);
  },

  'delete with preconditions that hold': async (k) => {
    const { path, made } = await oneMap(k);
    const { uid, resourceVersion } = made.metadata;
    await k.delete(path, { preconditions: { uid, resourceVersion } });
  },

  'delete with the propagation in the query': async (k) => {
    const { path } = await oneMap(k);
    await k.delete(`${path}?propagationPolicy=Foreground`);
    await k.delete(`${path}?propagationPolicy=Background`);
  },

  'delete with a dry run': async (k) => {
    const { path } = await oneMap(k);
    await k.delete(`${path}?dryRun=All`);
    await k.delete(path, { dryRun: ['All'] });
    await k.get(path);
  },

  'delete of an object with finalizers waits for them': async (k) => {
    const { path, made } = await oneMap(k, { finalizers: ['example.com/a', 'example.com/b'] });
    const deleted = await k.delete(path);
    k.note('a later version', BigInt(deleted.body.metadata.resourceVersion) > BigInt(made.metadata.resourceVersion));
    const again = await k.delete(path);
    k.note(
      'deleted twice: same version',
      deleted.body.metadata.resourceVersion === again.body.metadata.resourceVersion,
    );
    await k.patch('merge', path, { metadata: { finalizers: ['example.com/b'] } });
    await k.patch('merge', path, { metadata: { finalizers: null } });
    await k.get(path);
  },

  'no new finalizer once an object is being deleted': async (k) => {
    const { path } = await oneMap(k, { finalizers: ['example.com/a'] });
    await k.setup('DELETE', path);
    await k.patch('merge', path, { metadata: { finalizers: ['example.com/a', 'example.com/new'] } });
    await k.patch('merge', path, { metadata: { finalizers: ['example.com/new'] } });
    await k.patch('merge', path, { data: { a: '2' } });
  },

  'a name is taken while its object is being deleted': async (k) => {
    const { path } = await oneMap(k, { finalizers: ['example.com/a'] });
    await k.setup('DELETE', path);
    await k.post(k.in('v1', 'configmaps'), configMap('a'));
  },

  'delete of a finalized object keeps the finalizers of propagation in order': async (k) => {
    const { path } = await oneMap(k, { finalizers: ['example.com/a'] });
    await k.delete(path, { propagationPolicy: 'Foreground' });
    await k.delete(path, { propagationPolicy: 'Orphan' });
    await k.delete(path, { propagationPolicy: 'Background' });
  },

  'delete of a pod on no node is at once': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    await k.delete(k.in('v1', 'pods', 'a'));
    await k.get(k.in('v1', 'pods', 'a'));
  },

  'delete of a pod on a node waits for the node': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { nodeName: 'one' }));
    const path = k.in('v1', 'pods', 'a');
    await k.delete(path);
    await k.delete(path, { gracePeriodSeconds: 60 });
    await k.delete(path, { gracePeriodSeconds: 5 });
    await k.delete(path, { gracePeriodSeconds: 0 });
    await k.get(path);
  },

  'delete of a pod with its grace in the query': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { nodeName: 'one', terminationGracePeriodSeconds: 7 }));
    const path = k.in('v1', 'pods', 'a');
    await k.delete(`${path}?gracePeriodSeconds=3`);
    await k.delete(`${path}?gracePeriodSeconds=0`);
  },

  'delete of a pod on a node with a dry run': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { nodeName: 'one' }));
    const path = k.in('v1', 'pods', 'a');
    await k.delete(`${path}?dryRun=All`);
    await k.get(path);
  },

  'delete with a grace in the query that is no number': async (k) => {
    const { path } = await oneMap(k);
    await k.delete(`${path}?gracePeriodSeconds=x`);
  },

  'deletecollection answers the list of what was there': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.setup('POST', path, configMap('a', {}, { labels: { x: '1' } }));
    await k.setup('POST', path, configMap('b', {}, { labels: { x: '2' } }));
    await k.setup('POST', path, configMap('c', {}, { labels: { x: '1' }, finalizers: ['example.com/a'] }));
    await k.delete(`${path}?labelSelector=x%3D1`);
    await k.get(path);
    await k.delete(path);
    await k.delete(path);
  },

  'deletecollection with options': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.setup('POST', path, configMap('a'));
    await k.setup('POST', path, configMap('b'));
    await k.delete(`${path}?dryRun=All`);
    await k.delete(`${path}?fieldSelector=metadata.name%3Da`, { propagationPolicy: 'Orphan' });
    await k.delete(`${path}?propagationPolicy=Nowhere`);
    await k.get(path);
  },

  'deletecollection over all namespaces is no verb': (k) => k.delete('/api/v1/configmaps'),

  'deletecollection of a kind that has it not': (k) => k.delete('/api/v1/namespaces'),

  'delete of a namespace marks it': async (k) => {
    const name = `${k.ns}-b`;
    await k.setup('POST', '/api/v1/namespaces', { metadata: { name } });
    await k.delete(`/api/v1/namespaces/${name}`);
    await k.post(`/api/v1/namespaces/${name}/configmaps`, configMap('a'));
    await k.delete(`/api/v1/namespaces/${name}`);
    await k.put(`/api/v1/namespaces/${name}/finalize`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      spec: { finalizers: [] },
    });
    await k.get(`/api/v1/namespaces/${name}`);
  },

  'delete of namespaces that have to stay': async (k) => {
    await k.delete('/api/v1/namespaces/default');
    await k.delete('/api/v1/namespaces/kube-system');
  },
};

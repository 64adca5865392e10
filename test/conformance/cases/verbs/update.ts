// Replacing: conflicts, what stays as it was, subresources.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, statefulSet } from '../objects';

async function oneMap(k: Session): Promise<{ readonly path: string; readonly made: any }> {
  const made = await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', { a: '1' }, { labels: { x: 'y' } }));
  return { path: k.in('v1', 'configmaps', 'a'), made };
}

const OTHER_UID = '00000000-0000-0000-0000-000000000001';

const METADATA: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'another uid': { uid: OTHER_UID },
  'another name': { name: 'b' },
  'another namespace': { namespace: 'other' },
  'another creationTimestamp': { creationTimestamp: '2001-01-01T00:00:00Z' },
  'a deletionTimestamp': { deletionTimestamp: '2001-01-01T00:00:00Z' },
  'a generation': { generation: 5 },
  'a generateName': { generateName: 'gen-' },
  'no name': { name: undefined },
  'a resourceVersion that is no number': { resourceVersion: 'x' },
  'an old resourceVersion': { resourceVersion: '1' },
  'no managedFields': { managedFields: [] },
};

const metadata: CaseTable = Object.fromEntries(
  Object.entries(METADATA).map(([what, fields]) => [
    `update with ${what}`,
    async (k) => {
      const { path, made } = await oneMap(k);
      await k.put(path, { ...made, data: { a: '2' }, metadata: { ...made.metadata, ...fields } });
    },
  ]),
);

export const UPDATE: CaseTable = {
  ...metadata,

  'update answers the stored object with a later version': async (k) => {
    const { path, made } = await oneMap(k);
    const { body } = await k.put(path, { ...made, data: { a: '2' } });
    k.note('later', BigInt(body.metadata.resourceVersion) > BigInt(made.metadata.resourceVersion));
  },

  'update without a resourceVersion overwrites': async (k) => {
    const { path } = await oneMap(k);
    await k.put(path, configMap('a', { b: '2' }));
  },

  'update with nothing new keeps the version': async (k) => {
    const { path, made } = await oneMap(k);
    const { body } = await k.put(path, made);
    k.note('same version', body.metadata.resourceVersion === made.metadata.resourceVersion);
  },

  'update with nothing new by another manager keeps the version': async (k) => {
    const { path, made } = await oneMap(k);
    await k.put(`${path}?fieldManager=other`, made);
  },

  'update of what another manager set': async (k) => {
    const { path, made } = await oneMap(k);
    await k.put(`${path}?fieldManager=other`, { ...made, data: { a: '2', b: '3' } });
  },

  'update of what is not there': (k) => k.put(k.in('v1', 'configmaps', 'a'), configMap('a')),

  'update of what is not there, with a version': (k) =>
    k.put(k.in('v1', 'configmaps', 'a'), configMap('a', {}, { resourceVersion: '5' })),

  'update of what is not there, with a uid': (k) =>
    k.put(k.in('v1', 'configmaps', 'a'), configMap('a', {}, { uid: OTHER_UID })),

  'update in the place of a Lease creates it': async (k) => {
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'a' }, spec: {} };
    await k.put(k.in('coordination.k8s.io/v1', 'leases', 'a'), lease);
  },

  'update with a dry run stores nothing': async (k) => {
    const { path, made } = await oneMap(k);
    await k.put(`${path}?dryRun=All`, { ...made, data: { a: '2' } });
    await k.get(path);
  },

  'update with a body of another kind': async (k) => {
    const { path } = await oneMap(k);
    await k.put(path, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
  },

  'update of all objects is no verb': (k) => k.put(k.in('v1', 'configmaps'), configMap('a')),

  'update counts the generation when the spec changed only': async (k) => {
    const made = await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a');
    await k.put(path, { ...made, metadata: { ...made.metadata, resourceVersion: undefined, labels: { a: 'b' } } });
    await k.put(path, { ...made, metadata: { name: 'a' }, spec: { ...made.spec, replicas: 3 } });
  },

  'update of the main resource leaves the status': async (k) => {
    const made = await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a');
    const { body } = await k.put(path, { ...made, status: { replicas: 7 } });
    k.note('status', body.status);
  },

  'update of the status leaves the rest': async (k) => {
    const made = await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a', 'status');
    await k.put(path, {
      ...made,
      metadata: { ...made.metadata, labels: { new: 'label' } },
      spec: { ...made.spec, replicas: 9 },
      status: { replicas: 1, readyReplicas: 1, observedGeneration: 1 },
    });
    await k.get(path);
  },

  'update of the scale changes the replicas': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a', 'scale');
    const { body } = await k.get(path);
    await k.put(path, { ...body, spec: { replicas: 4 } });
    await k.put(path, { ...body, metadata: { name: 'a', resourceVersion: '1' }, spec: { replicas: 4 } });
    await k.put(path, { ...body, metadata: { name: 'a' }, spec: { replicas: -1 } });
    await k.get(k.in('apps/v1', 'statefulsets', 'a'));
  },

  'update of a subresource that the kind has not': (k) => k.put(k.in('v1', 'configmaps', 'a', 'status'), {}),

  'update of an immutable ConfigMap': async (k) => {
    const path = k.in('v1', 'configmaps');
    await k.setup('POST', path, { ...configMap('a'), immutable: true });
    await k.put(`${path}/a`, { ...configMap('a', { a: '2' }), immutable: true });
    await k.put(`${path}/a`, configMap('a'));
    await k.put(`${path}/a`, { ...configMap('a', undefined, { labels: { a: 'b' } }), immutable: true });
  },
};

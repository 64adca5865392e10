// Creating: names, generated names, dry run, what the server sets itself.
import { type CaseTable } from '../../harness/conformance-case';
import { configMap, pod } from '../objects';

const NAMES: Readonly<Record<string, string>> = {
  'with an upper-case letter': 'Abc',
  'that begins with a dash': '-abc',
  'that ends with a dot': 'abc.',
  'with an underscore': 'a_b',
  'with a slash': 'a/b',
  'with a space': 'a b',
  'of 253 characters': 'a'.repeat(253),
  'of 254 characters': 'a'.repeat(254),
  'that is two dots': '..',
  'with a null character': 'a\u0000b',
  'with a line break': 'a\nb',
  'with markup': '<script>alert(1)</script>',
  'in another script': 'späße',
  'of a prototype': '__proto__',
  'of a constructor': 'constructor',
};

const named: CaseTable = Object.fromEntries(
  Object.entries(NAMES).map(([what, name]) => [
    `create with a name ${what}`,
    (k) => k.post(k.in('v1', 'configmaps'), configMap(name)),
  ]),
);

const METADATA: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a label key with two slashes': { labels: { 'a/b/c': 'x' } },
  'a label value with a space': { labels: { a: 'x y' } },
  'a label value of 64 characters': { labels: { a: 'x'.repeat(64) } },
  'an annotation key with a space': { annotations: { 'a b': 'x' } },
  'a finalizer without a domain': { finalizers: ['short'] },
  'a finalizer with a domain': { finalizers: ['example.com/keep'] },
  'an owner reference without uid': { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '' }] },
  'an owner reference to an Event': {
    ownerReferences: [{ apiVersion: 'v1', kind: 'Event', name: 'a', uid: '00000000-0000-0000-0000-000000000001' }],
  },
  'two controllers': {
    ownerReferences: ['1', '2'].map((end) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: `a${end}`,
      uid: `00000000-0000-0000-0000-00000000000${end}`,
      controller: true,
    })),
  },
  'what only the server sets': {
    uid: '00000000-0000-0000-0000-000000000001',
    creationTimestamp: '2001-01-01T00:00:00Z',
    deletionTimestamp: '2001-01-01T00:00:00Z',
    deletionGracePeriodSeconds: 5,
    generation: 7,
    selfLink: '/a',
  },
  'a resourceVersion': { resourceVersion: '5' },
  'a negative generation': { generation: -1 },
  'an unknown field of metadata': { wrong: 1 },
  'labels that are null': { labels: null, annotations: {} },
  'a label whose value is null': { labels: { a: null } },
};

const metadata: CaseTable = Object.fromEntries(
  Object.entries(METADATA).map(([what, fields]) => [
    `create with ${what}`,
    (k) => k.post(k.in('v1', 'configmaps'), configMap('a', { a: '1' }, fields)),
  ]),
);

export const CREATE: CaseTable = {
  ...named,
  ...metadata,

  'create answers 201 with the stored object, get answers it again': async (k) => {
    await k.post(k.in('v1', 'configmaps'), configMap('a'));
    await k.get(k.in('v1', 'configmaps', 'a'));
  },

  'create of a name that is taken': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.post(k.in('v1', 'configmaps'), configMap('a', { b: '2' }));
    await k.get(k.in('v1', 'configmaps', 'a'));
  },

  'create with generateName appends five characters': async (k) => {
    const path = k.in('v1', 'configmaps');
    const made = await k.post(path, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } });
    k.note('five characters of the alphabet', /^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(made.body.metadata.name));
    await k.post(path, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } });
  },

  'create with generateName and a name keeps the name': (k) =>
    k.post(k.in('v1', 'configmaps'), configMap('a', {}, { generateName: 'gen-' })),

  'create with generateName that is no name': (k) =>
    k.post(
      k.in('v1', 'configmaps'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'Gen_' } },
      { only: ({ code, details }) => ({ code, fields: details.causes.map(({ field }: any) => field) }) },
    ),

  'create with a long generateName cuts it': async (k) => {
    const meta = { generateName: 'g'.repeat(70) };
    const made = await k.post(
      k.in('v1', 'configmaps'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta },
      {
        only: () => undefined,
      },
    );
    k.note('length of the name', made.body.metadata.name.length);
  },

  'create without name and generateName': (k) =>
    k.post(k.in('v1', 'configmaps'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }),

  'create without metadata': (k) => k.post(k.in('v1', 'configmaps'), { apiVersion: 'v1', kind: 'ConfigMap' }),

  'create with a dry run stores nothing': async (k) => {
    await k.post(`${k.in('v1', 'configmaps')}?dryRun=All`, configMap('a'));
    await k.get(k.in('v1', 'configmaps', 'a'));
  },

  'create with a dry run of a name that is taken': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.post(`${k.in('v1', 'configmaps')}?dryRun=All`, configMap('a'));
  },

  'create with an unknown dry run': (k) => k.post(`${k.in('v1', 'configmaps')}?dryRun=Some`, configMap('a')),

  'create with the namespace of the path missing in the object takes it from the path': (k) =>
    k.post(k.in('v1', 'configmaps'), configMap('a')),

  'create with another namespace in the object': (k) =>
    k.post(k.in('v1', 'configmaps'), configMap('a', {}, { namespace: 'other' })),

  'create in a namespace that is not there': (k) => k.post('/api/v1/namespaces/not-there/configmaps', configMap('a')),

  'create of a namespaced kind without a namespace': (k) => k.post('/api/v1/configmaps', configMap('a')),

  'create at the path of one object': (k) => k.post(k.in('v1', 'configmaps', 'a'), configMap('a')),

  'create of a cluster kind with a namespace in the object': (k) =>
    k.post('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `${k.ns}-b`, namespace: 'default' },
    }),

  'create of another kind than the path says': (k) => k.post(k.in('v1', 'configmaps'), { ...pod('a') }),

  'create of another version than the path says': (k) =>
    k.post(k.in('v1', 'configmaps'), { ...configMap('a'), apiVersion: 'v2' }),

  'create without kind and apiVersion takes them from the path': (k) =>
    k.post(k.in('v1', 'configmaps'), { metadata: { name: 'a' }, data: { a: '1' } }),

  'create names the field manager of the query': (k) =>
    k.post(`${k.in('v1', 'configmaps')}?fieldManager=somebody`, configMap('a')),

  'create with a field manager of 129 characters': (k) =>
    k.post(`${k.in('v1', 'configmaps')}?fieldManager=${'m'.repeat(129)}`, configMap('a')),

  'create with a field manager that cannot be printed': (k) =>
    k.post(`${k.in('v1', 'configmaps')}?fieldManager=a%07b`, configMap('a')),

  'create with managedFields of its own': (k) =>
    k.post(
      k.in('v1', 'configmaps'),
      configMap(
        'a',
        { a: '1' },
        {
          managedFields: [
            {
              manager: 'mine',
              operation: 'Update',
              apiVersion: 'v1',
              time: '2001-01-01T00:00:00Z',
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:data': { 'f:a': {} } },
            },
          ],
        },
      ),
    ),

  'create starts the generation of kinds that have a spec': async (k) => {
    await k.post(k.in('v1', 'podtemplates'), {
      apiVersion: 'v1',
      kind: 'PodTemplate',
      metadata: { name: 'a' },
      template: { spec: { containers: [{ name: 'a', image: 'a' }] } },
    });
    await k.post(k.in('networking.k8s.io/v1', 'networkpolicies'), {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a', generation: 9 },
      spec: { podSelector: {} },
    });
  },
};

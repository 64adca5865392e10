// What becomes of objects while their definition goes, is deprecated or has another schema; how bodies are decoded.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { type CustomKind, definition, definitionPath, groupOf, install, widget, widgets } from '../custom-resource';
import { object, STRING } from './schemas';

type Fields = Readonly<Record<string, unknown>>;

const version = (name: string, spec: unknown, fields: Fields = {}): Fields => ({
  name,
  served: true,
  storage: false,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
  ...fields,
});
const TWO: CustomKind = {
  definition: {
    versions: [
      version('v1', object({ a: STRING, both: STRING }), { storage: true }),
      version('v2', object({ b: { ...STRING, default: 'new' }, both: STRING })),
    ],
  },
};
const EMBEDDED = {
  type: 'object',
  'x-kubernetes-embedded-resource': true,
  'x-kubernetes-preserve-unknown-fields': true,
};
const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const pod = (metadata: unknown): Fields => ({ apiVersion: 'v1', kind: 'Pod', metadata });

/** Objects inside of an object. */
const INSIDE: Readonly<Record<string, Fields>> = {
  'a number for a name': { a: pod({ name: 5 }) },
  'a text for metadata': { a: pod('x') },
  'null for metadata': { a: pod(null) },
  'a number for an apiVersion': { a: { apiVersion: 5, kind: 'X' } },
  'nothing but braces': { a: {} },
  'names that are none': { a: pod({ name: 'A/B', labels: { 'a b': 'c d' }, annotations: { 'a b': 'c' } }) },
  'a namespace that is none': { a: pod({ name: '.', namespace: 'A_' }) },
  'an owner that is none': { a: pod({ finalizers: ['a b'], ownerReferences: [{}] }) },
  'in a list': { list: [pod({}), pod({ labels: [] })] },
  'in a map': { map: { k: pod({ labels: { a: 1 } }) } },
  'in a map, wrong in its words': { map: { k: pod({ labels: { 'a b': '1' } }) } },
  'inside of another one': { deep: { ...pod({}), spec: { inner: pod({ uid: 5 }) } } },
  'fields that say nothing': { a: pod({ creationTimestamp: null, labels: null, unknown: 1, managedFields: [] }) },
  'no object': { a: 5 },
};

/** Bodies that say that they are something else; `G` is the group. */
const BODIES: readonly string[] = [
  '{"apiVersion":"G/v2","kind":"Widget","metadata":{"name":"a"},"spec":{"a":"x","b":"y"}}',
  '{"apiVersion":"G/v3","kind":"Widget","metadata":{"name":"a"},"spec":{"a":"x"}}',
  '{"apiVersion":"G/v1","kind":"Other","metadata":{"name":"a","x":1},"spec":{"a":"x","a":"y"}}',
  '{"apiVersion":"G/v1","kind":"Widget","kind":"Widget","metadata":{"name":"a","x":1},"spec":{"b":"x"}}',
  '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","x":1}}',
  '{"kind":"Widget","metadata":{"name":5}}',
  '{"apiVersion":"G/v1","kind":"Widget","metadata":{"name":"a","name":"b"},"q":1,"q":2}',
  '{"apiVersion":5,"kind":"Widget"}',
  '{"apiVersion":"a/b/c","kind":"Widget"}',
  '{"apiVersion":"G/v1","kind":5}',
];

async function dying(k: Session): Promise<void> {
  await install(k);
  await k.setup('POST', widgets(k), widget(k, {}, {}, { finalizers: ['example.com/a'] }));
  await k.setup('DELETE', definitionPath(k));
  const isMarked = ({ body }: { body: any }): boolean => body.metadata?.deletionTimestamp !== undefined;
  await k.eventually(widgets(k, 'a'), isMarked, { only: ({ metadata }) => typeof metadata.deletionTimestamp });
}

export const LIFE_CASES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(INSIDE).map(([what, spec]): [string, CaseTable[string]] => [
      `objects: embedded, ${what}`,
      async (k) => {
        const deep = { ...EMBEDDED, properties: { spec: { type: 'object', properties: { inner: EMBEDDED } } } };
        const map = { type: 'object', additionalProperties: EMBEDDED };
        const schema = object({ a: EMBEDDED, list: { type: 'array', items: EMBEDDED }, map, deep });
        const path = await install(k, { spec: schema as Fields });
        await k.post(`${path}?dryRun=All`, widget(k, spec));
        await k.post(`${path}?dryRun=All&fieldValidation=Strict`, widget(k, spec));
      },
    ]),
  ),

  ...Object.fromEntries(
    ['Strict', 'Warn', 'Ignore'].map((mode): [string, CaseTable[string]] => [
      `objects: bodies of something else, ${mode}`,
      async (k) => {
        const path = await install(k, TWO);
        for (const body of BODIES) {
          await k.post(`${path}?dryRun=All&fieldValidation=${mode}`, body.replaceAll('G', groupOf(k)));
        }
      },
    ]),
  ),

  'objects: what a scale cannot read': async (k) => {
    const scale = {
      specReplicasPath: '.spec.size',
      statusReplicasPath: '.status.a.size',
      labelSelectorPath: '.status.selector',
    };
    const path = await install(k, {
      spec: OPEN,
      properties: { status: OPEN },
      version: { subresources: { scale, status: {} } },
    });
    for (const size of [-1, 'x', 1.5, 3_000_000_000, null, {}, [], true]) {
      await k.post(`${path}?dryRun=All`, widget(k, { size }));
    }
    await k.setup('POST', path, widget(k, { size: 2 }));
    for (const status of [{ a: { size: -1 } }, { a: 5 }, { a: { size: 1 }, selector: 5 }, { selector: { a: 'b' } }]) {
      await k.patch('merge', `${path}/a/status?dryRun=All`, { status });
    }
    await k.put(`${path}/a/scale`, { metadata: { name: 'b' }, spec: { replicas: 1 } });
    await k.put(`${path}/a/scale`, { spec: { replicas: 1 } });
  },

  'objects: another version has another schema': async (k) => {
    const path = await install(k, TWO);
    const other = k.in(`${groupOf(k)}/v2`, 'widgets');
    await k.post(path, widget(k, { a: 'x', both: 'y' }));
    await k.get(`${other}/a`);
    await k.post(other, { ...widget(k, { b: 'x', both: 'z' }, {}, { name: 'b' }), apiVersion: `${groupOf(k)}/v2` });
    await k.get(`${path}/b`);
    await k.patch('merge', `${other}/a`, { spec: { both: 'w' } });
    await k.get(`${path}/a`);
    await k.get(other, { only: ({ items }) => items.map(({ spec }: any) => spec) });
  },

  'objects: defaults of now in lists and watches': async (k) => {
    const path = await install(k, { spec: object({ a: STRING }) as Fields });
    await k.setup('POST', path, widget(k, { a: 'x' }));
    const changed = { spec: object({ b: { ...STRING, default: 'new' } }) } as CustomKind;
    const merge = { headers: { 'content-type': 'application/merge-patch+json' } };
    await k.setup('PATCH', definitionPath(k), { spec: definition(k, changed)['spec'] }, merge);
    await k.eventually(`${path}/a`, ({ body }) => body.spec?.b === 'new');
    // The cache of lists and watches is made anew: for a moment there are too many requests.
    await k.eventually(path, ({ body }) => body.items?.length === 1, {
      only: ({ items }) => items.map(({ spec }: any) => spec),
    });
    await k.watch(`${path}?watch=true&resourceVersion=0`, {
      until: (events) => events.length > 0,
      only: (events) => events.map(({ type, object: { spec } }) => ({ type, spec })),
    });
    await k.patch('merge', `${path}/a`, { metadata: { labels: { a: 'b' } } });
  },

  'a definition that goes: nothing new of its kind': async (k) => {
    await dying(k);
    const path = widgets(k);
    await k.post(path, widget(k, {}, {}, { name: 'B_' }));
    await k.post(path, widget(k, {}, {}, { name: undefined, generateName: 'x-' }));
    await k.post(`${path}?dryRun=All`, widget(k, {}));
    await k.post(path, {});
    await k.post(path.replace(`/namespaces/${k.ns}/`, '/namespaces/nowhere/'), widget(k, {}));
    await k.put(`${path}/b`, widget(k, {}, {}, { name: 'b' }), { only: ({ code }) => code });
    await k.apply('one', `${path}/b`, widget(k, {}, {}, { name: 'b' }));
    await k.patch('merge', `${path}/a`, { spec: { a: 1 } }, { only: ({ spec }) => spec });
    await k.eventually(
      `/apis/${groupOf(k)}/v1`,
      ({ body }) => body.resources?.some(({ verbs }: any) => !verbs.includes('create')),
      { only: ({ resources }) => resources.map(({ verbs }: any) => verbs) },
    );
    await k.eventually(
      definitionPath(k),
      ({ body }) => body.status?.conditions?.some(({ reason }: any) => reason === 'InstanceDeletionInProgress'),
      { only: ({ metadata: { generation } }) => generation },
    );
    await k.patch('merge', `${path}/a`, { metadata: { finalizers: null } }, { only: ({ kind }) => kind });
    await k.eventually(definitionPath(k), ({ status }) => status === 404);
  },

  'deprecated versions warn of the newest': async (k) => {
    const spec = object({});
    await install(k, {
      definition: {
        versions: [
          version('v1', spec, { storage: true, deprecated: true }),
          version('v2', spec),
          version('v3', spec, { served: false }),
          version('v2beta1', spec, { deprecated: true }),
          version('v3alpha1', spec),
          version('v4', spec, { deprecated: true, deprecationWarning: 'of its own' }),
          version('v10', spec, { deprecated: true }),
        ],
      },
    });
    for (const name of ['v1', 'v2', 'v2beta1', 'v3alpha1', 'v4', 'v10']) {
      await k.get(k.in(`${groupOf(k)}/${name}`, 'widgets', 'a'), { only: ({ code }) => code });
    }
    await k.post(widgets(k), widget(k, {}), { only: ({ kind }) => kind });
    await k.patch('merge', widgets(k, 'a'), { metadata: { labels: { a: 'b' } } }, { only: ({ kind }) => kind });
    await k.delete(widgets(k, 'a'), undefined, { only: ({ kind }) => kind });
  },

  'a cluster-wide kind has no place in a namespace': async (k) => {
    await k.setup(
      'POST',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      definition(k, { definition: { scope: 'Cluster' } }),
    );
    await k.untilServed(k.all(`${groupOf(k)}/v1`, 'widgets'));
    await k.get(widgets(k));
    await k.get(widgets(k, 'a'));
    await k.get(k.all(`${groupOf(k)}/v1`, 'widgets', 'a', 'status', 'more'));
  },
};

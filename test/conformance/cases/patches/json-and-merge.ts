// JSON patch and merge patch.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, statefulSet } from '../objects';

async function map(k: Session): Promise<string> {
  const meta = { labels: { x: '1' }, annotations: { 'example.com/a': '1' }, finalizers: ['example.com/a'] };
  await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', { a: '1', b: '2', 'c.d': '3' }, meta));
  return k.in('v1', 'configmaps', 'a');
}

const OPERATIONS: Readonly<Record<string, unknown>> = {
  'add a field': [{ op: 'add', path: '/data/new', value: 'x' }],
  'add over a field': [{ op: 'add', path: '/data/a', value: 'x' }],
  'add below what is not there': [{ op: 'add', path: '/binaryData/x', value: 'eA==' }],
  'replace a field': [{ op: 'replace', path: '/data/a', value: 'x' }],
  'replace what is not there': [{ op: 'replace', path: '/data/none', value: 'x' }],
  'remove a field': [{ op: 'remove', path: '/data/a' }],
  'remove what is not there': [{ op: 'remove', path: '/data/none' }],
  'move a field': [{ op: 'move', from: '/data/a', path: '/data/z' }],
  'copy a field': [{ op: 'copy', from: '/data/a', path: '/data/z' }],
  'copy what is not there': [{ op: 'copy', from: '/data/none', path: '/data/z' }],
  'a test that holds': [
    { op: 'test', path: '/data/a', value: '1' },
    { op: 'replace', path: '/data/a', value: '9' },
  ],
  'a test that does not hold': [
    { op: 'test', path: '/data/a', value: '2' },
    { op: 'replace', path: '/data/a', value: '9' },
  ],
  'a test of what is not there': [{ op: 'test', path: '/data/none', value: 'x' }],
  'a key with a slash': [{ op: 'add', path: '/metadata/annotations/example.com~1a', value: 'x' }],
  'an item at an index': [{ op: 'add', path: '/metadata/finalizers/0', value: 'example.com/first' }],
  'an item at the end': [{ op: 'add', path: '/metadata/finalizers/-', value: 'example.com/last' }],
  'an item beyond the end': [{ op: 'add', path: '/metadata/finalizers/5', value: 'example.com/far' }],
  'remove an item beyond the end': [{ op: 'remove', path: '/metadata/finalizers/5' }],
  'a negative index': [{ op: 'add', path: '/metadata/finalizers/-1', value: 'example.com/x' }],
  'an index that is no number': [{ op: 'add', path: '/metadata/finalizers/x', value: 'example.com/x' }],
  'an unknown operation': [{ op: 'change', path: '/data/a', value: 'x' }],
  'an operation without a path': [{ op: 'add', value: 'x' }],
  'a value that does not fit': [{ op: 'replace', path: '/data', value: 5 }],
  'nothing to do': [],
  'no list': { op: 'add', path: '/data/a', value: 'x' },
  'another name': [{ op: 'replace', path: '/metadata/name', value: 'b' }],
  'the whole object': [{ op: 'replace', path: '', value: configMap('a', { z: '1' }) }],
  'a resourceVersion that is old': [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
  'a prototype': [{ op: 'add', path: '/__proto__/x', value: 'y' }],
  'a prototype key of data': [{ op: 'add', path: '/data/__proto__', value: 'y' }],
};

const MERGES: Readonly<Record<string, unknown>> = {
  'a new field': { data: { new: 'x' } },
  'a field less': { data: { a: null } },
  'a field less that is not there': { data: { none: null } },
  'all data less': { data: null },
  'a list replaced': { metadata: { finalizers: ['example.com/b'] } },
  'nothing to do': {},
  'the same once more': { data: { a: '1' } },
  'another name': { metadata: { name: 'b' } },
  'another namespace': { metadata: { namespace: 'other' } },
  'another uid': { metadata: { uid: '00000000-0000-0000-0000-000000000001' } },
  'a resourceVersion that is old': { metadata: { resourceVersion: '1' } },
  'another kind': { kind: 'Secret' },
  'a value that does not fit': { data: { a: 5 } },
  'a string for an object': { data: 'x' },
  'a list': [],
  'a prototype': '{"__proto__":{"x":1},"data":{"__proto__":"y","constructor":"z"}}',
  'text that is no JSON': '{',
  'empty managedFields': { metadata: { managedFields: [] } },
  'one empty managed field': { metadata: { managedFields: [{}] } },
};

export const JSON_PATCHES: CaseTable = Object.fromEntries(
  Object.entries(OPERATIONS).map(([what, patch]) => [
    `JSON patch: ${what}`,
    async (k) => k.patch('json', await map(k), patch),
  ]),
);

export const MERGE_PATCHES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(MERGES).map(([what, patch]): [string, CaseTable[string]] => [
      `merge patch: ${what}`,
      async (k) => k.patch('merge', await map(k), patch),
    ]),
  ),

  'merge patch replaces the containers of a pod template': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const containers = [{ name: 'other', image: 'other:1' }];
    await k.patch('merge', k.in('apps/v1', 'statefulsets', 'a'), { spec: { template: { spec: { containers } } } });
  },

  'patches of what is not there': async (k) => {
    const path = k.in('v1', 'configmaps', 'a');
    await k.patch('json', path, [{ op: 'add', path: '/data', value: {} }]);
    await k.patch('merge', path, { data: {} });
    await k.patch('strategic', path, { data: {} });
  },

  'patches of subresources': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a');
    await k.patch('merge', `${path}/status`, { spec: { replicas: 9 }, status: { replicas: 2, collisionCount: 0 } });
    await k.patch('merge', path, { status: { replicas: 5 } });
    await k.patch('merge', `${path}/scale`, { spec: { replicas: 4 } });
    await k.patch('json', `${path}/scale`, [{ op: 'replace', path: '/spec/replicas', value: 5 }]);
    await k.patch('strategic', `${path}/status`, { status: { readyReplicas: 1 } });
  },

  'a patch with nothing new keeps the version': async (k) => {
    const path = await map(k);
    const before = await k.get(path);
    const after = await k.patch('merge', path, { data: { a: '1' } });
    k.note('same version', before.body.metadata.resourceVersion === after.body.metadata.resourceVersion);
  },

  'a patch with a dry run stores nothing': async (k) => {
    const path = await map(k);
    await k.patch('merge', `${path}?dryRun=All`, { data: { a: '2' } });
    await k.get(path, { only: (body) => body.data });
  },

  'a patch with a body over 3 MiB': async (k) => {
    const path = await map(k);
    await k.patch('merge', path, { data: { text: 'x'.repeat(3 * 1024 * 1024 + 1) } });
  },

  'a JSON patch of more than 10,000 operations': async (k) => {
    const path = await map(k);
    const operations = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/a', value: '1' }));
    await k.patch('json', path, operations);
  },
};

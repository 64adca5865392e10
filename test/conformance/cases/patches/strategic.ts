// Strategic merge patch: merge keys, directives, and the kinds that have none of it.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, service, statefulSet } from '../objects';

const TEMPLATE = {
  metadata: { labels: { app: 'a' } },
  spec: {
    containers: [
      {
        name: 'one',
        image: 'one:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        ports: [{ containerPort: 80 }, { containerPort: 443, name: 'https' }],
      },
      { name: 'two', image: 'two:1', args: ['x', 'y'] },
    ],
    volumes: [
      { name: 'v', emptyDir: {} },
      { name: 'w', configMap: { name: 'w' } },
    ],
    tolerations: [{ key: 'a', operator: 'Exists' }],
    nodeSelector: { disk: 'ssd' },
  },
};

async function template(k: Session): Promise<string> {
  const body = { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'a' }, template: TEMPLATE };
  await k.setup('POST', k.in('v1', 'podtemplates'), body);
  return k.in('v1', 'podtemplates', 'a');
}

/** Patches of the pod's spec. */
const SPECS: Readonly<Record<string, unknown>> = {
  'a container changes by its name': { containers: [{ name: 'two', image: 'two:2' }] },
  'a container more': { containers: [{ name: 'three', image: 'three:1' }] },
  'a container less': { containers: [{ name: 'one', $patch: 'delete' }] },
  'a container less that is not there': { containers: [{ name: 'none', $patch: 'delete' }] },
  'all containers replaced': { containers: [{ $patch: 'replace' }, { name: 'new', image: 'new:1' }] },
  'a container without its key': { containers: [{ image: 'x' }] },
  'a variable changes, one is new': {
    containers: [
      {
        name: 'one',
        env: [
          { name: 'B', value: '9' },
          { name: 'C', value: '3' },
        ],
      },
    ],
  },
  'a variable less': { containers: [{ name: 'one', env: [{ name: 'A', $patch: 'delete' }] }] },
  'ports merge by number': { containers: [{ name: 'one', ports: [{ containerPort: 443, name: 'tls' }] }] },
  'a list of strings is replaced': { containers: [{ name: 'two', args: ['z'] }] },
  'tolerations are replaced': { tolerations: [{ key: 'b', operator: 'Exists' }] },
  'a volume keeps only its new source': { volumes: [{ name: 'v', secret: { secretName: 's' } }] },
  'a volume keeps the keys that are told': {
    volumes: [{ name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } }],
  },
  'a map gets a key': { nodeSelector: { zone: 'a' } },
  'a map loses a key': { nodeSelector: { disk: null } },
  'a map is replaced': { nodeSelector: { $patch: 'replace', zone: 'a' } },
  'a map is deleted': { nodeSelector: { $patch: 'delete' } },
  'the order of containers is told': {
    '$setElementOrder/containers': [{ name: 'two' }, { name: 'one' }],
    containers: [{ name: 'two', image: 'two:2' }],
  },
  'an order that knows another item': {
    '$setElementOrder/containers': [{ name: 'one' }],
    containers: [{ name: 'two', image: 'two:2' }],
  },
  'a field is set to null': { volumes: null },
  'an unknown directive': { nodeSelector: { $patch: 'mangle' } },
  'a list where a map belongs': { nodeSelector: [] },
  'a map where a list belongs': { containers: {} },
};

export const STRATEGIC: CaseTable = {
  ...Object.fromEntries(
    Object.entries(SPECS).map(([what, spec]): [string, CaseTable[string]] => [
      `strategic patch: ${what}`,
      async (k) =>
        k.patch(
          'strategic',
          await template(k),
          { template: { spec } },
          {
            only: (body) => body.template?.spec ?? body,
          },
        ),
    ]),
  ),

  'strategic patch: finalizers are a set': async (k) => {
    const meta = { finalizers: ['example.com/a', 'example.com/b'] };
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', {}, meta));
    const path = k.in('v1', 'configmaps', 'a');
    await k.patch('strategic', path, { metadata: { finalizers: ['example.com/c', 'example.com/a'] } });
    await k.patch('strategic', path, { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] } });
    await k.patch('strategic', path, {
      metadata: {
        '$setElementOrder/finalizers': ['example.com/c', 'example.com/d', 'example.com/b'],
        finalizers: ['example.com/d'],
      },
    });
  },

  'strategic patch: owner references merge by uid': async (k) => {
    const uid = (end: number): string => `00000000-0000-0000-0000-00000000000${end}`;
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: uid(1) };
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', {}, { ownerReferences: [owner] }));
    const path = k.in('v1', 'configmaps', 'a');
    const only = (body: any): unknown => body.metadata.ownerReferences?.length ?? 0;
    await k.patch(
      'strategic',
      path,
      { metadata: { ownerReferences: [{ ...owner, name: 'y', uid: uid(2) }] } },
      { only },
    );
    await k.patch('strategic', path, { metadata: { ownerReferences: [{ $patch: 'delete', uid: uid(1) }] } }, { only });
    await k.patch('strategic', path, { metadata: { uid: 'other', ownerReferences: [] } });
  },

  'strategic patch: ports of a service merge by port': async (k) => {
    const ports = [{ name: 'a', port: 80 }];
    await k.setup('POST', k.in('v1', 'services'), service('a', { clusterIP: 'None', ports }));
    const path = k.in('v1', 'services', 'a');
    await k.patch('strategic', path, { spec: { ports: [{ name: 'b', port: 81 }] } });
    await k.patch('strategic', path, { spec: { ports: [{ port: 80, $patch: 'delete' }] } });
  },

  'strategic patch: a label less, a label more': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a', { a: '1' }, { labels: { x: '1', y: '2' } }));
    await k.patch('strategic', k.in('v1', 'configmaps', 'a'), { metadata: { labels: { x: null, z: '3' } } });
  },

  'strategic patch: nothing to do': async (k) => {
    const path = await template(k);
    await k.patch('strategic', path, {});
  },

  'strategic patch: text that is no JSON, a list': async (k) => {
    const path = await template(k);
    await k.patch('strategic', path, '{');
    await k.patch('strategic', path, '[]');
  },

  'strategic patch: an old resourceVersion': async (k) => {
    const path = await template(k);
    await k.patch('strategic', path, { metadata: { resourceVersion: '1', labels: { a: 'b' } } });
  },

  'a strategic patch may say any kind and version': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    for (const patch of [{ kind: 'Other' }, { apiVersion: 'other/v1' }, { kind: 'StatefulSetList' }]) {
      await k.patch('strategic', k.in('apps/v1', 'statefulsets', 'a'), patch);
    }
  },

  'whole numbers that are too large lose their upper bits, fractions are refused': async (k) => {
    await k.setup('POST', k.in('apps/v1', 'statefulsets'), statefulSet('a'));
    const path = k.in('apps/v1', 'statefulsets', 'a');
    const only = { only: ({ message, spec }: any): unknown => message ?? spec };
    for (const replicas of [2 ** 32 + 3, 2 ** 31, 1.5]) {
      await k.patch('strategic', path, { spec: { replicas } }, only);
      const { apiVersion, kind, metadata } = statefulSet('a');
      await k.apply('m', path, { apiVersion, kind, metadata, spec: { replicas } }, '&force=true', only);
    }
    const containers = [{ name: 'main', ports: [{ containerPort: 2 ** 32 + 80 }] }];
    await k.patch('strategic', path, { spec: { template: { spec: { containers } } } }, only);
  },
};

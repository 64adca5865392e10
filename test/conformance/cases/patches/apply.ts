// Server-side apply on built-in kinds: who owns what, conflicts, what goes when it is no longer applied.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { configMap, service, statefulSet } from '../objects';

const at = (k: Session): string => k.in('v1', 'configmaps', 'a');

export const APPLY: CaseTable = {
  'apply creates, then changes nothing': async (k) => {
    const first = await k.apply('one', at(k), configMap('a'));
    const second = await k.apply('one', at(k), configMap('a'));
    k.note('same version', first.body.metadata.resourceVersion === second.body.metadata.resourceVersion);
  },

  'apply of new fields and of fewer fields': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }, { labels: { x: '1' } }));
    await k.apply('one', at(k), configMap('a', { b: '3', c: '4' }));
    await k.apply('one', at(k), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
  },

  'apply of what another applied alike shares it': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }));
    await k.apply('two', at(k), configMap('a', { a: '1' }));
    await k.apply('one', at(k), configMap('a', { b: '2' }));
    await k.apply('two', at(k), configMap('a', {}));
  },

  'apply of what another applied otherwise is a conflict': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }, { labels: { x: '1' } }));
    await k.apply('two', at(k), configMap('a', { a: '9' }));
    await k.apply('two', at(k), configMap('a', { a: '9', b: '9', c: '1' }, { labels: { x: '9' } }));
    await k.apply('two', at(k), configMap('a', { a: '9' }), '&force=true');
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }, { labels: { x: '1' } }));
  },

  'apply of what somebody updated is a conflict that names the time': async (k) => {
    await k.setup('POST', `${k.in('v1', 'configmaps')}?fieldManager=editor`, configMap('a', { a: '1' }));
    await k.apply('one', at(k), configMap('a', { a: '2' }));
    await k.apply('one', at(k), configMap('a', { a: '1' }));
  },

  'apply against several managers names each': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1' }));
    await k.apply('two', at(k), configMap('a', { b: '1' }));
    await k.setup(
      'PATCH',
      `${at(k)}?fieldManager=editor`,
      { data: { c: '1' } },
      {
        headers: { 'content-type': 'application/merge-patch+json' },
      },
    );
    await k.apply('three', at(k), configMap('a', { a: '2', b: '2', c: '2' }), '', {
      // The managers stand in no order.
      only: ({ message, details }) => ({
        lines: message.split('\n').sort(),
        causes: details.causes.map((cause: any) => `${cause.field}: ${cause.message}`).sort(),
      }),
    });
    await k.apply('three', at(k), configMap('a', { a: '2', b: '2', c: '2' }), '&force=true');
  },

  'an update takes over what it changes': async (k) => {
    const { body } = await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }));
    await k.put(`${at(k)}?fieldManager=editor`, { ...body, data: { a: '9', b: '2' } });
    await k.apply('one', at(k), configMap('a', { b: '2' }));
  },

  'a patch that takes a field away takes its owner away': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }));
    await k.patch('merge', `${at(k)}?fieldManager=editor`, { data: { a: null } });
    await k.apply('one', at(k), configMap('a', { a: '1', b: '2' }));
  },

  'apply needs a field manager': (k) => k.patch('apply', at(k), configMap('a')),

  'apply with an empty field manager': (k) => k.patch('apply', `${at(k)}?fieldManager=`, configMap('a')),

  'force is for apply only': async (k) => {
    await k.setup('POST', k.in('v1', 'configmaps'), configMap('a'));
    await k.patch('merge', `${at(k)}?force=true`, { data: { b: '1' } });
  },

  'apply with a resourceVersion does not create': (k) =>
    k.apply('one', at(k), configMap('a', {}, { resourceVersion: '5' })),

  'apply with a uid does not create': (k) =>
    k.apply('one', at(k), configMap('a', {}, { uid: '00000000-0000-0000-0000-000000000001' })),

  'apply with an old resourceVersion is a conflict': async (k) => {
    await k.apply('one', at(k), configMap('a'));
    await k.apply('one', at(k), configMap('a', { a: '2' }, { resourceVersion: '1' }));
  },

  'apply with the right resourceVersion and uid': async (k) => {
    const { body } = await k.apply('one', at(k), configMap('a'));
    const { uid, resourceVersion } = body.metadata;
    await k.apply('one', at(k), configMap('a', { a: '2' }, { uid, resourceVersion }));
  },

  'apply with another uid is a conflict': async (k) => {
    await k.apply('one', at(k), configMap('a'));
    await k.apply('one', at(k), configMap('a', { a: '2' }, { uid: '00000000-0000-0000-0000-000000000001' }));
  },

  'apply with managedFields is refused': (k) =>
    k.apply('one', at(k), configMap('a', {}, { managedFields: [{ manager: 'x', operation: 'Apply' }] })),

  'apply without apiVersion, kind, name': async (k) => {
    await k.apply('one', at(k), { metadata: { name: 'a' } });
    await k.apply('one', at(k), { apiVersion: 'v1', metadata: { name: 'a' } });
    await k.apply('one', at(k), { apiVersion: 'v1', kind: 'ConfigMap' });
    await k.apply('one', at(k), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } });
    await k.apply('one', at(k), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
    await k.apply('one', at(k), { apiVersion: 'v2', kind: 'ConfigMap', metadata: { name: 'a' } });
  },

  'apply of YAML': (k) =>
    k.apply('one', at(k), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {a: "1"}\n'),

  'apply of text that is no YAML': async (k) => {
    await k.apply('one', at(k), 'a: [');
    await k.apply('one', at(k), '[]');
    await k.apply('one', at(k), '');
  },

  'apply with an unknown field': (k) => k.apply('one', at(k), { ...configMap('a'), wrong: 1 }),

  'apply of a value that does not fit': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: 5 }));
    await k.apply('one', at(k), { ...configMap('a'), data: ['x'] });
    await k.apply('one', at(k), { ...configMap('a'), immutable: 'yes' });
  },

  'apply of null': async (k) => {
    await k.apply('one', at(k), { ...configMap('a'), data: null });
    await k.apply('one', at(k), configMap('a', { a: null }));
  },

  'apply in a namespace that is not there': (k) =>
    k.apply('one', '/api/v1/namespaces/not-there/configmaps/a', configMap('a')),

  'apply with a dry run stores nothing': async (k) => {
    await k.apply('one', at(k), configMap('a'), '&dryRun=All');
    await k.get(at(k));
    await k.apply('one', at(k), configMap('a'));
    await k.apply('one', at(k), configMap('a', { a: '2' }), '&dryRun=All');
    await k.get(at(k));
  },

  'containers are told apart by name': async (k) => {
    const path = k.in('apps/v1', 'statefulsets', 'a');
    const withContainers = (...containers: object[]): unknown =>
      statefulSet('a', { template: { metadata: { labels: { app: 'a' } }, spec: { containers } } });
    await k.apply('one', path, withContainers({ name: 'a', image: 'a:1' }, { name: 'b', image: 'b:1' }));
    await k.apply('two', path, withContainers({ name: 'c', image: 'c:1' }));
    await k.apply('one', path, withContainers({ name: 'b', image: 'b:2' }));
    await k.apply('two', path, withContainers({ name: 'b', image: 'b:3' }));
    await k.apply('three', path, withContainers({ name: 'b' }));
  },

  'ports are told apart by number and protocol': async (k) => {
    const path = k.in('v1', 'services', 'a');
    const withPorts = (...ports: object[]): unknown => service('a', { clusterIP: 'None', ports });
    await k.apply(
      'one',
      path,
      withPorts({ name: 'a', port: 53, protocol: 'TCP' }, { name: 'b', port: 53, protocol: 'UDP' }),
    );
    await k.apply('one', path, withPorts({ name: 'b', port: 53, protocol: 'UDP' }));
    await k.apply('two', path, withPorts({ name: 'c', port: 80 }));
    await k.apply('two', path, withPorts({ name: 'x', port: 53, protocol: 'UDP' }));
  },

  'an item without its key, an item twice': async (k) => {
    const path = k.in('v1', 'services', 'a');
    await k.apply('one', path, service('a', { ports: [{ name: 'a' }] }));
    await k.apply('one', path, service('a', { ports: [{ port: 1 }, { port: 1 }] }));
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    const spec = { containers: [{ name: 'a', image: 'a', env }] };
    const set = statefulSet('a', { template: { metadata: { labels: { app: 'a' } }, spec } });
    await k.apply('one', k.in('apps/v1', 'statefulsets', 'a'), set);
  },

  'finalizers are a set': async (k) => {
    await k.apply('one', at(k), configMap('a', {}, { finalizers: ['example.com/a', 'example.com/b'] }));
    await k.apply('two', at(k), configMap('a', {}, { finalizers: ['example.com/c', 'example.com/b'] }));
    await k.apply('one', at(k), configMap('a', {}, { finalizers: ['example.com/a'] }));
    await k.apply('two', at(k), configMap('a', {}, { finalizers: ['example.com/c'] }));
    await k.apply('two', at(k), configMap('a', {}, { finalizers: ['example.com/c', 'example.com/c'] }));
  },

  'a selector is one value': async (k) => {
    const path = k.in('v1', 'services', 'a');
    const withSelector = (selector: object): unknown => service('a', { clusterIP: 'None', selector });
    await k.apply('one', path, withSelector({ a: '1', b: '2' }));
    await k.apply('two', path, withSelector({ a: '1' }));
    await k.apply('one', path, withSelector({ c: '3' }));
  },

  'an empty list, an empty map': async (k) => {
    await k.apply('one', at(k), configMap('a', {}, { labels: {}, finalizers: [] }));
    await k.apply('one', at(k), configMap('a', {}));
  },

  'apply of the status has managers of its own': async (k) => {
    const path = k.in('apps/v1', 'statefulsets', 'a');
    const head = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' } };
    await k.apply('one', path, statefulSet('a'));
    await k.apply('one', `${path}/status`, { ...head, status: { replicas: 1 } });
    await k.apply('two', `${path}/status`, { ...head, status: { replicas: 2 } });
    await k.apply('two', `${path}/status`, { ...head, spec: { replicas: 5 }, status: { replicas: 2 } }, '&force=true');
    await k.apply('one', `${path}/status`, { ...head, status: {} });
    await k.apply('two', path, { ...head, status: { replicas: 7 } });
  },

  'apply of the scale owns the replicas': async (k) => {
    const path = k.in('apps/v1', 'statefulsets', 'a');
    await k.apply('one', path, statefulSet('a', { replicas: 1 }));
    const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'a' }, spec: { replicas: 3 } };
    await k.apply('two', `${path}/scale`, scale);
    await k.apply('two', `${path}/scale`, scale, '&force=true');
    await k.get(path);
    await k.apply('one', path, statefulSet('a', { replicas: 1 }));
  },

  'apply of the status of what is not there': (k) =>
    k.apply('one', k.in('apps/v1', 'statefulsets', 'a', 'status'), {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'a' },
      status: { replicas: 1 },
    }),

  'applied in one version, again in another': async (k) => {
    const hpa = (version: string, spec: object): unknown => ({
      apiVersion: `autoscaling/${version}`,
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'a' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a' }, ...spec },
    });
    const path = (version: string): string => k.in(`autoscaling/${version}`, 'horizontalpodautoscalers', 'a');
    await k.apply('one', path('v1'), hpa('v1', { minReplicas: 2 }));
    await k.apply('one', path('v2'), hpa('v2', { maxReplicas: 4 }));
    await k.apply('two', path('v1'), hpa('v1', { maxReplicas: 5 }));
  },

  'managed fields can be taken away': async (k) => {
    await k.apply('one', at(k), configMap('a'));
    await k.patch('merge', at(k), { metadata: { managedFields: [{}] } });
    await k.apply('two', at(k), configMap('a', { a: '2' }));
    await k.patch('json', at(k), [{ op: 'replace', path: '/metadata/managedFields', value: [] }]);
  },

  'managed fields of an update that are no fields': async (k) => {
    const { body } = await k.apply('one', at(k), configMap('a'));
    const managed = (fields: object): unknown => ({ ...body, metadata: { ...body.metadata, managedFields: [fields] } });
    const [good] = body.metadata.managedFields;
    await k.put(at(k), managed({ ...good, operation: 'Other' }));
    await k.put(at(k), managed({ ...good, fieldsType: 'FieldsV2' }));
    await k.put(at(k), managed({ ...good, fieldsV1: { 'x:a': {} } }));
    await k.put(at(k), managed({ ...good, apiVersion: 'none/v9' }));
    await k.put(at(k), managed({ ...good, manager: 'renamed' }));
  },

  'the manager of an update is the name in front of the user agent': async (k) => {
    const headers = { 'user-agent': 'kubectl/v1 (linux) x' };
    await k.post(k.in('v1', 'configmaps'), configMap('a'), { headers });
    await k.patch('merge', at(k), { data: { b: '2' } }, { headers: { 'user-agent': 'other' } });
    await k.patch('merge', at(k), { data: { c: '3' } }, { headers: { 'user-agent': '' } });
  },

  'apply of a long value and of numbers': async (k) => {
    await k.apply('one', k.in('v1', 'limitranges', 'a'), {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'a' },
      spec: { limits: [{ type: 'Container', default: { cpu: 1, memory: '1024Mi' } }] },
    });
    await k.apply('two', k.in('v1', 'limitranges', 'a'), {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'a' },
      spec: { limits: [{ type: 'Container', default: { cpu: '1000m' } }] },
    });
  },

  'apply of an int-or-string': async (k) => {
    const budget = (maxUnavailable: unknown): unknown => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a' },
      spec: { maxUnavailable, selector: { matchLabels: { app: 'a' } } },
    });
    const path = k.in('policy/v1', 'poddisruptionbudgets', 'a');
    await k.apply('one', path, budget(1));
    await k.apply('one', path, budget('10%'));
    await k.apply('two', path, budget(2));
    await k.apply('one', path, budget('x'));
  },

  'apply of a secret with stringData': async (k) => {
    const secret = (stringData: object): unknown => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      stringData,
    });
    const path = k.in('v1', 'secrets', 'a');
    await k.apply('one', path, secret({ a: '1', b: '2' }));
    await k.apply('one', path, secret({ a: '1' }));
  },

  'apply on an object that is being deleted': async (k) => {
    await k.apply('one', at(k), configMap('a', { a: '1' }, { finalizers: ['example.com/a'] }));
    await k.setup('DELETE', at(k));
    await k.apply('one', at(k), configMap('a', { a: '2' }, { finalizers: ['example.com/a'] }));
    await k.apply('one', at(k), configMap('a', { a: '2' }));
    await k.get(at(k));
  },
};

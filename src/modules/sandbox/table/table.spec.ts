import { ManualClock, type JsonObject } from '../../common';
import { builtInKinds } from '../kinds';
import { type Target } from '../verbs';
import { humanDuration } from './human-duration';
import { compileJsonPath } from './json-path';
import { Tables } from './tables';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const NOW = Date.parse('2026-01-01T00:00:00Z');
const tables = new Tables(new ManualClock(NOW));

function targetOf(group: string, plural: string): Target {
  const definition = builtInKinds().find((one) => one.group === group && one.plural === plural)!;
  return { definition, version: definition.versions[0]!, namespace: 'default' };
}

function row(group: string, plural: string, object: JsonObject): JsonObject {
  const metadata = { name: 'a', creationTimestamp: '2025-12-31T23:58:00Z' };
  const options = { metadata: {}, includeObject: 'None', version: 'v1' } as const;
  const table = tables.render(targetOf(group, plural), [{ metadata, ...object }], options);
  const names = (table['columnDefinitions'] as readonly JsonObject[]).map((column) => column['name'] as string);
  const [{ cells }] = table['rows'] as readonly [{ cells: readonly string[] }];
  return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
}

it.each([
  [45 * SECOND, '45s'],
  [119 * SECOND, '119s'],
  [130 * SECOND, '2m10s'],
  [600 * SECOND, '10m'],
  [3 * HOUR + 60 * SECOND, '3h1m'],
  [47 * HOUR, '47h'],
  [50 * HOUR, '2d2h'],
  [24 * HOUR * 400, '400d'],
  [24 * HOUR * 365 * 3, '3y'],
  [-5 * SECOND, '<invalid>'],
])('%i ms are told as %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});

it.each([
  ['.spec.image', ['nginx']],
  ['.spec["image"]', ['nginx']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  ['.status.conditions[*].type', ['Ready', 'Old']],
  ['.status.conditions[-1].type', ['Old']],
  ['.metadata.labels.a\\.b/c', ['x']],
  ['.spec.missing', []],
  ['.constructor', []],
  ['[[', []],
])('%s finds %j', (path, found) => {
  const object = {
    metadata: { labels: { 'a.b/c': 'x' } },
    spec: { image: 'nginx' },
    status: {
      conditions: [
        { type: 'Ready', status: 'True' },
        { type: 'Old', status: 'False' },
      ],
    },
  };
  expect(compileJsonPath(path)(object)).toEqual(found);
});

it('a pod is summed up as people know it', () => {
  const spec = { containers: [{ name: 'a' }, { name: 'b' }], nodeName: 'n' };
  const containerStatuses = [
    { name: 'a', ready: true, restartCount: 2, state: { running: {} } },
    { name: 'b', ready: false, restartCount: 0, state: { waiting: { reason: 'CrashLoopBackOff' } } },
  ];
  expect(row('', 'pods', { spec, status: { phase: 'Running', containerStatuses } })).toMatchObject({
    Name: 'a',
    Ready: '1/2',
    Status: 'CrashLoopBackOff',
    Restarts: '2',
    Age: '2m',
    IP: '<none>',
    Node: 'n',
  });
});

it('a service, a deployment and a kind without columns of its own', () => {
  const ports = [{ port: 80, nodePort: 30_000, protocol: 'TCP' }];
  expect(row('', 'services', { spec: { type: 'LoadBalancer', clusterIP: '10.96.1.1', ports } })).toMatchObject({
    'Cluster-IP': '10.96.1.1',
    'External-IP': '<pending>',
    'Port(s)': '80:30000/TCP',
    Selector: '<none>',
  });
  const spec = { replicas: 3, selector: { matchLabels: { app: 'a' } } };
  expect(row('apps', 'deployments', { spec, status: { readyReplicas: 1 } })).toMatchObject({
    Ready: '1/3',
    Available: 0,
    Selector: 'app=a',
  });
  expect(row('rbac.authorization.k8s.io', 'roles', {})).toEqual({ Name: 'a', 'Created At': '2025-12-31T23:58:00Z' });
});

it('every recorded column of the kinds that people list has content', () => {
  const listed = [
    'pods',
    'services',
    'configmaps',
    'secrets',
    'namespaces',
    'nodes',
    'events',
    'persistentvolumeclaims',
  ];
  for (const plural of listed) expect(Object.values(row('', plural, {}))).not.toContain(undefined);
});

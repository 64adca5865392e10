// What the kinds refuse, and what they do not let change.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { deployment, pod, podSpec, podTemplate, service, statefulSet } from '../objects';

type Refused = readonly [version: string, plural: string, body: object];

const head = (apiVersion: string, kind: string): object => ({ apiVersion, kind, metadata: { name: 'a' } });
const cronJob = (spec: object): object => ({
  ...head('batch/v1', 'CronJob'),
  spec: {
    schedule: '* * * * *',
    jobTemplate: { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } } },
    ...spec,
  },
});
const job = (spec: object, podFields: object = {}): object => ({
  ...head('batch/v1', 'Job'),
  spec: { template: { spec: podSpec({ restartPolicy: 'Never', ...podFields }) }, ...spec },
});
const hpa = (spec: object): object => ({
  ...head('autoscaling/v2', 'HorizontalPodAutoscaler'),
  spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, ...spec },
});
const container = (fields: object): object => pod('a', { containers: [{ name: 'a', image: 'a', ...fields }] });
const ingress = (spec: object): object => ({ ...head('networking.k8s.io/v1', 'Ingress'), spec });
const claim = (spec: object): object => ({
  ...head('v1', 'PersistentVolumeClaim'),
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
});

const POD = (body: object): Refused => ['v1', 'pods', body];
const SERVICE = (spec: object): Refused => ['v1', 'services', service('a', spec as Record<string, unknown>)];

const REFUSED: Readonly<Record<string, Refused>> = {
  'a pod without containers': POD(pod('a', { containers: [] })),
  'a container without a name and an image': POD(pod('a', { containers: [{}] })),
  'two containers of one name': POD(
    pod('a', {
      containers: [
        { name: 'a', image: 'a' },
        { name: 'a', image: 'b' },
      ],
    }),
  ),
  'an unknown restart policy': POD(pod('a', { restartPolicy: 'Sometimes' })),
  'an unknown pull policy': POD(container({ imagePullPolicy: 'Sometimes' })),
  'a port out of range': POD(container({ ports: [{ containerPort: 70000 }, { containerPort: 0 }] })),
  'a variable whose name is none': POD(
    container({
      env: [
        { name: '', value: 'x' },
        { name: 'a=b', value: 'y' },
      ],
    }),
  ),
  'a request over its limit': POD(container({ resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } })),
  'a quantity that is none': POD(container({ resources: { limits: { cpu: 'lots' } } })),
  'a mount of a volume that is not there': POD(container({ volumeMounts: [{ name: 'x', mountPath: '/x' }] })),
  'two volumes of one name': POD(
    pod('a', {
      volumes: [
        { name: 'x', emptyDir: {} },
        { name: 'x', emptyDir: {} },
      ],
    }),
  ),
  'a volume of two sorts': POD(pod('a', { volumes: [{ name: 'x', emptyDir: {}, hostPath: { path: '/' } }] })),
  'a probe of two sorts': POD(container({ livenessProbe: { exec: { command: ['x'] }, tcpSocket: { port: 1 } } })),
  'a priority class that is not there': POD(pod('a', { priorityClassName: 'none' })),
  'a Deployment without a selector': ['apps/v1', 'deployments', deployment('a', { selector: undefined })],
  'a Deployment whose selector selects others': [
    'apps/v1',
    'deployments',
    deployment('a', { selector: { matchLabels: { app: 'b' } } }),
  ],
  'a Deployment with negative replicas': ['apps/v1', 'deployments', deployment('a', { replicas: -1 })],
  'a Deployment that never restarts': [
    'apps/v1',
    'deployments',
    deployment('a', { template: podTemplate({ app: 'a' }, { restartPolicy: 'Never' }) }),
  ],
  'a Deployment of an unknown strategy': ['apps/v1', 'deployments', deployment('a', { strategy: { type: 'Magic' } })],
  'a Deployment that recreates and rolls': [
    'apps/v1',
    'deployments',
    deployment('a', { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }),
  ],
  'a Deployment that neither surges nor misses': [
    'apps/v1',
    'deployments',
    deployment('a', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
  ],
  'a StatefulSet with an empty selector': ['apps/v1', 'statefulsets', statefulSet('a', { selector: {} })],
  'a Service without ports': SERVICE({ ports: [] }),
  'a Service of an unknown type': SERVICE({ type: 'Magic' }),
  'a Service port out of range': SERVICE({ ports: [{ port: 70000 }] }),
  'a Service with two unnamed ports': SERVICE({ ports: [{ port: 1 }, { port: 2 }] }),
  'a Service with one port twice': SERVICE({
    ports: [
      { name: 'a', port: 1 },
      { name: 'b', port: 1 },
    ],
  }),
  'a Service with an unknown protocol': SERVICE({ ports: [{ port: 1, protocol: 'ICMP' }] }),
  'a Service with an address that is none': SERVICE({ clusterIP: 'x' }),
  'a Service with an address outside of the range': SERVICE({ clusterIP: '192.168.1.1' }),
  'an external Service without a name': SERVICE({ type: 'ExternalName', ports: undefined }),
  'a node port out of range': SERVICE({ type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }),
  'a node port of a Service that has none': SERVICE({ ports: [{ port: 80, nodePort: 30001 }] }),
  'a Secret with data that is no base64': ['v1', 'secrets', { ...head('v1', 'Secret'), data: { a: '?' } }],
  'a Secret of a type without its key': [
    'v1',
    'secrets',
    { ...head('v1', 'Secret'), type: 'kubernetes.io/tls', data: {} },
  ],
  'a Secret with a key that is none': ['v1', 'secrets', { ...head('v1', 'Secret'), stringData: { 'a/b': 'x' } }],
  'a Job that always restarts': ['batch/v1', 'jobs', job({}, { restartPolicy: 'Always' })],
  'a Job with negative numbers': ['batch/v1', 'jobs', job({ parallelism: -1, completions: -1, backoffLimit: -1 })],
  'a Job with a selector of its own': ['batch/v1', 'jobs', job({ selector: { matchLabels: { a: 'b' } } })],
  'a CronJob with a schedule that is none': ['batch/v1', 'cronjobs', cronJob({ schedule: 'often' })],
  'a CronJob of an unknown policy': ['batch/v1', 'cronjobs', cronJob({ concurrencyPolicy: 'Maybe' })],
  'a CronJob in an unknown time zone': ['batch/v1', 'cronjobs', cronJob({ timeZone: 'Moon/Base' })],
  'an autoscaler with less than its least': ['autoscaling/v2', 'horizontalpodautoscalers', hpa({ minReplicas: 5 })],
  'an autoscaler without a maximum': ['autoscaling/v2', 'horizontalpodautoscalers', hpa({ maxReplicas: 0 })],
  'an autoscaler with an empty target': ['autoscaling/v2', 'horizontalpodautoscalers', hpa({ scaleTargetRef: {} })],
  'a budget with both bounds': [
    'policy/v1',
    'poddisruptionbudgets',
    { ...head('policy/v1', 'PodDisruptionBudget'), spec: { minAvailable: 1, maxUnavailable: 1 } },
  ],
  'a budget with a share that is none': [
    'policy/v1',
    'poddisruptionbudgets',
    { ...head('policy/v1', 'PodDisruptionBudget'), spec: { minAvailable: 'x' } },
  ],
  'an Ingress of nothing': ['networking.k8s.io/v1', 'ingresses', ingress({})],
  'an Ingress path without a slash': [
    'networking.k8s.io/v1',
    'ingresses',
    ingress({
      rules: [
        {
          http: {
            paths: [{ path: 'x', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }],
          },
        },
      ],
    }),
  ],
  'an Ingress path without a type': [
    'networking.k8s.io/v1',
    'ingresses',
    ingress({
      rules: [{ host: 'A_b', http: { paths: [{ path: '/', backend: { service: { name: 'a', port: {} } } }] } }],
    }),
  ],
  'a claim without a size': ['v1', 'persistentvolumeclaims', claim({ resources: {} })],
  'a claim of no access mode': ['v1', 'persistentvolumeclaims', claim({ accessModes: [] })],
  'a NetworkPolicy of an unknown type': [
    'networking.k8s.io/v1',
    'networkpolicies',
    { ...head('networking.k8s.io/v1', 'NetworkPolicy'), spec: { podSelector: {}, policyTypes: ['Sideways'] } },
  ],
  'a Role without verbs': [
    'rbac.authorization.k8s.io/v1',
    'roles',
    { ...head('rbac.authorization.k8s.io/v1', 'Role'), rules: [{ apiGroups: [''], resources: ['pods'], verbs: [] }] },
  ],
  'a RoleBinding to nothing': [
    'rbac.authorization.k8s.io/v1',
    'rolebindings',
    {
      ...head('rbac.authorization.k8s.io/v1', 'RoleBinding'),
      roleRef: { kind: 'Role', name: '' },
      subjects: [{ kind: 'ServiceAccount', name: 'a' }],
    },
  ],
  'a Lease of no time': [
    'coordination.k8s.io/v1',
    'leases',
    { ...head('coordination.k8s.io/v1', 'Lease'), spec: { leaseDurationSeconds: 0, leaseTransitions: -1 } },
  ],
};

async function changed(
  k: Session,
  version: string,
  plural: string,
  body: object,
  patches: readonly object[],
): Promise<void> {
  await k.setup('POST', k.in(version, plural), body);
  for (const patch of patches) {
    await k.patch('merge', k.in(version, plural, 'a'), patch, {
      // What came of it; the whole object is in the cases of defaults.
      only: ({ kind, message, details, reason }) => (kind === 'Status' ? { message, details, reason } : kind),
    });
  }
}

type Change = readonly [version: string, plural: string, body: object, patches: readonly object[]];

const CHANGES: Readonly<Record<string, Change>> = {
  'the selector of a Deployment': [
    'apps/v1',
    'deployments',
    deployment('a'),
    [{ spec: { selector: { matchLabels: { b: 'c' } }, template: { metadata: { labels: { b: 'c' } } } } }],
  ],
  'a StatefulSet but for a few fields': [
    'apps/v1',
    'statefulsets',
    statefulSet('a'),
    [
      { spec: { serviceName: 'b' } },
      { spec: { replicas: 3, minReadySeconds: 1 } },
      { spec: { podManagementPolicy: 'Parallel' } },
    ],
  ],
  'the selector of a DaemonSet': [
    'apps/v1',
    'daemonsets',
    { ...head('apps/v1', 'DaemonSet'), spec: { selector: { matchLabels: { app: 'a' } }, template: podTemplate() } },
    [{ spec: { selector: { matchLabels: { app: 'b' } } } }],
  ],
  'a pod but for its image': [
    'v1',
    'pods',
    pod('a'),
    [
      { spec: { containers: [{ name: 'main', image: 'nginx:2' }] } },
      { spec: { restartPolicy: 'Never' } },
      { spec: { containers: [{ name: 'main', image: 'x', env: [{ name: 'A', value: 'b' }] }] } },
      { spec: { activeDeadlineSeconds: 5 } },
    ],
  ],
  'the address of a Service': [
    'v1',
    'services',
    service('a', { clusterIP: 'None' }),
    [
      { spec: { clusterIP: '10.96.0.50' } },
      { spec: { ports: [{ port: 81 }] } },
      { spec: { type: 'ExternalName', externalName: 'example.com' } },
    ],
  ],
  'the type of a Secret': [
    'v1',
    'secrets',
    { ...head('v1', 'Secret'), stringData: { a: 'b' } },
    [{ type: 'example.com/x' }, { stringData: { c: 'd' } }],
  ],
  'an immutable Secret': [
    'v1',
    'secrets',
    { ...head('v1', 'Secret'), immutable: true, stringData: { a: 'b' } },
    [{ stringData: { a: 'c' } }, { immutable: false }, { metadata: { labels: { a: 'b' } } }],
  ],
  'the template of a Job': [
    'batch/v1',
    'jobs',
    job({ suspend: true }),
    [
      { spec: { template: { spec: { containers: [{ name: 'x', image: 'x' }] } } } },
      { spec: { completions: 3 } },
      { spec: { parallelism: 2, backoffLimit: 1 } },
    ],
  ],
  'the size of a claim': [
    'v1',
    'persistentvolumeclaims',
    claim({}),
    [
      { spec: { resources: { requests: { storage: '2Gi' } } } },
      { spec: { accessModes: ['ReadWriteMany'] } },
      { spec: { storageClassName: 'x' } },
    ],
  ],
  'the target of a RoleBinding': [
    'rbac.authorization.k8s.io/v1',
    'rolebindings',
    {
      ...head('rbac.authorization.k8s.io/v1', 'RoleBinding'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    },
    [{ roleRef: { name: 'b' } }, { subjects: [{ kind: 'User', name: 'x' }] }],
  ],
  'the selector of a budget': [
    'policy/v1',
    'poddisruptionbudgets',
    { ...head('policy/v1', 'PodDisruptionBudget'), spec: { minAvailable: 1 } },
    [{ spec: { selector: { matchLabels: { a: 'b' } } } }, { spec: { minAvailable: null, maxUnavailable: '10%' } }],
  ],
};

export const RULES: CaseTable = {
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([what, [version, plural, body]]): [string, CaseTable[string]] => [
      `refused: ${what}`,
      (k) => k.post(`${k.in(version, plural)}?dryRun=All`, body),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(CHANGES).map(([what, change]): [string, CaseTable[string]] => [
      `changed: ${what}`,
      (k) => changed(k, ...change),
    ]),
  ),

  'a Service gets an address of the range': async (k) => {
    const only = { only: ({ spec }: any): unknown => ({ ...spec, clusterIP: '', clusterIPs: [] }) };
    const { body } = await k.post(k.in('v1', 'services'), service('a'), only);
    k.note('in the range', body.spec.clusterIP.startsWith('10.96.') && body.spec.clusterIPs[0] === body.spec.clusterIP);
    await k.post(k.in('v1', 'services'), service('b', { clusterIP: body.spec.clusterIP }), {
      only: ({ code, reason, details }) => ({ code, reason, field: details?.causes?.[0]?.field }),
    });
    const updated = await k.put(k.in('v1', 'services', 'a'), service('a', { ports: [{ port: 81 }] }), only);
    k.note('keeps its address', updated.body.spec.clusterIP === body.spec.clusterIP);
  },

  'a Service gets a node port': async (k) => {
    const only = { only: ({ spec }: any): unknown => ({ ...spec, clusterIP: '', clusterIPs: [] }) };
    const { body } = await k.post(k.in('v1', 'services'), service('a', { type: 'NodePort' }), only);
    const port = body.spec.ports[0].nodePort;
    k.note('in the range', port >= 30000 && port <= 32767);
  },

  'stringData is stored as data': async (k) => {
    const secret = { ...head('v1', 'Secret'), data: { a: 'b2xk', c: 'ZA==' }, stringData: { a: 'new' } };
    await k.post(k.in('v1', 'secrets'), secret);
  },

  'a pod is bound to a node': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'a' },
      target: { kind: 'Node', name: 'one' },
    };
    await k.post(k.in('v1', 'pods', 'a', 'binding'), binding);
    await k.get(k.in('v1', 'pods', 'a'), { only: ({ spec, status }) => ({ node: spec.nodeName, status }) });
  },

  'a pod is evicted': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'a' } };
    await k.post(k.in('v1', 'pods', 'a', 'eviction'), eviction);
    await k.get(k.in('v1', 'pods', 'a'));
  },

  'an event is seen in both its groups': async (k) => {
    const event = {
      ...head('v1', 'Event'),
      involvedObject: { kind: 'Pod', name: 'x', namespace: k.ns },
      reason: 'R',
      message: 'm',
      type: 'Normal',
      count: 2,
      source: { component: 'c' },
    };
    await k.setup('POST', k.in('v1', 'events'), event);
    await k.get(k.in('events.k8s.io/v1', 'events', 'a'));
    await k.post(k.in('v1', 'events'), {
      ...event,
      metadata: { name: 'b', namespace: k.ns },
      involvedObject: { kind: 'Pod', name: 'x', namespace: 'other' },
    });
  },

  'a token of a service account': async (k) => {
    await k.setup('POST', k.in('v1', 'serviceaccounts'), { ...head('v1', 'ServiceAccount') });
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
    await k.post(k.in('v1', 'serviceaccounts', 'a', 'token'), request, {
      only: ({ kind, status }) => ({ kind, hasToken: typeof status?.token === 'string' }),
    });
  },
};

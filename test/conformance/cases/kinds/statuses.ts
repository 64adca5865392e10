// What a write of the status leaves behind: times that were never set, lists that are empty, rules of some kinds.
import { type CaseTable } from '../../harness/conformance-case';
import { deployment, pod, podTemplate, service, statefulSet } from '../objects';

type Fields = Readonly<Record<string, unknown>>;

interface Written {
  readonly version: string;
  readonly plural: string;
  readonly object: Fields;
  readonly status: Fields;
}

const condition = { type: 'Ready', status: 'True' };
const WITHOUT_TIMES: readonly Written[] = [
  { version: 'v1', plural: 'pods', object: pod('a'), status: { conditions: [condition] } },
  {
    version: 'v1',
    plural: 'pods',
    object: pod('a'),
    status: {
      containerStatuses: [
        {
          name: 'main',
          image: 'i',
          imageID: '',
          ready: true,
          restartCount: 0,
          state: { running: {} },
          lastState: { terminated: { exitCode: 1 } },
        },
      ],
    },
  },
  { version: 'apps/v1', plural: 'deployments', object: deployment('a'), status: { conditions: [condition] } },
  {
    version: 'apps/v1',
    plural: 'statefulsets',
    object: statefulSet('a'),
    status: { replicas: 1, conditions: [condition] },
  },
  {
    version: 'batch/v1',
    plural: 'jobs',
    object: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a' },
      spec: { template: podTemplate({}, { restartPolicy: 'Never' }) },
    },
    status: { conditions: [{ ...condition, status: 'False' }] },
  },
  {
    version: 'v1',
    plural: 'persistentvolumeclaims',
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'a' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
    status: { phase: 'Bound', conditions: [condition] },
  },
];

const times: CaseTable = Object.fromEntries(
  WITHOUT_TIMES.map(({ version, plural, object, status }): [string, CaseTable[string]] => [
    `times that were never set in the status of ${plural}: ${Object.keys(status).join(', ')}`,
    async (k) => {
      await k.setup('POST', k.in(version, plural), object);
      const { apiVersion, kind } = object;
      const path = k.in(version, plural, 'a', 'status');
      await k.patch('merge', path, { status });
      await k.apply('m', path, { apiVersion, kind, metadata: { name: 'a' }, status }, '&force=true');
      await k.get(k.in(version, plural, 'a'));
    },
  ]),
);

const AUTOSCALER = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'a' },
  spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'a', apiVersion: 'apps/v1' } },
};
const METRIC = { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 5 } } };

const SERVICES: Readonly<Record<string, Fields>> = {
  ClusterIP: { clusterIP: 'None' },
  NodePort: { type: 'NodePort' },
  LoadBalancer: { type: 'LoadBalancer' },
  ExternalName: { type: 'ExternalName', externalName: 'a.b', ports: undefined },
};
const BALANCERS: readonly Fields[] = [
  { ip: '1.2.3.4' },
  { ip: '1.2.3.4', ipMode: 'VIP' },
  { ip: 'x' },
  { hostname: 'a.b' },
  { hostname: '1.2.3.4' },
  { hostname: 'a_b' },
  { hostname: 'a.b', ipMode: 'VIP' },
  { ip: '1.2.3.4', ipMode: 'other' },
  { ip: '1.2.3.4', ports: [{ port: 80, protocol: 'TCP' }] },
  {},
];
/** The answer but for what is given to a Service by chance. */
const statusOnly = { only: (body: any): unknown => (body.kind === 'Status' ? body : body.status) };

const balancers: CaseTable = Object.fromEntries(
  Object.entries(SERVICES).map(([type, spec]): [string, CaseTable[string]] => [
    `addresses of a load balancer in the status of a Service of type ${type}`,
    async (k) => {
      await k.setup('POST', k.in('v1', 'services'), service('a', spec));
      for (const entry of BALANCERS) {
        const status = { loadBalancer: { ingress: [entry] } };
        await k.patch('merge', k.in('v1', 'services', 'a', 'status'), { status }, statusOnly);
      }
      await k.patch('merge', k.in('v1', 'services', 'a', 'status'), { status: { loadBalancer: {} } }, statusOnly);
    },
  ]),
);

export const STATUSES: CaseTable = {
  ...times,
  ...balancers,

  'the status of an autoscaler has metrics or null': async (k) => {
    await k.setup('POST', k.in('autoscaling/v2', 'horizontalpodautoscalers'), AUTOSCALER);
    const path = k.in('autoscaling/v2', 'horizontalpodautoscalers', 'a', 'status');
    for (const status of [
      { desiredReplicas: 1 },
      { desiredReplicas: 2, currentMetrics: null, conditions: [condition] },
      { currentMetrics: [METRIC] },
      { currentMetrics: [] },
    ]) {
      await k.patch('merge', path, { status });
    }
  },
  'addresses of a load balancer in the status of an Ingress': async (k) => {
    await k.setup('POST', k.in('networking.k8s.io/v1', 'ingresses'), {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'a' },
      spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } },
    });
    for (const entry of BALANCERS) {
      const status = { loadBalancer: { ingress: [entry] } };
      await k.patch('merge', k.in('networking.k8s.io/v1', 'ingresses', 'a', 'status'), { status }, statusOnly);
    }
  },
  'conditions of a disruption budget have a time and a reason': async (k) => {
    await k.setup('POST', k.in('policy/v1', 'poddisruptionbudgets'), {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'a' },
      spec: { minAvailable: 1, selector: {} },
    });
    const path = k.in('policy/v1', 'poddisruptionbudgets', 'a', 'status');
    for (const one of [
      condition,
      { ...condition, reason: 'A', lastTransitionTime: '2001-01-01T00:00:00Z' },
      { ...condition, type: 'X/Y', reason: 'A', lastTransitionTime: '2001-01-01T00:00:00Z' },
    ]) {
      await k.patch('merge', path, { status: { conditions: [one] } });
    }
  },
  'conditions of a pod have types with a name': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a'));
    for (const type of ['a.b/Ready', 'X/Y', 'a b', '']) {
      await k.patch('merge', k.in('v1', 'pods', 'a', 'status'), { status: { conditions: [{ ...condition, type }] } });
    }
  },
  'a Job starts once': async (k) => {
    await k.setup('POST', k.in('batch/v1', 'jobs'), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a' },
      spec: { template: podTemplate({}, { restartPolicy: 'Never' }) },
    });
    for (const startTime of ['2001-01-01T00:00:00Z', '2001-01-01T00:00:00Z', '2002-01-01T00:00:00Z']) {
      await k.patch('merge', k.in('batch/v1', 'jobs', 'a', 'status'), { status: { active: 1, startTime } });
    }
  },
};

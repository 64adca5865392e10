// The smallest object of each kind, and what the server makes of it.
import { type CaseTable } from '../../harness/conformance-case';
import { podSpec, podTemplate } from '../objects';

type Kind = readonly [version: string, plural: string, kind: string, fields: object];

const selector = { matchLabels: { app: 'a' } };
const job = { template: { spec: podSpec({ restartPolicy: 'Never' }) } };
const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const RBAC = 'rbac.authorization.k8s.io/v1';
const webhook = {
  name: 'a.example.com',
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  clientConfig: { service: { name: 'a', namespace: 'default' } },
};

const NAMESPACED: readonly Kind[] = [
  ['v1', 'pods', 'Pod', { spec: podSpec() }],
  ['v1', 'services', 'Service', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } }],
  ['v1', 'configmaps', 'ConfigMap', {}],
  ['v1', 'secrets', 'Secret', { stringData: { a: 'b' } }],
  ['v1', 'serviceaccounts', 'ServiceAccount', {}],
  ['v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', { spec: claim }],
  ['v1', 'endpoints', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 1 }] }] }],
  ['v1', 'events', 'Event', { involvedObject: { kind: 'Pod', name: 'a' }, reason: 'Test' }],
  ['v1', 'resourcequotas', 'ResourceQuota', { spec: { hard: { pods: 5 } } }],
  ['v1', 'limitranges', 'LimitRange', { spec: { limits: [{ type: 'Container', default: { cpu: 1 } }] } }],
  ['apps/v1', 'deployments', 'Deployment', { spec: { selector, template: podTemplate() } }],
  ['apps/v1', 'replicasets', 'ReplicaSet', { spec: { replicas: 0, selector, template: podTemplate() } }],
  ['apps/v1', 'statefulsets', 'StatefulSet', { spec: { serviceName: 'a', selector, template: podTemplate() } }],
  ['apps/v1', 'daemonsets', 'DaemonSet', { spec: { selector, template: podTemplate() } }],
  ['batch/v1', 'cronjobs', 'CronJob', { spec: { schedule: '* * * * *', jobTemplate: { spec: job } } }],
  [
    'autoscaling/v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    { spec: { maxReplicas: 3, scaleTargetRef: target } },
  ],
  [
    'autoscaling/v1',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    { spec: { maxReplicas: 3, scaleTargetRef: target } },
  ],
  ['policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget', { spec: { minAvailable: 1, selector } }],
  [
    'networking.k8s.io/v1',
    'ingresses',
    'Ingress',
    { spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } } },
  ],
  [
    'networking.k8s.io/v1',
    'networkpolicies',
    'NetworkPolicy',
    { spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] } },
  ],
  [RBAC, 'roles', 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }],
  [
    RBAC,
    'rolebindings',
    'RoleBinding',
    {
      roleRef: { kind: 'Role', name: 'a', apiGroup: 'rbac.authorization.k8s.io' },
      subjects: [
        { kind: 'User', name: 'x' },
        { kind: 'ServiceAccount', name: 'y', namespace: 'default' },
      ],
    },
  ],
  ['coordination.k8s.io/v1', 'leases', 'Lease', { spec: { holderIdentity: 'a', leaseDurationSeconds: 15 } }],
  [
    'discovery.k8s.io/v1',
    'endpointslices',
    'EndpointSlice',
    { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }], ports: [{ port: 1 }] },
  ],
  [
    'events.k8s.io/v1',
    'events',
    'Event',
    {
      eventTime: '2001-01-01T00:00:00.000000Z',
      reportingController: 'example.com/a',
      reportingInstance: 'a',
      action: 'Do',
      reason: 'Test',
      type: 'Normal',
      regarding: { kind: 'Pod', name: 'a' },
    },
  ],
];

const CLUSTER: readonly Kind[] = [
  ['v1', 'namespaces', 'Namespace', {}],
  ['v1', 'nodes', 'Node', {}],
  [
    'v1',
    'persistentvolumes',
    'PersistentVolume',
    { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/a' } } },
  ],
  [RBAC, 'clusterroles', 'ClusterRole', { rules: [{ nonResourceURLs: ['/healthz'], verbs: ['get'] }] }],
  [
    RBAC,
    'clusterrolebindings',
    'ClusterRoleBinding',
    { roleRef: { kind: 'ClusterRole', name: 'a', apiGroup: 'rbac.authorization.k8s.io' } },
  ],
  ['scheduling.k8s.io/v1', 'priorityclasses', 'PriorityClass', { value: 5 }],
  ['storage.k8s.io/v1', 'storageclasses', 'StorageClass', { provisioner: 'example.com/a' }],
  ['networking.k8s.io/v1', 'ingressclasses', 'IngressClass', { spec: { controller: 'example.com/a' } }],
  [
    'admissionregistration.k8s.io/v1',
    'validatingwebhookconfigurations',
    'ValidatingWebhookConfiguration',
    { webhooks: [webhook] },
  ],
  [
    'admissionregistration.k8s.io/v1',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
    { webhooks: [webhook] },
  ],
];

const PODS: Readonly<Record<string, object>> = {
  'probes, ports and resources': {
    containers: [
      {
        name: 'a',
        image: 'a',
        ports: [{ containerPort: 80 }],
        livenessProbe: { httpGet: { path: '/', port: 80 } },
        readinessProbe: { exec: { command: ['x'] } },
        resources: { limits: { cpu: 1, memory: '64Mi' } },
      },
    ],
  },
  'image tags': {
    containers: [
      'a',
      'b:latest',
      'c:1',
      'd@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    ].map((image, at) => ({ name: `c${at}`, image })),
  },
  'volumes of every sort': {
    containers: [{ name: 'a', image: 'a', volumeMounts: [{ name: 'a', mountPath: '/a' }] }],
    volumes: [
      { name: 'a', configMap: { name: 'a' } },
      { name: 'b', secret: { secretName: 'b' } },
      { name: 'c' },
      {
        name: 'd',
        projected: { sources: [{ downwardAPI: { items: [{ path: 'x', fieldRef: { fieldPath: 'metadata.name' } }] } }] },
      },
      { name: 'e', hostPath: { path: '/x' } },
    ],
  },
  'variables from elsewhere': {
    containers: [
      {
        name: 'a',
        image: 'a',
        env: [
          { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
        envFrom: [{ configMapRef: { name: 'c' } }],
      },
    ],
  },
  'host network and init containers': {
    hostNetwork: true,
    initContainers: [{ name: 'i', image: 'i' }],
    containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 80 }] }],
    serviceAccountName: 'robot',
  },
};

export const DEFAULTS: CaseTable = {
  ...Object.fromEntries(
    NAMESPACED.map(([version, plural, kind, fields]): [string, CaseTable[string]] => [
      `the defaults of ${kind} in ${version}`,
      (k) =>
        k.post(`${k.in(version, plural)}?dryRun=All`, {
          apiVersion: version,
          kind,
          metadata: { name: 'a' },
          ...fields,
        }),
    ]),
  ),
  ...Object.fromEntries(
    CLUSTER.map(([version, plural, kind, fields]): [string, CaseTable[string]] => [
      `the defaults of ${kind} in ${version}`,
      (k) =>
        k.post(`${k.all(version, plural)}?dryRun=All`, {
          apiVersion: version,
          kind,
          metadata: { name: `${k.ns}-a` },
          ...fields,
        }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(PODS).map(([what, spec]): [string, CaseTable[string]] => [
      `the defaults of a pod: ${what}`,
      (k) =>
        k.post(`${k.in('v1', 'pods')}?dryRun=All`, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }),
    ]),
  ),

  'the defaults of a Job': (k) =>
    // Its selector holds the uid of the job.
    k.post(`${k.in('batch/v1', 'jobs')}?dryRun=All`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a' },
      spec: job,
    }),
};

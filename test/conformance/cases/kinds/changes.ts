// What may change of an object and what the server gives it: more of each kind's own rules than one change a kind.
import { type CaseTable } from '../../harness/conformance-case';
import { type Session } from '../../harness/session';
import { deployment, pod, podSpec, service, statefulSet } from '../objects';

const head = (apiVersion: string, kind: string): object => ({ apiVersion, kind, metadata: { name: 'a' } });
const job = (spec: object = {}): object => ({
  ...head('batch/v1', 'Job'),
  spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) }, ...spec },
});
/** Of an object that was accepted the kind is enough: its content is in the cases of defaults. */
const outcome = {
  only: ({ kind, message, details }: any): unknown => (kind === 'Status' ? { message, details } : kind),
};
/** Addresses and ports are the server's choice. */
const serviceSpec = {
  only: ({ kind, message, details, spec }: any): unknown => {
    if (kind === 'Status') return { message, details };
    const { clusterIP, clusterIPs, ports, healthCheckNodePort, ...rest } = spec;
    return {
      ...rest,
      addresses: [typeof clusterIP, clusterIPs?.length],
      ports: ports?.map(({ nodePort, ...port }: any) => ({ ...port, isOnNodes: nodePort !== undefined })),
      hasHealthPort: healthCheckNodePort !== undefined,
    };
  },
};

async function patched(k: Session, path: string, patches: readonly object[], options: object = outcome): Promise<void> {
  for (const patch of patches) await k.patch('merge', path, patch, options);
}

const many = Array.from({ length: 8 }, (_, index) => ({
  name: `c${index}`,
  image: `a:${index}`,
  env: [{ name: 'A', value: '1' }],
}));

export const CHANGES: CaseTable = {
  'many containers of a pod change': async (k) => {
    const volumes = [
      { name: 'x', secret: { secretName: 's' } },
      { name: 'y', emptyDir: { sizeLimit: '1Gi' } },
    ];
    const nodeSelector = { b: '1', a: '2' };
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { containers: many, hostNetwork: true, nodeSelector, volumes }));
    const changed = many.map((container, index) =>
      index === 3 || index === 6
        ? {
            ...container,
            env: [{ name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            resources: { limits: { cpu: '1500m' } },
          }
        : container,
    );
    await patched(k, k.in('v1', 'pods', 'a'), [
      { spec: { containers: changed } },
      { spec: { nodeSelector: { c: '3' }, hostname: 'h' } },
      { spec: { containers: many.slice(1) } },
      { spec: { activeDeadlineSeconds: -1 } },
      { spec: { tolerations: [] } },
      { spec: { nodeName: 'z' } },
    ]);
  },

  'the deadline of a pod gets shorter only': async (k) => {
    await k.setup('POST', k.in('v1', 'pods'), pod('a', { activeDeadlineSeconds: 10 }));
    await patched(k, k.in('v1', 'pods', 'a'), [
      { spec: { activeDeadlineSeconds: 20 } },
      { spec: { activeDeadlineSeconds: null } },
      { spec: { activeDeadlineSeconds: 5 } },
    ]);
  },

  'a gated pod may be led to other nodes': async (k) => {
    const schedulingGates = [{ name: 'example.com/gate' }];
    await k.post(k.in('v1', 'pods'), pod('a', { schedulingGates, nodeSelector: { a: 'b' } }));
    await patched(k, k.in('v1', 'pods', 'a'), [
      { spec: { nodeSelector: { c: 'd' } } },
      { spec: { nodeSelector: { a: 'e' } } },
      { spec: { schedulingGates: [{ name: 'example.com/other' }] } },
      { spec: { schedulingGates: null } },
    ]);
  },

  'a Job that runs, and one that is held': async (k) => {
    await k.setup('POST', k.in('batch/v1', 'jobs'), job());
    await patched(k, k.in('batch/v1', 'jobs', 'a'), [
      { spec: { template: { metadata: { labels: { x: 'y' } } } } },
      { spec: { template: { spec: { nodeSelector: { a: 'b' } } } } },
      { spec: { suspend: true } },
      { spec: { template: { spec: { nodeSelector: { a: 'b' } } } } },
      { spec: { template: { metadata: { annotations: { x: 'y' } } } } },
      { spec: { completionMode: 'Indexed' } },
    ]);
  },

  'the labels of a Job are its own': async (k) => {
    const labelled = (labels: object): object => ({
      template: { metadata: { labels }, spec: podSpec({ restartPolicy: 'Never' }) },
    });
    for (const spec of [
      labelled({ 'job-name': 'x' }),
      { manualSelector: true },
      { manualSelector: true, selector: { matchLabels: { a: 'b' } }, ...labelled({ a: 'b' }) },
    ]) {
      await k.post(`${k.in('batch/v1', 'jobs')}?dryRun=All`, job(spec), outcome);
    }
  },

  'a claim keeps what it claims': async (k) => {
    const claim = {
      ...head('v1', 'PersistentVolumeClaim'),
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName: 'q' },
    };
    await k.setup('POST', k.in('v1', 'persistentvolumeclaims'), claim);
    await patched(k, k.in('v1', 'persistentvolumeclaims', 'a'), [
      { spec: { resources: { requests: { storage: '1Gi' } } } },
      { spec: { storageClassName: 'z' } },
      { spec: { volumeName: 'v' } },
      { spec: { volumeName: 'w' } },
      { spec: { dataSource: { kind: 'PersistentVolumeClaim', name: 'z' } } },
    ]);
  },

  'a volume keeps its source': async (k) => {
    const name = `${k.ns}-v`;
    const volumes = k.all('v1', 'persistentvolumes');
    await k.setup('POST', volumes, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/a' } },
    });
    await patched(k, `${volumes}/${name}`, [
      { spec: { hostPath: { path: '/b' } } },
      { spec: { hostPath: null, nfs: { server: 's', path: '/p' } } },
      { spec: { capacity: { storage: '2Gi' } } },
    ]);
    await k.setup('DELETE', `${volumes}/${name}`);
  },

  'the families and addresses of Services': async (k) => {
    const specs = [
      { ipFamilyPolicy: 'PreferDualStack' },
      { ipFamilyPolicy: 'RequireDualStack' },
      { ipFamilies: ['IPv6'] },
      { ipFamilies: ['IPv4', 'IPv4'] },
      { ipFamilies: ['x'], ipFamilyPolicy: 'y' },
      { clusterIP: 'fd00::1' },
      { clusterIP: 'None', selector: {} },
      { clusterIP: 'None', selector: {}, ipFamilyPolicy: 'SingleStack' },
      { clusterIP: 'None', clusterIPs: ['None', '10.96.1.1'] },
      { clusterIP: '10.96.0.0' },
      { clusterIP: '192.168.1.1' },
      { clusterIPs: ['10.96.7.7'] },
      { clusterIP: '10.96.7.7', clusterIPs: ['10.96.7.9'] },
      { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.96.0.9' },
    ];
    for (const [index, spec] of specs.entries()) {
      await k.post(k.in('v1', 'services'), service(`s${index}`, spec), serviceSpec);
    }
  },

  'a dry run of a Service gets no more than examples': async (k) => {
    const both = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81 },
    ];
    for (const spec of [
      { type: 'NodePort', ports: both },
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
      { clusterIP: '10.96.0.1' },
    ]) {
      await k.post(`${k.in('v1', 'services')}?dryRun=All`, service('a', spec), { only: ({ spec: made }) => made });
    }
  },

  'a Service changes its type': async (k) => {
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81 },
    ];
    await k.setup('POST', k.in('v1', 'services'), service('a', { type: 'NodePort', ports }));
    await patched(
      k,
      k.in('v1', 'services', 'a'),
      [
        { spec: { ports: [ports[1], ports[0]] } },
        { spec: { ports: [{ name: 'a', port: 90 }] } },
        { spec: { type: 'ClusterIP' } },
        { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' } },
        { spec: { type: 'ExternalName', externalName: 'example.com' } },
        { spec: { type: 'ClusterIP', externalName: null, ports: [{ port: 1 }] } },
        { spec: { ipFamilyPolicy: 'RequireDualStack' } },
      ],
      serviceSpec,
    );
  },

  'an Event of the newer API is strict': async (k) => {
    const events = k.in('events.k8s.io/v1', 'events');
    const event = {
      ...head('events.k8s.io/v1', 'Event'),
      regarding: { kind: 'Pod', name: 'x', namespace: k.ns },
      eventTime: '2001-01-01T00:00:00.000000Z',
    };
    const whole = {
      ...event,
      reportingController: 'a/b',
      reportingInstance: 'x',
      action: 'a',
      reason: 'r',
      type: 'Normal',
    };
    for (const sent of [
      event,
      { ...whole, reportingController: 'a b', reportingInstance: 'x'.repeat(200), type: 'Odd', series: { count: 1 } },
      { ...whole, eventTime: null, deprecatedCount: 2, deprecatedSource: { component: 'a' } },
    ]) {
      await k.post(`${events}?dryRun=All`, sent, outcome);
    }
    await k.setup('POST', events, whole);
    await k.get(k.in('v1', 'events', 'a'));
    await patched(k, `${events}/a`, [
      { reason: 'q' },
      { series: { count: 1 } },
      { series: { count: 3, lastObservedTime: '2001-01-01T00:00:00.000000Z' } },
      { note: 'x' },
    ]);
  },

  'a part that is applied owns its own fields only': async (k) => {
    const owners = { only: ({ kind, message, metadata }: any): unknown => message ?? { kind, ...metadata } };
    const metadata = {
      labels: { m: '1' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: '1' }],
    };
    for (const [version, plural, object, status] of [
      ['apps/v1', 'deployments', deployment('a'), { replicas: 1, observedGeneration: 1 }],
      ['apps/v1', 'statefulsets', statefulSet('a'), { replicas: 1 }],
      ['v1', 'pods', pod('a'), { phase: 'Running', message: 'm' }],
    ] as const) {
      const sent = { ...object, status };
      await k.apply('one', k.in(version, plural, 'a'), sent, '', owners);
      await k.apply(
        'two',
        k.in(version, plural, 'a', 'status'),
        { ...sent, metadata: { name: 'a', ...metadata } },
        '',
        owners,
      );
      await patched(
        k,
        k.in(version, plural, 'a', 'status'),
        [{ metadata: { labels: { q: '2' } }, spec: { x: 1 } }],
        owners,
      );
    }
  },

  'the priority of a pod': async (k) => {
    const name = `${k.ns}-p`;
    const classes = k.all('scheduling.k8s.io/v1', 'priorityclasses');
    const kind = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' };
    await k.setup('POST', classes, { ...kind, metadata: { name }, value: 7, preemptionPolicy: 'Never' });
    const only = ({ message, spec }: any): unknown =>
      message ?? { priority: spec.priority, policy: spec.preemptionPolicy, name: spec.priorityClassName };
    for (const spec of [
      { priorityClassName: name },
      { priorityClassName: name, priority: 8 },
      { priority: 1 },
      { preemptionPolicy: 'Never' },
      { priorityClassName: 'system-node-critical' },
    ]) {
      await k.post(`${k.in('v1', 'pods')}?dryRun=All`, pod('a', spec), { only });
    }
    await k.setup('DELETE', `${classes}/${name}`);
  },

  'the time zone of a CronJob': async (k) => {
    for (const timeZone of [
      'Europe/Berlin',
      'europe/berlin',
      'UTC',
      'utc',
      'Local',
      'Etc/UTC',
      '+01:00',
      '-x',
      '',
      'a//b',
    ]) {
      const cronJob = {
        ...head('batch/v1', 'CronJob'),
        spec: {
          schedule: '* * * * *',
          timeZone,
          jobTemplate: { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } } },
        },
      };
      const only = ({ message }: any): unknown => ({ timeZone, message: message ?? 'accepted' });
      await k.post(`${k.in('batch/v1', 'cronjobs')}?dryRun=All`, cronJob, { only });
    }
  },

  'a Service with an address does not become headless': async (k) => {
    const path = k.in('v1', 'services');
    const only = {
      only: ({ message, spec }: any): unknown => message?.replace(/10\.96\.\d+\.\d+/g, '<address>') ?? spec.type,
    };
    for (const spec of [{}, { type: 'NodePort' }, { type: 'LoadBalancer' }]) {
      await k.setup('POST', path, service('a', spec));
      await k.put(`${path}/a`, service('a', { ...spec, clusterIP: 'None' }), only);
      await k.put(`${path}/a`, service('a', { clusterIP: 'None' }), only);
      await k.patch('merge', `${path}/a`, { spec: { clusterIP: 'None', clusterIPs: ['None'] } }, only);
      await k.patch('merge', `${path}/a`, { spec: { type: 'NodePort', clusterIP: 'None' } }, only);
      await k.patch('strategic', `${path}/a`, { spec: { clusterIP: 'None' } }, only);
      await k.setup('DELETE', `${path}/a`);
    }
  },
};

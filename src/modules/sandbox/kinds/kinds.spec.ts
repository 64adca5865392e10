// Strategies of built-in kinds over the real definitions: what is filled in, what is refused and how it is said. The
// conformance suite compares far more of it with a real API server.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type ResourceDefinition } from '../registry';
import { builtInKinds } from '.';

const byId = new Map<string, ResourceDefinition>(builtInKinds().map((one) => [`${one.group}/${one.plural}`, one]));
const nothing = { get: () => undefined, list: (): JsonObject[] => [] };

function filled(id: string, object: JsonObject): MutableJsonObject {
  const { strategy, group, versions } = byId.get(id)!;
  const apiVersion = group === '' ? versions[0]!.name : `${group}/${versions[0]!.name}`;
  const draft = structuredClone({ apiVersion, ...object }) as MutableJsonObject;
  strategy.default?.(draft);
  strategy.prepareForCreate?.(draft);
  return draft;
}

function refused(id: string, object: JsonObject, old?: JsonObject): readonly string[] {
  const { strategy } = byId.get(id)!;
  const draft = filled(id, object);
  const causes = old === undefined ? strategy.validate!(draft) : strategy.validateUpdate!(draft, filled(id, old));
  return causes.map(({ field, message }) => `${field}: ${message}`);
}

const metadata = { name: 'a', namespace: 'default', uid: 'u' };
const containers = [{ name: 'c', image: 'nginx' }];
const template = { metadata: { labels: { app: 'a' } }, spec: { containers } };
const deployment = { metadata, spec: { selector: { matchLabels: { app: 'a' } }, template } };

it('every resource of the recorded server has a definition with a schema and one id', () => {
  const ids = builtInKinds().map((definition) => `${definition.group}/${definition.plural}`);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(60);
  for (const { kind, versions, verbs } of builtInKinds()) {
    for (const { schema } of versions) {
      if (verbs.includes('list')) expect([kind, schema.properties?.has('metadata')]).toEqual([kind, true]);
    }
  }
  expect(byId.get('events.k8s.io/events')?.id).toBe(byId.get('/events')?.id);
});

describe('a Deployment', () => {
  it('gets the defaults of its spec and of its pods', () => {
    expect(filled('apps/deployments', deployment)['spec']).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        spec: {
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          containers: [{ imagePullPolicy: 'Always', terminationMessagePath: '/dev/termination-log', resources: {} }],
        },
      },
    });
  });

  it('pulls an image with a tag or a digest only when it is not there', () => {
    const policyOf = (image: string): unknown => {
      const pod = filled('/pods', { metadata, spec: { containers: [{ name: 'c', image }] } });
      return ((pod['spec'] as JsonObject)['containers'] as readonly JsonObject[])[0]!['imagePullPolicy'];
    };
    const images = ['nginx', 'nginx:latest', 'nginx:1', 'host:5000/nginx', `nginx@sha256:${'0'.repeat(64)}`];
    expect(images.map(policyOf)).toEqual(['Always', 'Always', 'IfNotPresent', 'Always', 'IfNotPresent']);
  });

  it('must select its own pods', () => {
    const spec = { ...deployment.spec, selector: { matchLabels: { app: 'b' } } };
    expect(refused('apps/deployments', { metadata, spec })).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
    ]);
  });

  it('keeps its selector', () => {
    const labels = { app: 'a', more: 'b' };
    const next = { selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } };
    expect(refused('apps/deployments', { metadata, spec: next }, deployment)).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"a","more":"b"}}: field is immutable',
    ]);
  });

  it('tells all that is wrong with its containers', () => {
    const bad = { spec: { containers: [{ name: 'C_', image: '', ports: [{ containerPort: 70_000 }] }] } };
    const spec = { ...deployment.spec, template: { ...template, ...bad } };
    expect(refused('apps/deployments', { metadata, spec }).map((text) => text.split(':')[0])).toEqual([
      'spec.template.spec.containers[0].name',
      'spec.template.spec.containers[0].image',
      'spec.template.spec.containers[0].ports[0].containerPort',
    ]);
  });
});

describe('a Service', () => {
  const { strategy } = byId.get('/services')!;
  const allocated = (spec: JsonObject, others: readonly JsonObject[] = []): JsonObject => {
    const draft = filled('/services', { metadata, spec });
    const problems = strategy.allocate!(draft, undefined, { ...nothing, list: () => others }, false);
    expect(problems).toEqual([]);
    return draft['spec'] as JsonObject;
  };

  it('gets an address that nobody has, and node ports when its type wants them', () => {
    const ports = [{ port: 80 }];
    const first = allocated({ ports, type: 'NodePort' });
    expect(first).toMatchObject({
      clusterIPs: [first['clusterIP']],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    const other = { metadata: { name: 'other', namespace: 'default' }, spec: first };
    const second = allocated({ ports, type: 'NodePort' }, [other]);
    expect(second['clusterIP']).not.toBe(first['clusterIP']);
    const portOf = (spec: JsonObject): unknown => (spec['ports'] as readonly JsonObject[])[0]!['nodePort'];
    expect(portOf(first)).toBeGreaterThanOrEqual(30_000);
    expect(portOf(second)).not.toBe(portOf(first));
  });

  it('without an address of its own keeps None', () => {
    expect(allocated({ clusterIP: 'None', ports: [{ port: 1 }], selector: { a: 'b' } })).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilyPolicy: 'SingleStack',
    });
  });

  it('keeps its address when a client leaves it out, and never takes another one', () => {
    const old = { apiVersion: 'v1', metadata, spec: allocated({ ports: [{ port: 80 }] }) };
    const draft = filled('/services', { metadata, spec: { ports: [{ port: 81 }] } });
    strategy.prepareForUpdate!(draft, old);
    expect(draft['spec']).toMatchObject({ clusterIP: old.spec['clusterIP'], ports: [{ port: 81 }] });
    const moved = filled('/services', { metadata, spec: { ports: [{ port: 80 }], clusterIP: '10.96.0.9' } });
    strategy.prepareForUpdate!(moved, old);
    expect(strategy.validateUpdate!(moved, old)[0]?.message).toContain('may not change once set');
  });

  it.each([
    [{ ports: [] }, ['spec.ports: Required value']],
    [{ type: 'ExternalName' }, ['spec.externalName: Required value']],
    [
      { ports: [{ port: 80, nodePort: 30_000 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
  ])('of %j is refused', (spec, causes) => {
    expect(refused('/services', { metadata, spec })).toEqual(causes);
  });
});

describe('Secrets and ConfigMaps', () => {
  it('take texts without base64', () => {
    const secret = filled('/secrets', { metadata, stringData: { a: 'b' } });
    expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'Yg==' } });
    expect(secret).not.toHaveProperty('stringData');
  });

  it('that are immutable stay as they are', () => {
    const old = { metadata, immutable: true, data: { a: 'b' } };
    expect(refused('/configmaps', { metadata, data: { a: 'c' } }, old)).toEqual([
      'immutable: Forbidden: field is immutable when `immutable` is set',
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
  });

  it('never show what a broken pull secret holds', () => {
    const data = { '.dockerconfigjson': Buffer.from('hunter2').toString('base64') };
    const texts = refused('/secrets', { metadata, type: 'kubernetes.io/dockerconfigjson', data });
    expect(texts).toHaveLength(1);
    expect(texts.join()).not.toContain('hunter2');
  });
});

it('a Job finds its pods by its own uid, and its template stays', () => {
  const spec = { template: { metadata: { labels: { x: 'y' } }, spec: { containers, restartPolicy: 'Never' } } };
  const job = filled('batch/jobs', { metadata, spec });
  expect(job['spec']).toMatchObject({
    completions: 1,
    parallelism: 1,
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'u' } },
    template: { metadata: { labels: { x: 'y', 'job-name': 'a' } } },
  });
  const other = { template: { spec: { containers: [{ name: 'd', image: 'x' }], restartPolicy: 'Never' } } };
  expect(refused('batch/jobs', { metadata, spec: other }, { metadata, spec }).join()).toContain(
    'spec.template: Invalid value',
  );
});

it('an autoscaler is the same in both of its versions', () => {
  const definition = byId.get('autoscaling/horizontalpodautoscalers')!;
  const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
  const newer = filled('autoscaling/horizontalpodautoscalers', { metadata, spec: { maxReplicas: 3, scaleTargetRef } });
  const older = definition.convert!(newer, 'autoscaling/v1');
  expect(older['spec']).toEqual({ maxReplicas: 3, minReplicas: 1, scaleTargetRef, targetCPUUtilizationPercentage: 80 });
  expect(definition.convert!(older, 'autoscaling/v2')['spec']).toEqual(newer['spec']);
});

it('an Event has the same content in both of its groups', () => {
  const { convert } = byId.get('/events')!;
  const core = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    involvedObject: { kind: 'Pod', name: 'p', namespace: 'default' },
    message: 'm',
    reason: 'R',
    eventTime: null,
    firstTimestamp: null,
    lastTimestamp: null,
    source: {},
    reportingComponent: '',
    reportingInstance: '',
  };
  const newer = convert!(core, 'events.k8s.io/v1');
  expect(newer).toMatchObject({ regarding: core.involvedObject, note: 'm', reason: 'R' });
  expect(convert!(newer, 'v1')).toEqual(core);
});

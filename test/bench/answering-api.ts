// A KubeApi for the in-process row: answers to writes what a real API server answers (defaults filled in, status of a
// Deployment that rolled out), and counts. It is not a server: no validation, no watches, nothing is ever refused.
import { type JsonObject } from '../../src/modules/common';
import { type KubeApi, type KubeObject, type ObjectRef, type WatchEvent } from '../../src/modules/kube';

const DEFAULTS: Readonly<Record<string, (object: JsonObject) => JsonObject>> = {
  Deployment: (object) => {
    const spec = object['spec'] as JsonObject;
    const template = spec['template'] as JsonObject;
    const replicas = spec['replicas'];
    return {
      spec: {
        ...spec,
        template: { ...template, metadata: template['metadata'], spec: podSpec(template['spec'] as JsonObject) },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {
        observedGeneration: 1,
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
        conditions: [
          { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'minimum availability' },
          { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message: 'has progressed' },
        ],
      },
    };
  },
  Service: (object) => ({
    spec: {
      ...(object['spec'] as JsonObject),
      clusterIP: '10.96.0.10',
      clusterIPs: ['10.96.0.10'],
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  }),
};

function podSpec(spec: JsonObject): JsonObject {
  const containers = (spec['containers'] as readonly JsonObject[]).map((container) => ({
    ...container,
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  }));
  const volumes = (spec['volumes'] as readonly JsonObject[]).map((volume) => ({
    ...volume,
    configMap: { ...(volume['configMap'] as JsonObject), defaultMode: 420 },
  }));
  return {
    ...spec,
    containers,
    volumes,
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  };
}

export class AnsweringApi implements KubeApi {
  writes = 0;
  private version = 1_000;

  constructor(private readonly crs: Map<string, KubeObject>) {}

  async list(): ReturnType<KubeApi['list']> {
    return { items: [], metadata: { resourceVersion: '1' } };
  }

  async *watch(): AsyncGenerator<WatchEvent> {
    // Nothing changes by itself.
  }

  async apply(_ref: ObjectRef, object: JsonObject): Promise<KubeObject> {
    this.writes++;
    const version = String(++this.version);
    const metadata = {
      ...(object['metadata'] as JsonObject),
      uid: `child-${version}`,
      resourceVersion: version,
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'orkestra', operation: 'Apply', apiVersion: object['apiVersion'], fieldsV1: {} }],
    };
    const filled = DEFAULTS[object['kind'] as string]?.(object) ?? {};
    // As text and back: what a socket would give.
    return JSON.parse(JSON.stringify({ ...object, ...filled, metadata })) as KubeObject;
  }

  async patch(ref: ObjectRef, { body }: { readonly body: unknown }): Promise<KubeObject> {
    this.writes++;
    const key = `${ref.namespace}/${ref.name}`;
    const cr = this.crs.get(key) as KubeObject;
    const changed = { ...cr, metadata: { ...cr.metadata, resourceVersion: String(++this.version) } };
    const { status } = body as { readonly status: JsonObject };
    const answer = JSON.parse(JSON.stringify({ ...changed, status })) as KubeObject;
    this.crs.set(key, answer);
    return answer;
  }

  get(): Promise<never> {
    return this.unexpected();
  }

  create(): Promise<never> {
    return this.unexpected();
  }

  replace(): Promise<never> {
    return this.unexpected();
  }

  delete(): Promise<never> {
    return this.unexpected();
  }

  raw(): Promise<never> {
    return this.unexpected();
  }

  private unexpected(): Promise<never> {
    return Promise.reject(new Error('a pass of the sample never asks for this'));
  }
}

// StatefulSets and Jobs over a running sandbox, by direct calls.
import { type JsonObject } from '../../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef, type ResourceType } from '../../../kube';
import { startSandbox } from '../../sandbox';
import { type RunningSandbox } from '../../sandbox.types';
import { CLAIMS, JOBS, PODS, STATEFUL_SETS } from './workload-resources';

let sandbox: RunningSandbox;
let api: KubeApi;

beforeAll(async () => {
  sandbox = await startSandbox();
  ({ api } = sandbox);
});

afterAll(() => sandbox.stop());

const at = (resource: ResourceType, name: string): ObjectRef => ({ resource, namespace: 'default', name });

/** Resolves with the first state of the object that fits; undefined is the state of one that is gone. */
async function until(
  ref: ObjectRef,
  fits: (object: any) => boolean,
): Promise<KubeObject & { readonly status: JsonObject }> {
  for (;;) {
    const found = await api.get(ref).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (fits(found)) return found as KubeObject & { readonly status: JsonObject };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function podsOf(name: string): Promise<readonly KubeObject[]> {
  const { items } = await api.list({ resource: PODS, namespace: 'default' });
  return items.filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.name === name) === true);
}

const namesOf = async (name: string): Promise<readonly string[]> =>
  (await podsOf(name)).map(({ metadata }) => metadata.name).sort();

describe('a StatefulSet', () => {
  const labels = { app: 'db' };
  const set = (name: string, spec: JsonObject = {}): JsonObject => ({
    metadata: { name },
    spec: {
      replicas: 2,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { ...labels, app: name } },
        spec: { containers: [{ name: 'db', image: 'db:1' }] },
      },
      ...spec,
    },
  });
  const rolled = (object: any): boolean =>
    object?.status?.readyReplicas === object?.spec?.replicas &&
    object.status.currentRevision === object.status.updateRevision &&
    object.status.updatedReplicas === object.spec.replicas &&
    object.status.observedGeneration === object.metadata.generation;

  it.each(['OrderedReady', 'Parallel'])(
    'makes its numbered pods and their claims (%s)',
    async (podManagementPolicy) => {
      const name = `db-${podManagementPolicy.toLowerCase()}`;
      const volumeClaimTemplates = [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ];
      await api.create(STATEFUL_SETS, 'default', set(name, { podManagementPolicy, volumeClaimTemplates }));
      await until(at(STATEFUL_SETS, name), rolled);
      expect(await namesOf(name)).toEqual([`${name}-0`, `${name}-1`]);
      const [first] = await podsOf(name);
      expect(first).toMatchObject({
        metadata: { labels: { 'statefulset.kubernetes.io/pod-name': first?.metadata.name } },
        spec: {
          subdomain: name,
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `data-${first?.metadata.name}` } }],
        },
      });
      expect((await api.get(at(CLAIMS, `data-${name}-1`))).metadata.labels).toEqual({ app: name });
    },
  );

  it('takes the highest numbers away, and makes a pod of the same name again', async () => {
    await api.create(STATEFUL_SETS, 'default', set('sized', { replicas: 3 }));
    await until(at(STATEFUL_SETS, 'sized'), rolled);
    const merge = (body: JsonObject) => ({ type: 'merge', body }) as const;
    await api.patch(at(STATEFUL_SETS, 'sized'), merge({ spec: { replicas: 1 } }));
    await until(at(STATEFUL_SETS, 'sized'), (object) => rolled(object) && object.status.replicas === 1);
    expect(await namesOf('sized')).toEqual(['sized-0']);
    const before = await api.get(at(PODS, 'sized-0'));
    await api.delete(at(PODS, 'sized-0'), {});
    await until(at(PODS, 'sized-0'), (pod) => pod !== undefined && pod.metadata.uid !== before.metadata.uid);
  });

  it.each([
    ['RollingUpdate', 'db:2'],
    ['OnDelete', 'db:1'],
  ])('with %s its pods run %s after a change', async (type, image) => {
    const name = `rolls-${type.toLowerCase()}`;
    await api.create(STATEFUL_SETS, 'default', set(name, { updateStrategy: { type } }));
    await until(at(STATEFUL_SETS, name), rolled);
    const body = { spec: { template: { spec: { containers: [{ name: 'db', image: 'db:2' }] } } } };
    await api.patch(at(STATEFUL_SETS, name), { type: 'merge', body });
    const isOld = type === 'OnDelete';
    await until(at(STATEFUL_SETS, name), (object) =>
      isOld ? object.status.observedGeneration === 2 && object.status.updatedReplicas === undefined : rolled(object),
    );
    const images = (await podsOf(name)).map((pod: any) => pod.spec.containers[0].image as string);
    expect(images).toEqual([image, image]);
  });
});

describe('a Job', () => {
  const job = (name: string, spec: JsonObject = {}): JsonObject => ({
    metadata: { name },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'work', image: 'work:1' }] } }, ...spec },
  });
  const isComplete = (object: any): boolean =>
    object?.status?.conditions?.some((condition: JsonObject) => condition['type'] === 'Complete') === true;

  it('is complete when enough of its pods have succeeded', async () => {
    await api.create(JOBS, 'default', job('three', { completions: 3, parallelism: 2 }));
    const done = await until(at(JOBS, 'three'), isComplete);
    expect(done.status).toMatchObject({ succeeded: 3, completionTime: expect.any(String) });
    expect((await podsOf('three')).map((pod: any) => pod.status.phase as string)).toEqual(Array(3).fill('Succeeded'));
  });

  it('makes no pods while it is suspended', async () => {
    await api.create(JOBS, 'default', job('later', { suspend: true }));
    await api.create(JOBS, 'default', job('now'));
    await until(at(JOBS, 'now'), isComplete);
    expect(await podsOf('later')).toEqual([]);
    await api.patch(at(JOBS, 'later'), { type: 'merge', body: { spec: { suspend: false } } });
    await until(at(JOBS, 'later'), isComplete);
  });
});

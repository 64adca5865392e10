// Keeps the numbered pods of a StatefulSet and their claims. Revisions are hashes of the template: there are no
// ControllerRevisions, so that a set can't be rolled back.
import { type JsonObject } from '../../../common';
import { isConflict, type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { labelsOf, numberAt, part, parts, textAt } from '../../kinds';
import { ownedPods, podOf } from './owned-pods';
import { positive } from './replica-set-controller';
import { CLAIMS, isPodActive, isPodReady, PODS, STATEFUL_SETS, templateHash } from './workload-resources';
import { deletePod, writeStatus } from './write-status';

const REVISION_LABEL = 'controller-revision-hash';

/** What one look at a set knows. */
interface View {
  readonly set: KubeObject;
  readonly wanted: number;
  readonly revision: string;
  /** By number. */
  readonly pods: ReadonlyMap<number, KubeObject>;
}

export class StatefulSetController {
  constructor(private readonly ports: { readonly api: KubeApi }) {}

  async reconcile(namespace: string, name: string): Promise<void> {
    const { api } = this.ports;
    const ref: ObjectRef = { resource: STATEFUL_SETS, namespace, name };
    const set = await api.get(ref);
    const before = viewOf(set, await ownedPods(api, set));
    if (set.metadata.deletionTimestamp === undefined) await this.advance(before);
    await writeStatus(api, ref, set, statusOf(viewOf(set, await ownedPods(api, set))));
  }

  private async advance(view: View): Promise<void> {
    const { api } = this.ports;
    const ended = [...view.pods.values()].filter((pod) => !isPodActive(pod));
    for (const pod of ended) if (pod.metadata.deletionTimestamp === undefined) await deletePod(api, pod);
    if (ended.length > 0) return;
    const spec = part(view.set, 'spec');
    const isOrdered = textAt(spec, 'podManagementPolicy') !== 'Parallel';
    for (let ordinal = 0; ordinal < view.wanted; ordinal++) {
      const pod = view.pods.get(ordinal);
      if (pod === undefined) await this.create(view, ordinal);
      // The next one waits for this one; its change wakes the set again.
      if (isOrdered && (pod === undefined || !isPodReady(pod))) return;
    }
    const surplus = [...view.pods.keys()].filter((ordinal) => ordinal >= view.wanted).sort((a, b) => b - a);
    for (const ordinal of isOrdered ? surplus.slice(0, 1) : surplus) await this.remove(view, ordinal);
    if (surplus.length === 0) await this.replaceOne(view);
  }

  /** The last old pod, when all are ready. */
  private async replaceOne(view: View): Promise<void> {
    const strategy = part(part(view.set, 'spec'), 'updateStrategy');
    if (textAt(strategy, 'type') !== 'RollingUpdate') return;
    const partition = numberAt(part(strategy, 'rollingUpdate'), 'partition') ?? 0;
    const pods = [...view.pods.entries()];
    if (pods.length < view.wanted || !pods.every(([, pod]) => isPodReady(pod))) return;
    const old = pods.filter(([ordinal, pod]) => ordinal >= partition && revisionOf(pod) !== view.revision);
    if (old.length > 0) await this.remove(view, Math.max(...old.map(([ordinal]) => ordinal)));
  }

  private async create({ set, revision }: View, ordinal: number): Promise<void> {
    const { name, namespace } = set.metadata;
    const spec = part(set, 'spec');
    const volumes: JsonObject[] = [];
    for (const template of parts(spec, 'volumeClaimTemplates')) {
      const volume = textAt(part(template, 'metadata'), 'name');
      const claimName = `${volume}-${name}-${ordinal}`;
      volumes.push({ name: volume, persistentVolumeClaim: { claimName } });
      const labels = { ...labelsOf(template), ...part(part(spec, 'selector'), 'matchLabels') };
      const claim = { metadata: { name: claimName, labels }, spec: part(template, 'spec') ?? {} };
      await this.make(CLAIMS, namespace, claim);
    }
    const own = new Set(volumes.map((volume) => volume['name']));
    const others = parts(part(part(spec, 'template'), 'spec'), 'volumes').filter((one) => !own.has(one['name']));
    const podName = `${name}-${ordinal}`;
    const pod = podOf(
      set,
      { name: podName },
      {
        labels: {
          'statefulset.kubernetes.io/pod-name': podName,
          'apps.kubernetes.io/pod-index': String(ordinal),
          [REVISION_LABEL]: revision,
        },
        spec: {
          hostname: podName,
          subdomain: textAt(spec, 'serviceName'),
          ...(volumes.length + others.length === 0 ? {} : { volumes: [...volumes, ...others] }),
        },
      },
    );
    await this.make(PODS, namespace, pod);
  }

  /** What is there already stays: a claim outlives its pod, a pod of the name may still be on its way out. */
  private async make(resource: typeof PODS, namespace: string | undefined, object: JsonObject): Promise<void> {
    try {
      await this.ports.api.create(resource, namespace, object);
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }

  private async remove({ pods }: View, ordinal: number): Promise<void> {
    const pod = pods.get(ordinal);
    if (pod !== undefined) await deletePod(this.ports.api, pod);
  }
}

function viewOf(set: KubeObject, owned: readonly KubeObject[]): View {
  const spec = part(set, 'spec');
  const { name } = set.metadata;
  const numbered = owned
    .map((pod) => [Number(pod.metadata.name.slice(name.length + 1)), pod] as const)
    .filter(([ordinal]) => Number.isInteger(ordinal));
  return {
    set,
    wanted: numberAt(spec, 'replicas') ?? 1,
    revision: `${name}-${templateHash(part(spec, 'template') ?? {}, 0)}`,
    pods: new Map(numbered),
  };
}

function revisionOf(pod: KubeObject): string {
  return textAt(labelsOf(pod), REVISION_LABEL);
}

function statusOf({ set, revision, pods, wanted }: View): JsonObject {
  const active = [...pods.values()].filter(isPodActive);
  const ready = active.filter(isPodReady).length;
  const known = textAt(part(set, 'status'), 'currentRevision');
  const updated = active.filter((pod) => revisionOf(pod) === revision).length;
  const isDone = updated === wanted && ready === wanted && active.length === wanted;
  const current = known === '' || isDone ? revision : known;
  return {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: active.length,
    ...positive('readyReplicas', ready),
    availableReplicas: ready,
    ...positive('currentReplicas', active.filter((pod) => revisionOf(pod) === current).length),
    ...positive('updatedReplicas', updated),
    currentRevision: current,
    updateRevision: revision,
    collisionCount: 0,
  };
}

// Keeps as many pods of a ReplicaSet as it wants, and says in its status how they are.
import { type Clock, type JsonObject } from '../../../common';
import { type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { isSelected, labelsOf, numberAt, part, parts, textAt } from '../../kinds';
import { ownedPods, podOf } from './owned-pods';
import { isPodActive, isPodReady, PODS, REPLICA_SETS } from './workload-resources';
import { deletePod, writeStatus } from './write-status';

export class ReplicaSetController {
  constructor(private readonly ports: { readonly api: KubeApi; readonly clock: Clock }) {}

  /** @returns in how many milliseconds to look again: a ready pod counts as available only after a while */
  async reconcile(namespace: string, name: string): Promise<number | undefined> {
    const { api } = this.ports;
    const ref: ObjectRef = { resource: REPLICA_SETS, namespace, name };
    const set = await api.get(ref);
    const owned = await ownedPods(api, set);
    const active = owned.filter(isPodActive);
    const wanted = numberAt(part(set, 'spec'), 'replicas') ?? 1;
    if (set.metadata.deletionTimestamp === undefined) {
      for (let count = active.length; count < wanted; count++) {
        await api.create(PODS, namespace, podOf(set, { generateName: `${name}-` }));
      }
      for (const pod of surplus(active, active.length - wanted)) await deletePod(api, pod);
    }
    const pods = (await ownedPods(api, set)).filter(isPodActive);
    return this.writeStatus(ref, set, pods);
  }

  private async writeStatus(ref: ObjectRef, set: KubeObject, pods: readonly KubeObject[]): Promise<number | undefined> {
    const minReadyMs = (numberAt(part(set, 'spec'), 'minReadySeconds') ?? 0) * 1_000;
    const nowMs = this.ports.clock.now();
    const waits = pods.filter(isPodReady).map((pod) => readySince(pod) + minReadyMs - nowMs);
    const available = waits.filter((wait) => minReadyMs === 0 || wait <= 0).length;
    const templateLabels = labelsOf(part(part(set, 'spec'), 'template')) ?? {};
    const labelled = pods.filter((pod) => isSelected({ matchLabels: templateLabels }, labelsOf(pod))).length;
    const status: JsonObject = {
      replicas: pods.length,
      ...positive('fullyLabeledReplicas', labelled),
      ...positive('readyReplicas', waits.length),
      ...positive('availableReplicas', available),
      terminatingReplicas: 0,
      observedGeneration: set.metadata.generation ?? 0,
    };
    await writeStatus(this.ports.api, ref, set, status);
    const open = waits.filter((wait) => minReadyMs > 0 && wait > 0);
    return open.length === 0 ? undefined : Math.min(...open);
  }
}

export function positive(member: string, count: number): JsonObject {
  return count > 0 ? { [member]: count } : {};
}

function readySince(pod: KubeObject): number {
  const ready = parts(part(pod, 'status'), 'conditions').find((condition) => condition['type'] === 'Ready');
  const epochMs = Date.parse(textAt(ready, 'lastTransitionTime'));
  return Number.isNaN(epochMs) ? 0 : epochMs;
}

/** Those that are not ready go first, then the youngest. */
function surplus(pods: readonly KubeObject[], amount: number): readonly KubeObject[] {
  if (amount <= 0) return [];
  const age = ({ metadata }: KubeObject): string => metadata.creationTimestamp ?? '';
  const sorted = [...pods].sort((a, b) => {
    const readiness = Number(isPodReady(a)) - Number(isPodReady(b));
    return readiness !== 0 ? readiness : age(a) < age(b) ? 1 : -1;
  });
  return sorted.slice(0, amount);
}

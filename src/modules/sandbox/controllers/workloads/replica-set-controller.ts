// Keeps as many pods of a ReplicaSet as it wants, and says in its status how they are.
import { type Clock, jsonEquals, type JsonObject } from '../../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef } from '../../../kube/port';
import { isSelected, labelsOf, numberAt, part, parts, textAt } from '../../kinds';
import {
  controllerOf,
  isPodActive,
  isPodReady,
  MANAGER,
  ownerReference,
  PODS,
  REPLICA_SETS,
} from './workload-resources';

export class ReplicaSetController {
  constructor(private readonly ports: { readonly api: KubeApi; readonly clock: Clock }) {}

  /** @returns in how many milliseconds to look again: a ready pod counts as available only after a while */
  async reconcile(namespace: string, name: string): Promise<number | undefined> {
    const { api } = this.ports;
    const ref: ObjectRef = { resource: REPLICA_SETS, namespace, name };
    const set = await api.get(ref);
    const owned = await this.ownedPods(set, namespace);
    const active = owned.filter(isPodActive);
    const wanted = numberAt(part(set, 'spec'), 'replicas') ?? 1;
    if (set.metadata.deletionTimestamp === undefined) {
      for (let count = active.length; count < wanted; count++) await this.createPod(set, namespace);
      for (const pod of surplus(active, active.length - wanted)) await this.deletePod(pod, namespace);
    }
    const pods = (await this.ownedPods(set, namespace)).filter(isPodActive);
    return this.writeStatus(ref, set, pods);
  }

  private async ownedPods(set: KubeObject, namespace: string): Promise<readonly KubeObject[]> {
    const { items } = await this.ports.api.list({ resource: PODS, namespace });
    const selector = part(part(set, 'spec'), 'selector');
    return items.filter((pod) => controllerOf(pod) === set.metadata.uid && isSelected(selector, labelsOf(pod)));
  }

  private async createPod(set: KubeObject, namespace: string): Promise<void> {
    const template = part(part(set, 'spec'), 'template');
    const { labels, annotations, finalizers } = part(template, 'metadata') ?? {};
    await this.ports.api.create(PODS, namespace, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        generateName: `${set.metadata.name}-`,
        namespace,
        ...(labels === undefined ? {} : { labels }),
        ...(annotations === undefined ? {} : { annotations }),
        ...(finalizers === undefined ? {} : { finalizers }),
        ownerReferences: [ownerReference(set, 'ReplicaSet')],
      },
      spec: part(template, 'spec') ?? {},
    });
  }

  private async deletePod({ metadata }: KubeObject, namespace: string): Promise<void> {
    const { name, uid } = metadata;
    try {
      await this.ports.api.delete({ resource: PODS, namespace, name }, uid === undefined ? {} : { uid });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
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
    if (!jsonEquals(status, part(set, 'status'))) {
      const old = Object.keys(part(set, 'status') ?? {}).map((member) => [member, null] as const);
      const body = { status: { ...Object.fromEntries(old), ...status } };
      await this.ports.api.patch(ref, { type: 'merge', body, subresource: 'status', fieldManager: MANAGER });
    }
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

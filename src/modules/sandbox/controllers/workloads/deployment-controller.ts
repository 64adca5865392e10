// Makes the ReplicaSets of a Deployment, one for each template, and moves the replicas from the old ones to the newest.
import { type Clock, jsonEquals, type JsonObject } from '../../../common';
import { type KubeApi, type KubeObject, type ObjectRef } from '../../../kube';
import { labelsOf, numberAt, part } from '../../kinds';
import { deploymentStatus } from './deployment-status';
import { limitsOf, nextSizes, type SetSize } from './rollout';
import {
  controllerOf,
  DEPLOYMENTS,
  HASH_LABEL,
  MANAGER,
  ownerReference,
  REPLICA_SETS,
  templateHash,
} from './workload-resources';

const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MOST = 'deployment.kubernetes.io/max-replicas';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const HISTORY = 10;

export class DeploymentController {
  constructor(private readonly ports: { readonly api: KubeApi; readonly clock: Clock }) {}

  async reconcile(namespace: string, name: string): Promise<void> {
    const { api } = this.ports;
    const ref: ObjectRef = { resource: DEPLOYMENTS, namespace, name };
    const deployment = await api.get(ref);
    const sets = await this.ownedSets(deployment, namespace);
    if (deployment.metadata.deletionTimestamp !== undefined) {
      await this.writeStatus(ref, deployment, sets, undefined);
      return;
    }
    const isPaused = part(deployment, 'spec')?.['paused'] === true;
    const found = currentOf(deployment, sets);
    const current = found ?? (isPaused ? undefined : await this.createSet(deployment, namespace, sets));
    if (current !== undefined) await this.writeRevision(ref, deployment, current);
    const all = found === undefined && current !== undefined ? [...sets, current] : sets;
    if (current !== undefined) await this.resize(deployment, namespace, current, all, isPaused);
    const fresh = await this.ownedSets(deployment, namespace);
    await this.writeStatus(ref, deployment, fresh, found === undefined ? current?.metadata.name : undefined);
    if (!isPaused && current !== undefined) await this.cleanUp(deployment, namespace, fresh, current);
  }

  private async ownedSets(deployment: KubeObject, namespace: string): Promise<readonly KubeObject[]> {
    const { items } = await this.ports.api.list({ resource: REPLICA_SETS, namespace });
    return items
      .filter((set) => controllerOf(set) === deployment.metadata.uid)
      .sort((a, b) => revisionOf(a) - revisionOf(b));
  }

  private async createSet(deployment: KubeObject, namespace: string, sets: readonly KubeObject[]): Promise<KubeObject> {
    const spec = part(deployment, 'spec') ?? {};
    const template = part(spec, 'template') ?? {};
    const hash = templateHash(template, numberAt(part(deployment, 'status'), 'collisionCount') ?? 0);
    const labels = { ...labelsOf(template), [HASH_LABEL]: hash };
    const selector = part(spec, 'selector') ?? {};
    const revision = Math.max(0, ...sets.map(revisionOf)) + 1;
    const { desired, maxSurge } = limitsOf(spec);
    const isFirst = sets.every((set) => (numberAt(part(set, 'spec'), 'replicas') ?? 0) === 0);
    const minReadySeconds = numberAt(spec, 'minReadySeconds');
    return this.ports.api.create(REPLICA_SETS, namespace, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace,
        labels,
        annotations: {
          ...annotationsOf(deployment),
          [REVISION]: String(revision),
          [DESIRED]: String(desired),
          [MOST]: String(desired + maxSurge),
        },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: isFirst ? desired : 0,
        ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...part(selector, 'matchLabels'), [HASH_LABEL]: hash } },
        template: { ...template, metadata: { ...part(template, 'metadata'), labels } },
      },
    });
  }

  private async writeRevision(ref: ObjectRef, deployment: KubeObject, current: KubeObject): Promise<void> {
    const revision = String(revisionOf(current));
    if (deployment.metadata.annotations?.[REVISION] === revision) return;
    const body = { metadata: { annotations: { [REVISION]: revision } } };
    await this.ports.api.patch(ref, { type: 'merge', body, fieldManager: MANAGER });
  }

  private async resize(
    deployment: KubeObject,
    namespace: string,
    current: KubeObject,
    all: readonly KubeObject[],
    isPaused: boolean,
  ): Promise<void> {
    const spec = part(deployment, 'spec');
    const old = all.filter((set) => set.metadata.name !== current.metadata.name).map(sizeOf);
    const { desired, maxSurge } = limitsOf(spec);
    const isOnly = old.every(({ wanted }) => wanted === 0);
    const sizes = isPaused
      ? new Map(isOnly ? [[current.metadata.name, desired]] : [])
      : nextSizes({ spec, current: sizeOf(current), old });
    for (const set of all) {
      const replicas = sizes.get(set.metadata.name);
      const marks = { [DESIRED]: String(desired), [MOST]: String(desired + maxSurge) };
      const { annotations } = set.metadata;
      const isMarked = Object.entries(marks).every(([key, value]) => annotations?.[key] === value);
      const isSize = replicas === undefined || replicas === numberAt(part(set, 'spec'), 'replicas');
      const isUsed = (replicas ?? numberAt(part(set, 'spec'), 'replicas') ?? 0) > 0 || !isSize;
      if (isSize && (isMarked || !isUsed)) continue;
      const body = { metadata: { annotations: marks }, ...(isSize ? {} : { spec: { replicas } }) };
      const ref = { resource: REPLICA_SETS, namespace, name: set.metadata.name };
      await this.ports.api.patch(ref, { type: 'merge', body, fieldManager: MANAGER });
    }
  }

  private async writeStatus(
    ref: ObjectRef,
    deployment: KubeObject,
    sets: readonly KubeObject[],
    created: string | undefined,
  ): Promise<void> {
    const all = sets.map(sizeOf);
    const current = currentOf(deployment, sets);
    const view = {
      deployment,
      generation: deployment.metadata.generation ?? 0,
      current: current === undefined ? undefined : sizeOf(current),
      all,
      isNew: created !== undefined,
    };
    const status = deploymentStatus(view, this.ports.clock.now());
    const before = part(deployment, 'status') ?? {};
    if (jsonEquals(status, before)) return;
    const dropped = Object.keys(before).map((member) => [member, null] as const);
    const body = { status: { ...Object.fromEntries(dropped), ...status } };
    await this.ports.api.patch(ref, { type: 'merge', body, subresource: 'status', fieldManager: MANAGER });
  }

  /** Old empty sets beyond the history go. */
  private async cleanUp(
    deployment: KubeObject,
    namespace: string,
    sets: readonly KubeObject[],
    current: KubeObject,
  ): Promise<void> {
    const kept = numberAt(part(deployment, 'spec'), 'revisionHistoryLimit') ?? HISTORY;
    const idle = sets.filter((set) => {
      const { wanted, replicas } = sizeOf(set);
      const isOld = set.metadata.name !== current.metadata.name;
      return isOld && wanted === 0 && replicas === 0 && set.metadata.deletionTimestamp === undefined;
    });
    for (const { metadata } of idle.slice(0, Math.max(0, idle.length - kept))) {
      const ref = { resource: REPLICA_SETS, namespace, name: metadata.name };
      await this.ports.api.delete(ref, metadata.uid === undefined ? {} : { uid: metadata.uid });
    }
  }
}

function annotationsOf({ metadata }: KubeObject): JsonObject {
  const { [LAST_APPLIED]: _applied, [REVISION]: _revision, ...others } = metadata.annotations ?? {};
  return others;
}

function revisionOf({ metadata }: KubeObject): number {
  return Number(metadata.annotations?.[REVISION] ?? '0') || 0;
}

function sizeOf(set: KubeObject): SetSize & { readonly ready: number } {
  const status = part(set, 'status');
  return {
    name: set.metadata.name,
    wanted: numberAt(part(set, 'spec'), 'replicas') ?? 1,
    replicas: numberAt(status, 'replicas') ?? 0,
    available: numberAt(status, 'availableReplicas') ?? 0,
    ready: numberAt(status, 'readyReplicas') ?? 0,
  };
}

/** The set with the template of the Deployment; the hash label is no part of it. */
function currentOf(deployment: KubeObject, sets: readonly KubeObject[]): KubeObject | undefined {
  const wanted = plainTemplate(part(deployment, 'spec'));
  return sets.find((set) => jsonEquals(plainTemplate(part(set, 'spec')), wanted));
}

function plainTemplate(spec: JsonObject | undefined): JsonObject {
  const template = part(spec, 'template') ?? {};
  const { [HASH_LABEL]: _hash, ...labels } = labelsOf(template) ?? {};
  return { ...template, metadata: { ...part(template, 'metadata'), labels } };
}

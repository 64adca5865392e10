// status of a Deployment, as far as `kubectl rollout status` and kstatus read it.
import { type JsonObject, rfc3339 } from '../../../common';
import { numberAt, part, parts, textAt } from '../../kinds';
import { positive } from './replica-set-controller';
import { limitsOf, type SetSize } from './rollout';

export interface DeploymentView {
  readonly deployment: JsonObject;
  readonly generation: number;
  /** Undefined while the Deployment is paused and has none. */
  readonly current: (SetSize & { readonly ready: number }) | undefined;
  readonly all: readonly (SetSize & { readonly ready: number })[];
  /** The current set was made in this very pass. */
  readonly isNew: boolean;
}

export function deploymentStatus(view: DeploymentView, nowMs: number): JsonObject {
  const { all, current, generation, deployment } = view;
  const sum = (member: 'replicas' | 'available' | 'ready'): number =>
    all.reduce((total, set) => total + set[member], 0);
  const replicas = sum('replicas');
  const available = sum('available');
  const wanted = all.reduce((total, set) => total + set.wanted, 0);
  const updated = current?.replicas ?? 0;
  return {
    observedGeneration: generation,
    ...positive('replicas', replicas),
    ...positive('updatedReplicas', updated),
    ...positive('readyReplicas', sum('ready')),
    ...positive('availableReplicas', available),
    ...positive('unavailableReplicas', Math.max(0, wanted - available)),
    terminatingReplicas: 0,
    conditions: conditions(view, { replicas, available, updated }, nowMs),
    ...(part(deployment, 'status')?.['collisionCount'] === undefined
      ? {}
      : { collisionCount: part(deployment, 'status')?.['collisionCount'] }),
  };
}

interface Totals {
  readonly replicas: number;
  readonly available: number;
  readonly updated: number;
}

interface Wanted {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

function conditions(view: DeploymentView, totals: Totals, nowMs: number): readonly JsonObject[] {
  const before = parts(part(view.deployment, 'status'), 'conditions');
  const { desired, maxUnavailable } = limitsOf(part(view.deployment, 'spec'));
  const isAvailable = totals.available >= desired - maxUnavailable;
  const available: Wanted = isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  const progressing = progress(view, totals, desired, before);
  const wanted = progressing === undefined ? [available] : [available, progressing];
  // In the order in which they came.
  const order = [...before.map((condition) => textAt(condition, 'type')), ...wanted.map(({ type }) => type)];
  return [...new Set(order)].flatMap((type) => {
    const next = wanted.find((condition) => condition.type === type);
    const last = before.find((condition) => condition['type'] === type);
    return next === undefined ? (last === undefined ? [] : [last]) : [timed(next, last, nowMs)];
  });
}

function progress(
  { current, isNew, deployment }: DeploymentView,
  { replicas, available, updated }: Totals,
  desired: number,
  before: readonly JsonObject[],
): Wanted | undefined {
  if (current === undefined) return undefined;
  const last = before.find((condition) => condition['type'] === 'Progressing');
  const told = (reason: string, message: string): Wanted => ({ type: 'Progressing', status: 'True', reason, message });
  if (updated === desired && replicas === desired && available === desired) {
    return told('NewReplicaSetAvailable', `ReplicaSet "${current.name}" has successfully progressed.`);
  }
  if (isNew) return told('NewReplicaSetCreated', `Created new replica set "${current.name}"`);
  // A finished rollout that is only scaled stays finished.
  const isFinished =
    textAt(last, 'reason') === 'NewReplicaSetAvailable' && textAt(last, 'message').includes(`"${current.name}"`);
  if (isFinished) return undefined;
  const isPaused = part(deployment, 'spec')?.['paused'] === true;
  if (isPaused) return undefined;
  const hasMoved = numberAt(part(deployment, 'status'), 'updatedReplicas') !== undefined || updated > 0;
  return hasMoved ? told('ReplicaSetUpdated', `ReplicaSet "${current.name}" is progressing.`) : undefined;
}

function timed(next: Wanted, last: JsonObject | undefined, nowMs: number): JsonObject {
  const now = rfc3339(nowMs);
  const isSame = last?.['status'] === next.status && last['reason'] === next.reason && last['message'] === next.message;
  if (isSame) return last;
  return {
    ...next,
    lastUpdateTime: now,
    lastTransitionTime: last?.['status'] === next.status ? last['lastTransitionTime'] : now,
  };
}

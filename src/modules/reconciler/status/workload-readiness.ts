// Are the pods of a workload as it wants them? The rules of kstatus (sigs.k8s.io/cli-utils) and of `kubectl rollout status`.
import { isJsonObject, type JsonObject } from '../../common';
import { type KubeObject } from '../../kube';
import { conditionOf, count, type ReadinessRule } from './readiness-rule';

const UNSEEN = 'is not seen by its controller yet';

export const deployment: ReadinessRule = (object, status) => {
  if (conditionOf(status, 'Progressing')?.['reason'] === 'ProgressDeadlineExceeded') {
    return 'makes no progress (ProgressDeadlineExceeded)';
  }
  const wanted = wantedReplicas(object);
  const updated = count(status['updatedReplicas'], 0);
  if (updated < wanted) return `has ${updated} of ${wanted} replicas updated`;
  const total = count(status['replicas'], 0);
  if (total > wanted) return `has ${total - wanted} old replicas left`;
  const available = count(status['availableReplicas'], 0);
  if (available < wanted) return `has ${available} of ${wanted} replicas available`;
  if (status['observedGeneration'] === undefined) return UNSEEN;
  return conditionOf(status, 'Available')?.['status'] === 'False' ? 'is not available' : undefined;
};

export const replicaSet: ReadinessRule = (object, status) => {
  const failure = conditionOf(status, 'ReplicaFailure');
  if (failure?.['status'] === 'True') return `can't make its pods${reasonOf(failure)}`;
  const wanted = wantedReplicas(object);
  const available = count(status['availableReplicas'], 0);
  if (available < wanted) return `has ${available} of ${wanted} replicas available`;
  const total = count(status['replicas'], 0);
  if (total > wanted) return `has ${total - wanted} replicas too many`;
  return status['observedGeneration'] === undefined ? UNSEEN : undefined;
};

export const statefulSet: ReadinessRule = (object, status) => {
  const wanted = wantedReplicas(object);
  const ready = count(status['readyReplicas'], 0);
  if (ready < wanted) return `has ${ready} of ${wanted} replicas ready`;
  const total = count(status['replicas'], 0);
  if (total > wanted) return `has ${total - wanted} replicas too many`;
  if (status['observedGeneration'] === undefined) return UNSEEN;
  const strategy = partOf(partOf(object, 'spec'), 'updateStrategy');
  // Which pods are old is the business of whoever deletes them.
  if (strategy['type'] === 'OnDelete') return undefined;
  const partition = count(partOf(strategy, 'rollingUpdate')['partition'], 0);
  const updated = count(status['updatedReplicas'], 0);
  const due = wanted - partition;
  if (updated < due) return `has ${updated} of ${due} replicas updated`;
  return undefined;
};

export const pod: ReadinessRule = (_object, status) => {
  switch (status['phase']) {
    case 'Succeeded':
      return undefined;
    case 'Failed':
      return `has failed${reasonOf(status)}`;
    default:
      return conditionOf(status, 'Ready')?.['status'] === 'True' ? undefined : 'is not ready';
  }
};

/** Stricter than kstatus, for which a Job that has begun is current: what a Job is for is done when it has ended. */
export const job: ReadinessRule = (_object, status) => {
  const failed = conditionOf(status, 'Failed');
  if (failed?.['status'] === 'True') return `has failed${reasonOf(failed)}`;
  if (conditionOf(status, 'Complete')?.['status'] === 'True') return undefined;
  if (conditionOf(status, 'Suspended')?.['status'] === 'True') return 'is suspended';
  return status['startTime'] === undefined ? 'has not begun' : 'is not complete';
};

function reasonOf({ reason }: JsonObject): string {
  return typeof reason === 'string' ? ` (${reason})` : '';
}

function wantedReplicas(object: KubeObject): number {
  return count(partOf(object, 'spec')['replicas'], 1);
}

function partOf(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

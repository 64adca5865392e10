// Is a child Current? The rules of kstatus (sigs.k8s.io/cli-utils), for the kinds that we write: undefined when it is,
// else why not, in words.
import { isJsonObject, parseApiVersion } from '../../common';
import { type KubeObject } from '../../kube';
import { conditionOf, type ReadinessRule } from './readiness-rule';
import { deployment, job, pod, replicaSet, statefulSet } from './workload-readiness';

/** By `<kind>.<group>`; every other kind has the generic rule. */
const RULES: Readonly<Record<string, ReadinessRule>> = {
  'Deployment.apps': deployment,
  'ReplicaSet.apps': replicaSet,
  'StatefulSet.apps': statefulSet,
  'Pod.': pod,
  'Job.batch': job,
  'Service.': service,
  'PersistentVolumeClaim.': claim,
};

export function notCurrent(object: KubeObject): string | undefined {
  if (object.metadata.deletionTimestamp !== undefined) return 'is being deleted';
  const status = isJsonObject(object['status']) ? object['status'] : {};
  const observed = status['observedGeneration'];
  if (typeof observed === 'number' && observed < (object.metadata.generation ?? 0)) return 'is being processed';
  const rule = RULES[`${object.kind}.${parseApiVersion(object.apiVersion).group}`] ?? generic;
  return rule(object, status);
}

function service(object: KubeObject): string | undefined {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const hasAddress = typeof spec['clusterIP'] === 'string' && spec['clusterIP'] !== '';
  return spec['type'] === 'LoadBalancer' && !hasAddress ? 'has no address yet' : undefined;
}

function claim(_object: KubeObject, { phase }: Parameters<ReadinessRule>[1]): string | undefined {
  return phase === 'Bound' ? undefined : 'is not bound to a volume yet';
}

function generic(_object: KubeObject, status: Parameters<ReadinessRule>[1]): string | undefined {
  for (const type of ['Reconciling', 'Stalled']) {
    if (conditionOf(status, type)?.['status'] === 'True') return `is ${type.toLowerCase()}`;
  }
  const ready = conditionOf(status, 'Ready');
  return ready !== undefined && ready['status'] !== 'True' ? 'is not ready' : undefined;
}

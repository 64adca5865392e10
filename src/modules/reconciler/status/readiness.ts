// Is a child Current? The rules of kstatus (sigs.k8s.io/cli-utils), for the kinds that we write: undefined when it is,
// else why not, in words.
import { isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { type KubeObject } from '../../kube';

export function notCurrent(object: KubeObject): string | undefined {
  if (object.metadata.deletionTimestamp !== undefined) return 'is being deleted';
  const status = isJsonObject(object['status']) ? object['status'] : {};
  const observed = status['observedGeneration'];
  if (typeof observed === 'number' && observed < (object.metadata.generation ?? 0)) return 'is being processed';
  switch (object.kind) {
    case 'Deployment':
      return deployment(object, status);
    case 'Service':
      return service(object);
    default:
      return generic(status);
  }
}

function deployment(object: KubeObject, status: JsonObject): string | undefined {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  if (conditionOf(status, 'Progressing')?.['reason'] === 'ProgressDeadlineExceeded') {
    return 'makes no progress (ProgressDeadlineExceeded)';
  }
  const wanted = count(spec['replicas'], 1);
  const updated = count(status['updatedReplicas'], 0);
  if (updated < wanted) return `has ${updated} of ${wanted} replicas updated`;
  const total = count(status['replicas'], 0);
  if (total > wanted) return `has ${total - wanted} old replicas left`;
  const available = count(status['availableReplicas'], 0);
  if (available < wanted) return `has ${available} of ${wanted} replicas available`;
  if (status['observedGeneration'] === undefined) return 'is not seen by its controller yet';
  return conditionOf(status, 'Available')?.['status'] === 'False' ? 'is not available' : undefined;
}

function service(object: KubeObject): string | undefined {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const hasAddress = typeof spec['clusterIP'] === 'string' && spec['clusterIP'] !== '';
  return spec['type'] === 'LoadBalancer' && !hasAddress ? 'has no address yet' : undefined;
}

function generic(status: JsonObject): string | undefined {
  for (const type of ['Reconciling', 'Stalled']) {
    if (conditionOf(status, type)?.['status'] === 'True') return `is ${type.toLowerCase()}`;
  }
  const ready = conditionOf(status, 'Ready');
  return ready !== undefined && ready['status'] !== 'True' ? 'is not ready' : undefined;
}

function conditionOf(status: JsonObject, type: string): JsonObject | undefined {
  const { conditions } = status;
  if (!Array.isArray(conditions)) return undefined;
  return conditions.find((item): item is JsonObject => isJsonObject(item) && item['type'] === type);
}

function count(value: JsonValue | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

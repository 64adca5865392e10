// Replicas under a foreign scaler (engine contract §2.4): sent when the workload is made; kept at the live value while an
// autoscaler of the box targets it and has not scaled yet, because a field that nobody else owns would be reset when we
// drop it; dropped as soon as the scaler owns it.
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  objectKey,
  scalarText,
  valueAt,
} from '../../common';
import { type KubeObject } from '../../kube';
import { hasForeignScaler } from '../children/reduce-child';
import { type DesiredChild } from './render';

const NONE: ReadonlySet<string> = new Set();

/** Workloads that an autoscaler among these targets, as `<group>/<kind> <namespace>/<name>`. */
export function scaledBy(desired: readonly DesiredChild[]): ReadonlySet<string> {
  let found: Set<string> | undefined;
  for (const { entry, object, namespace } of desired) {
    if (entry.facts.resource.kind !== 'HorizontalPodAutoscaler') continue;
    const target = valueAt(object, ['spec', 'scaleTargetRef']);
    if (!isJsonObject(target)) continue;
    const { apiVersion, kind, name } = target;
    (found ??= new Set()).add(
      workloadId(scalarText(apiVersion).split('/')[0] ?? '', scalarText(kind), namespace, scalarText(name)),
    );
  }
  return found ?? NONE;
}

/** What of a workload that is there is ours to send. */
export function underScaler(child: DesiredChild, live: KubeObject, scaled: ReadonlySet<string>): JsonObject {
  const { resource, replicasPath } = child.entry.facts;
  if (replicasPath === undefined) return child.object;
  if (hasForeignScaler(live)) return withReplicas(child.object, replicasPath, undefined);
  if (scaled.size === 0) return child.object;
  if (!scaled.has(workloadId(resource.group, resource.kind, child.namespace, child.name))) return child.object;
  return withReplicas(child.object, replicasPath, valueAt(live, replicasPath));
}

function workloadId(group: string, kind: string, namespace: string | undefined, name: string): string {
  return `${group}/${kind} ${objectKey(namespace, name)}`;
}

/** Key order stays: the hash of the object depends on it. */
function withReplicas(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const result: MutableJsonObject = { ...object };
  let at = result;
  for (const key of path.slice(0, -1)) {
    const copy: MutableJsonObject = { ...(at[key] as JsonObject) };
    at[key] = copy;
    at = copy;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return result;
}

import { createHash } from 'node:crypto';
import { type JsonObject, stableStringify } from '../../../common';
import { type KubeObject, type ResourceType } from '../../../kube';
import { part, textAt } from '../../kinds';

export const DEPLOYMENTS: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
};
export const REPLICA_SETS: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  namespaced: true,
};
export const PODS: ResourceType = { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

export const STATEFUL_SETS: ResourceType = {
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  namespaced: true,
};
export const JOBS: ResourceType = { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true };
export const CLAIMS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
};

export const HASH_LABEL = 'pod-template-hash';
export const MANAGER = 'kube-controller-manager';
export const KUBELET = 'kubelet';

const HASH_LENGTH = 10;
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** Names the pods of one template; `attempt` makes another one when it is taken. */
export function templateHash(template: JsonObject, attempt: number): string {
  const digest = createHash('sha256')
    .update(`${attempt}${stableStringify(template)}`)
    .digest();
  return [...digest.subarray(0, HASH_LENGTH)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');
}

/** The uid of the controller that an object says it has. */
export function controllerOf(object: KubeObject): string | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true)?.uid;
}

export function ownerReference({ apiVersion, kind, metadata: { name, uid } }: KubeObject): JsonObject {
  return {
    apiVersion,
    kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

export function isPodReady(pod: JsonObject): boolean {
  const conditions = part(pod, 'status')?.['conditions'];
  return (
    Array.isArray(conditions) &&
    conditions.some((condition: JsonObject) => condition['type'] === 'Ready' && condition['status'] === 'True')
  );
}

/** Of a Job: it is done some time. */
export function doesPodEnd({ metadata }: KubeObject): boolean {
  return metadata.ownerReferences?.some(({ controller, kind }) => controller === true && kind === 'Job') === true;
}

/** Neither ended nor being deleted. */
export function isPodActive(pod: KubeObject): boolean {
  const phase = textAt(part(pod, 'status'), 'phase');
  return phase !== 'Succeeded' && phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined;
}

// How a child is named in messages and in the memory of a pass.
import { type ObjectKey } from '../../common';
import { type KubeObject, keyOf, type ResourceType } from '../../kube';

/** Kinds of Kubernetes itself: their plurals stand alone, as people say them. */
const OWN_GROUP = /^$|^[^.]+$|\.k8s\.io$/;

/** `deployments default/web`, `certificates.cert-manager.io default/web`: one object of the cluster. */
export function idText({ plural, group }: ResourceType, key: ObjectKey): string {
  return `${OWN_GROUP.test(group) ? plural : `${plural}.${group}`} ${key}`;
}

export function idOf(resource: ResourceType, object: KubeObject): string {
  return idText(resource, keyOf(object));
}

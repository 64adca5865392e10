// What a delete left behind, for the cache of children.
import { type KubeObject, keyOf, type ResourceType } from '../../kube';
import { type ChildSource } from '../reconciler.types';

/** A child was deleted. `left`: what the server answered; some kinds answer with the object although it is gone. */
export function observeDeleted(
  children: ChildSource,
  resource: ResourceType,
  object: KubeObject,
  left: KubeObject | undefined,
): void {
  if (left?.metadata.deletionTimestamp !== undefined) children.observeWrite(resource, left);
  else if (object.metadata.uid !== undefined) children.observeDelete(resource, keyOf(object), object.metadata.uid);
}

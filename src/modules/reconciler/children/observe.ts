// Read-your-writes: the answer to our write goes into the cache at once. But an answer and the watch travel on different
// connections: when the watch has told the object's end already, the answer must not bring it back from the dead.
import { type KubeObject, keyOf, type ResourceType } from '../../kube';
import { type ChildSource, type CrSource } from '../reconciler.types';

export function observeCr(crs: CrSource, answer: KubeObject): void {
  if (crs.store.get(keyOf(answer))?.metadata.uid === answer.metadata.uid) crs.observeWrite(answer);
}

/** An existing child was written. */
export function observeChild(children: ChildSource, resource: ResourceType, answer: KubeObject): void {
  const known = children.get(resource, keyOf(answer));
  if (known !== undefined && known.metadata.uid === answer.metadata.uid) children.observeWrite(resource, answer);
}

/** A child was deleted. `left`: what the server answered; some kinds answer with the object although it is gone. */
export function observeDeleted(
  children: ChildSource,
  resource: ResourceType,
  object: KubeObject,
  left: KubeObject | undefined,
): void {
  if (left?.metadata.deletionTimestamp !== undefined) observeChild(children, resource, left);
  else if (object.metadata.uid !== undefined) children.observeDelete(resource, keyOf(object), object.metadata.uid);
}

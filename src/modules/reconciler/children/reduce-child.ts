// What a child is reduced to before it is cached (engine contract §7): of managedFields stays what the engine asks.
import { FIELD_MANAGER, LABEL } from '../../common';
import { type KubeObject, type ManagedFieldsEntry } from '../../kube';

/**
 * What caches of children hold. The managed label alone would not do: pods of a Deployment carry it, too, and are no
 * children of ours.
 */
export const CHILD_SELECTOR = `${LABEL.managed}=true,${LABEL.ownerUid}`;

/** Whether the selector finds it: the watch of a cache tells the end of an object that it finds no more. */
export function isCached({ metadata: { labels } }: KubeObject): boolean {
  return labels?.[LABEL.managed] === 'true' && labels[LABEL.ownerUid] !== undefined;
}

const SCALER = 'kube-controller-manager';

/** Members of entries that may say what the engine asks; a child without any is read without its managedFields. */
export const ASKED_ENTRIES: readonly string[] = ['"subresource":"scale"', `"manager":"${FIELD_MANAGER.classic}"`];

function isAsked(entry: ManagedFieldsEntry): boolean {
  return (entry.manager === SCALER && entry.subresource === 'scale') || entry.manager === FIELD_MANAGER.classic;
}

/** The transform of child informers. */
export function reduceChild(object: KubeObject): KubeObject {
  const { managedFields, ...metadata } = object.metadata;
  if (managedFields === undefined) return object;
  const kept = managedFields
    .filter(isAsked)
    .map(({ manager, subresource, operation }) => ({ manager, subresource, operation }));
  return { ...object, metadata: kept.length === 0 ? metadata : { ...metadata, managedFields: kept } };
}

/** A horizontal autoscaler sets the replica count (engine contract §2.4). */
export function hasForeignScaler(object: KubeObject): boolean {
  return (
    object.metadata.managedFields?.some((entry) => entry.manager === SCALER && entry.subresource === 'scale') === true
  );
}

/** Fields are still owned by the manager of the classic implementation. */
export function hasClassicManager(object: KubeObject): boolean {
  return object.metadata.managedFields?.some(({ manager }) => manager === FIELD_MANAGER.classic) === true;
}

// Whose object is it? Asked before every write: a name collision is an error, never an overwrite (DESIGN §4.6).
import { LABEL, splitObjectKey } from '../../common';
import { type KubeObject, type OwnerReference } from '../../kube';

export type Ownership =
  | { readonly type: 'ours' }
  /** Ours, on its way out. */
  | { readonly type: 'dying' }
  /** Of a CR of the same name that is gone: garbage collection will take it (engine contract §2.5). */
  | { readonly type: 'previous' }
  | { readonly type: 'foreign'; readonly owner: string };

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** Garbage collection does not find it: no owner reference leads out of a namespace. */
export function isOutOfReach(object: KubeObject, { metadata }: KubeObject): boolean {
  return metadata.namespace !== undefined && object.metadata.namespace !== metadata.namespace;
}

/** The controller reference decides; where none is possible, the owner-uid label. */
export function ownershipOf(object: KubeObject, cr: KubeObject): Ownership {
  const controller = controllerOf(object);
  const labels = object.metadata.labels ?? {};
  const isOurs =
    controller === undefined ? labels[LABEL.ownerUid] === cr.metadata.uid : controller.uid === cr.metadata.uid;
  if (isOurs) return object.metadata.deletionTimestamp === undefined ? { type: 'ours' } : { type: 'dying' };
  if (controller !== undefined) {
    const isNamesake =
      controller.kind === cr.kind &&
      controller.name === cr.metadata.name &&
      sameGroup(controller.apiVersion, cr.apiVersion) &&
      // An owner stands in the namespace of its dependent or in none.
      (cr.metadata.namespace === undefined || object.metadata.namespace === cr.metadata.namespace);
    return isNamesake ? { type: 'previous' } : { type: 'foreign', owner: `${controller.kind} ${controller.name}` };
  }
  const owner = labels[LABEL.owner];
  return labels[LABEL.managed] === 'true' && owner !== undefined
    ? { type: 'foreign', owner: `another object named ${splitObjectKey(owner).name}` }
    : { type: 'foreign', owner: 'nobody that Orkestra knows' };
}

function sameGroup(a: string, b: string): boolean {
  return a.split('/')[0] === b.split('/')[0];
}

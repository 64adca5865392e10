// The resources that the entries of a CRD write.
import { gvkString } from '../../common';
import { type ResourceType } from '../../kube';
import { type CompiledCrd, type CustomKind } from './compiled-katalog';

/** As far as they are known, without duplicates. */
export function childResources({
  childKinds,
  customKinds,
}: Pick<CompiledCrd, 'childKinds' | 'customKinds'>): readonly ResourceType[] {
  const found = [...childKinds, ...customKinds].flatMap(({ resource }) => resource ?? []);
  return [...new Map(found.map((resource) => [gvkString(resource), resource])).values()];
}

/** No owner reference leads from an object without namespace to an owner in one. */
export function staysBehind(child: ResourceType, owner: ResourceType): boolean {
  return owner.namespaced && !child.namespaced;
}

/** The CRD with what a cluster told of the kinds that its entries name. */
export function withCustomKinds(crd: CompiledCrd, customKinds: readonly CustomKind[]): CompiledCrd {
  const leaves = customKinds.some(({ resource }) => resource !== undefined && staysBehind(resource, crd.resource));
  return Object.freeze({ ...crd, customKinds, needsFinalizer: crd.needsFinalizer || leaves });
}

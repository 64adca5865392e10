// The rights that a runtime needs for a Katalog: one pure function of the compiled Katalog and of what the inventories
// list (engine contract §8). Offline the second is empty.
import { childResources } from '../compile/child-resources';
import { type CompiledCrd, type CompiledKatalog } from '../compile/compiled-katalog';
import { CHILD, type PolicyRule, READ } from './policy-rule';
import { RightsTable } from './rights-table';

/** A resource that an inventory lists. */
export interface ResourceName {
  readonly group: string;
  readonly plural: string;
}

/** Sorted, one rule for each resource; none for a CRD whose plural is a guess, nor for kinds whose plural nobody told. */
export function deriveRuntimeRules(
  katalog: CompiledKatalog,
  inventoried: readonly ResourceName[] = [],
): readonly PolicyRule[] {
  const rights = new RightsTable();
  rights.allow('coordination.k8s.io', 'leases', ['get', 'list', 'watch', 'create', 'update', 'patch']);
  rights.allow('', 'events', ['create', 'patch', 'list']);
  rights.allow('events.k8s.io', 'events', ['create', 'patch', 'list']);
  rights.allow('apiextensions.k8s.io', 'customresourcedefinitions', READ);
  rights.allow('', 'configmaps', CHILD);
  for (const crd of katalog.crds) allowCrd(crd, rights);
  for (const { apiGroups, resources, resourceNames = [undefined], verbs } of katalog.declaredRights) {
    for (const name of resourceNames) rights.allow(apiGroups[0] ?? '', resources[0] ?? '', verbs, name);
  }
  for (const { group, plural } of inventoried) rights.allow(group, plural, CHILD);
  return rights.rules();
}

/** What one CRD alone asks for: its own resource, and the kinds of its entries. */
export function deriveCrdRules(crd: CompiledCrd): readonly PolicyRule[] {
  const rights = new RightsTable();
  allowCrd(crd, rights);
  return rights.rules();
}

function allowCrd({ resource, isPluralGuessed, childKinds, customKinds }: CompiledCrd, rights: RightsTable): void {
  if (!isPluralGuessed) {
    rights.allow(resource.group, resource.plural, [...READ, 'patch']);
    rights.allow(resource.group, `${resource.plural}/status`, ['get', 'patch', 'update']);
    rights.allow(resource.group, `${resource.plural}/finalizers`, ['update']);
  }
  for (const { group, plural } of childResources({ childKinds, customKinds })) rights.allow(group, plural, CHILD);
  for (const { group, plural, verbs } of childKinds.flatMap((child) => child.rights ?? [])) {
    rights.allow(group, plural, verbs);
  }
}

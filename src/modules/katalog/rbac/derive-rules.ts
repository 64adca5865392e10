// The rights that a runtime needs for a Katalog: one pure function of the compiled Katalog and of what the inventories
// list (engine contract §8). Offline the second is empty.
import { childResources } from '../compile/child-resources';
import { type CompiledKatalog } from '../compile/compiled-katalog';

/** rbac.authorization.k8s.io/v1 PolicyRule. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** A resource that an inventory lists. */
export interface ResourceName {
  readonly group: string;
  readonly plural: string;
}

const READ = ['get', 'list', 'watch'];
/** A guarded create is an apply, which the API server checks as create and patch. */
const CHILD = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** Sorted, one rule for each resource; none for a CRD whose plural is a guess, nor for kinds whose plural nobody told. */
export function deriveRuntimeRules(
  katalog: CompiledKatalog,
  inventoried: readonly ResourceName[] = [],
): readonly PolicyRule[] {
  const rights = new Map<string, { group: string; resource: string; verbs: Set<string> }>();
  const allow = (group: string, resource: string, verbs: readonly string[]): void => {
    const key = `${group}/${resource}`;
    const entry = rights.get(key) ?? { group, resource, verbs: new Set<string>() };
    for (const verb of verbs) entry.verbs.add(verb);
    rights.set(key, entry);
  };
  allow('coordination.k8s.io', 'leases', ['get', 'list', 'watch', 'create', 'update', 'patch']);
  allow('', 'events', ['create', 'patch', 'list']);
  allow('events.k8s.io', 'events', ['create', 'patch', 'list']);
  allow('apiextensions.k8s.io', 'customresourcedefinitions', READ);
  allow('', 'configmaps', CHILD);
  for (const { resource, isPluralGuessed, childKinds, customKinds } of katalog.crds) {
    if (!isPluralGuessed) {
      allow(resource.group, resource.plural, [...READ, 'patch']);
      allow(resource.group, `${resource.plural}/status`, ['get', 'patch', 'update']);
      allow(resource.group, `${resource.plural}/finalizers`, ['update']);
    }
    for (const { group, plural } of childResources({ childKinds, customKinds })) allow(group, plural, CHILD);
    for (const { group, plural, verbs } of childKinds.flatMap(({ rights }) => rights ?? []))
      allow(group, plural, verbs);
  }
  for (const { group, plural } of inventoried) allow(group, plural, CHILD);
  return [...rights.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { group, resource, verbs }]) => ({ apiGroups: [group], resources: [resource], verbs: [...verbs] }));
}

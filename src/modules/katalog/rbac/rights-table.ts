import { type PolicyRule } from './policy-rule';

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verbs: Set<string>;
  readonly names: Set<string>;
}

/** Collects rights: one rule for each resource, and one for its objects that are allowed by name. */
export class RightsTable {
  private readonly rights = new Map<string, Right>();

  /** `name`: of this object only. */
  allow(group: string, resource: string, verbs: readonly string[], name?: string): void {
    const key = `${group}/${resource}${name === undefined ? '' : ` ${[...verbs].sort().join()}`}`;
    const right = this.rights.get(key) ?? { group, resource, verbs: new Set<string>(), names: new Set<string>() };
    for (const verb of verbs) right.verbs.add(verb);
    if (name !== undefined) right.names.add(name);
    this.rights.set(key, right);
  }

  /** Sorted; a rule for named objects that the resource's own rule covers is left out. */
  rules(): readonly PolicyRule[] {
    return [...this.rights.entries()]
      .filter(([, right]) => !this.isCovered(right))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { group, resource, verbs, names }]) => ({
        apiGroups: [group],
        resources: [resource],
        ...(names.size === 0 ? {} : { resourceNames: [...names].sort() }),
        verbs: [...verbs],
      }));
  }

  private isCovered({ group, resource, verbs, names }: Right): boolean {
    const general = names.size === 0 ? undefined : this.rights.get(`${group}/${resource}`);
    return general !== undefined && [...verbs].every((verb) => general.verbs.has(verb));
  }
}

// A set of fields as a tree: members are in the set themselves, children have members below them. Immutable; built with
// FieldSetBuilder. The operations are those of managed fields: a difference takes away equal places only, a recursive
// difference takes everything below them too.
import { comparePathElements, type FieldPath, type PathElement } from './path-element';

interface Child {
  readonly element: PathElement;
  readonly set: FieldSet;
}

type Members = ReadonlyMap<string, PathElement>;
type Children = ReadonlyMap<string, Child>;

export class FieldSet {
  static readonly EMPTY = new FieldSet(new Map(), new Map());

  /** No child may be empty. */
  constructor(
    readonly members: Members,
    readonly children: Children,
  ) {}

  static of(...paths: readonly FieldPath[]): FieldSet {
    const builder = new FieldSetBuilder();
    for (const path of paths) builder.insert(path);
    return builder.build();
  }

  get isEmpty(): boolean {
    return this.members.size === 0 && this.children.size === 0;
  }

  has(path: FieldPath): boolean {
    const [first, ...rest] = path;
    if (first === undefined) return false;
    return rest.length === 0 ? this.members.has(first.id) : this.below(first).has(rest);
  }

  /** What is below a place, without the place itself. */
  below(element: PathElement): FieldSet {
    return this.children.get(element.id)?.set ?? FieldSet.EMPTY;
  }

  /** Members of a level come before what is below it; each level in canonical order. */
  paths(): readonly FieldPath[] {
    const found: FieldPath[] = [];
    collect(this, [], found);
    return found;
  }

  equals(other: FieldSet): boolean {
    if (this.members.size !== other.members.size || this.children.size !== other.children.size) return false;
    for (const id of this.members.keys()) if (!other.members.has(id)) return false;
    for (const [id, child] of this.children) {
      const twin = other.children.get(id);
      if (twin === undefined || !child.set.equals(twin.set)) return false;
    }
    return true;
  }

  union(other: FieldSet): FieldSet {
    if (this.isEmpty) return other;
    if (other.isEmpty) return this;
    const children = new Map(this.children);
    for (const [id, child] of other.children) {
      const mine = children.get(id);
      children.set(id, mine === undefined ? child : { element: child.element, set: mine.set.union(child.set) });
    }
    return new FieldSet(new Map([...this.members, ...other.members]), children);
  }

  intersection(other: FieldSet): FieldSet {
    const members = new Map<string, PathElement>();
    for (const [id, element] of this.members) if (other.members.has(id)) members.set(id, element);
    return new FieldSet(
      members,
      this.mapChildren((child, id) => {
        const twin = other.children.get(id);
        return twin === undefined ? FieldSet.EMPTY : child.set.intersection(twin.set);
      }),
    );
  }

  /** Without the places of the other set; what is below them stays. */
  difference(other: FieldSet): FieldSet {
    if (this.isEmpty || other.isEmpty) return this;
    return new FieldSet(
      this.membersOutside(other),
      this.mapChildren((child, id) => {
        const twin = other.children.get(id);
        return twin === undefined ? child.set : child.set.difference(twin.set);
      }),
    );
  }

  /** Without the places of the other set and everything below them. */
  recursiveDifference(other: FieldSet): FieldSet {
    if (this.isEmpty || other.isEmpty) return this;
    return new FieldSet(
      this.membersOutside(other),
      this.mapChildren((child, id) => {
        if (other.members.has(id)) return FieldSet.EMPTY;
        const twin = other.children.get(id);
        return twin === undefined ? child.set : child.set.recursiveDifference(twin.set);
      }),
    );
  }

  private membersOutside(other: FieldSet): Members {
    const members = new Map<string, PathElement>();
    for (const [id, element] of this.members) if (!other.members.has(id)) members.set(id, element);
    return members;
  }

  private mapChildren(change: (child: Child, id: string) => FieldSet): Children {
    const children = new Map<string, Child>();
    for (const [id, child] of this.children) {
      const set = change(child, id);
      if (!set.isEmpty) children.set(id, set === child.set ? child : { element: child.element, set });
    }
    return children;
  }
}

function collect(set: FieldSet, prefix: FieldPath, found: FieldPath[]): void {
  for (const element of [...set.members.values()].sort(comparePathElements)) found.push([...prefix, element]);
  const children = [...set.children.values()].sort((a, b) => comparePathElements(a.element, b.element));
  for (const { element, set: below } of children) collect(below, [...prefix, element], found);
}

interface Branch {
  readonly members: Map<string, PathElement>;
  readonly children: Map<string, { readonly element: PathElement; readonly branch: Branch }>;
}

/** Collects paths; used once. */
export class FieldSetBuilder {
  private readonly root: Branch = newBranch();

  /** The empty path, the whole object, is owned by nobody: it is left out. */
  insert(path: FieldPath): void {
    const last = path[path.length - 1];
    if (last === undefined) return;
    let branch = this.root;
    for (let at = 0; at < path.length - 1; at++) branch = descend(branch, path[at] as PathElement);
    branch.members.set(last.id, last);
  }

  build(): FieldSet {
    return frozen(this.root);
  }
}

function newBranch(): Branch {
  return { members: new Map(), children: new Map() };
}

function descend(branch: Branch, element: PathElement): Branch {
  const known = branch.children.get(element.id);
  if (known !== undefined) return known.branch;
  const below = newBranch();
  branch.children.set(element.id, { element, branch: below });
  return below;
}

function frozen(branch: Branch): FieldSet {
  if (branch.members.size === 0 && branch.children.size === 0) return FieldSet.EMPTY;
  const children = new Map<string, Child>();
  for (const [id, child] of branch.children) children.set(id, { element: child.element, set: frozen(child.branch) });
  return new FieldSet(branch.members, children);
}

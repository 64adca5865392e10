// Who owns whom, as far as objects told it in their ownerReferences.
import { type KubeObject, type OwnerReference, type ResourceType } from '../../kube';

export interface Node {
  readonly uid: string;
  readonly resource: ResourceType;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly owners: readonly OwnerReference[];
  readonly finalizers: readonly string[];
  readonly isDying: boolean;
}

export class OwnerGraph {
  private readonly nodes = new Map<string, Node>();
  private readonly children = new Map<string, Set<string>>();

  get(uid: string): Node | undefined {
    return this.nodes.get(uid);
  }

  dependentsOf(uid: string): readonly Node[] {
    return [...(this.children.get(uid) ?? [])]
      .map((child) => this.nodes.get(child))
      .filter((node) => node !== undefined);
  }

  put(resource: ResourceType, { metadata }: KubeObject): Node | undefined {
    const { uid, name, namespace } = metadata;
    if (uid === undefined) return undefined;
    const node: Node = {
      uid,
      resource,
      namespace,
      name,
      owners: metadata.ownerReferences ?? [],
      finalizers: metadata.finalizers ?? [],
      isDying: metadata.deletionTimestamp !== undefined,
    };
    this.unlink(this.nodes.get(uid));
    this.nodes.set(uid, node);
    for (const owner of node.owners) {
      const list = this.children.get(owner.uid);
      if (list === undefined) this.children.set(owner.uid, new Set([uid]));
      else list.add(uid);
    }
    return node;
  }

  /** The objects that named it as their owner stay known. */
  remove(uid: string): void {
    this.unlink(this.nodes.get(uid));
    this.nodes.delete(uid);
  }

  private unlink(node: Node | undefined): void {
    for (const owner of node?.owners ?? []) {
      const list = this.children.get(owner.uid);
      list?.delete(node?.uid ?? '');
      if (list?.size === 0) this.children.delete(owner.uid);
    }
  }
}

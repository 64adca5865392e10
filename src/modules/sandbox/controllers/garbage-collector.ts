// Takes along what belongs to objects that go: in the background, before them (foreground), or not at all (orphans).
import {
  type DeleteOptions,
  isNotFound,
  type KubeApi,
  type KubeObject,
  type ObjectRef,
  type OwnerReference,
  type ResourceType,
} from '../../kube/port';
import { type ServedResources } from './object-feeds';
import { type Node, OwnerGraph } from './owner-graph';
import { WorkLine } from './work-line';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';
const MANAGER = 'kube-controller-manager';

export class GarbageCollector {
  private readonly graph = new OwnerGraph();
  private readonly line = new WorkLine((uid) => this.look(uid));
  /** Owners that were seen to go, by uid, as long as something names them: their kind may go with them. */
  private readonly absent = new Map<string, Node>();
  /** Objects with an owner of a kind that is not served: nothing follows from that before it is. */
  private readonly undecided = new Set<string>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly api: KubeApi,
    private readonly served: ServedResources,
  ) {
    this.unsubscribe = served.onChange(() => this.decideAgain());
  }

  observe(resource: ResourceType, object: KubeObject, isGone: boolean): void {
    const { uid } = object.metadata;
    if (uid === undefined) return;
    const before = this.graph.get(uid);
    if (isGone) {
      this.graph.remove(uid);
      const dependents = this.graph.dependentsOf(uid);
      if (before !== undefined && dependents.length > 0) this.absent.set(uid, before);
      for (const dependent of dependents) this.line.wake(dependent.uid);
      // An owner may have waited for this one.
      for (const owner of before?.owners ?? []) this.released(owner.uid);
      return;
    }
    const node = this.graph.put(resource, object);
    if (node === undefined) return;
    if (node.owners.length > 0 || (node.isDying && node.finalizers.length > 0)) this.line.wake(uid);
    for (const owner of before?.owners ?? []) this.released(owner.uid);
  }

  stop(): Promise<void> {
    this.unsubscribe();
    return this.line.stop();
  }

  /** Something named this owner and perhaps no longer does. */
  private released(uid: string): void {
    if (this.graph.get(uid)?.isDying === true) this.line.wake(uid);
    if (this.absent.has(uid) && this.graph.dependentsOf(uid).length === 0) this.absent.delete(uid);
  }

  private decideAgain(): void {
    const waiting = [...this.undecided];
    this.undecided.clear();
    for (const uid of waiting) this.line.wake(uid);
  }

  private async look(uid: string): Promise<void> {
    const node = this.graph.get(uid);
    if (node === undefined) return;
    try {
      if (node.isDying) await this.lookAtDying(node);
      else if (node.owners.length > 0) await this.lookAtOwned(node);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private async lookAtDying(node: Node): Promise<void> {
    if (node.finalizers.includes(ORPHAN)) {
      for (const dependent of this.graph.dependentsOf(node.uid)) await this.disown(dependent, [node.uid]);
      await this.dropFinalizer(node, ORPHAN);
    } else if (node.finalizers.includes(FOREGROUND)) {
      const dependents = this.graph.dependentsOf(node.uid);
      const isBlocked = dependents.some(({ owners }) =>
        owners.some((owner) => owner.uid === node.uid && owner.blockOwnerDeletion === true),
      );
      if (!isBlocked) await this.dropFinalizer(node, FOREGROUND);
      for (const dependent of dependents) if (!dependent.isDying) this.line.wake(dependent.uid);
    }
  }

  private async lookAtOwned(node: Node): Promise<void> {
    const states = await Promise.all(node.owners.map((owner) => this.stateOf(node, owner)));
    const uids = (state: OwnerState): readonly string[] =>
      node.owners.filter((_, index) => states[index] === state).map(({ uid }) => uid);
    if (states.includes('unknown')) return;
    const gone = [...uids('absent'), ...uids('waiting')];
    if (states.includes('solid')) {
      if (gone.length > 0) await this.disown(node, gone);
      return;
    }
    const isWaitedFor = states.includes('waiting') && this.graph.dependentsOf(node.uid).length > 0;
    await this.remove(node, isWaitedFor ? 'Foreground' : undefined);
  }

  /** The owner is looked for where the reference says: in the namespace of the object that has the reference. */
  private async stateOf(node: Node, owner: OwnerReference): Promise<OwnerState> {
    const resource = this.served.find(owner.apiVersion, owner.kind);
    const seen = this.absent.get(owner.uid);
    if (resource === undefined && seen === undefined) {
      this.undecided.add(node.uid);
      return 'unknown';
    }
    // An owner in a namespace of an object without one: invalid, and left alone.
    if ((resource ?? seen?.resource)?.namespaced === true && node.namespace === undefined) return 'unknown';
    if (resource === undefined) return 'absent';
    try {
      const { metadata } = await this.api.get(refOf(resource, node.namespace, owner.name));
      if (metadata.uid !== owner.uid) return 'absent';
      const isWaiting = metadata.deletionTimestamp !== undefined && metadata.finalizers?.includes(FOREGROUND) === true;
      return isWaiting ? 'waiting' : 'solid';
    } catch (error) {
      if (isNotFound(error)) return 'absent';
      throw error;
    }
  }

  private async remove(node: Node, propagation: DeleteOptions['propagation']): Promise<void> {
    const own = node.finalizers.includes(ORPHAN)
      ? 'Orphan'
      : node.finalizers.includes(FOREGROUND)
        ? 'Foreground'
        : 'Background';
    const ref = refOf(node.resource, node.namespace, node.name);
    await this.api.delete(ref, { uid: node.uid, propagation: propagation ?? own });
  }

  private async disown(node: Node, owners: readonly string[]): Promise<void> {
    const ref = refOf(node.resource, node.namespace, node.name);
    const { metadata } = await this.api.get(ref);
    if (metadata.uid !== node.uid) return;
    const ownerReferences = (metadata.ownerReferences ?? []).filter(({ uid }) => !owners.includes(uid));
    const { uid, resourceVersion } = metadata;
    const body = { metadata: { uid, resourceVersion, ownerReferences } };
    await this.api.patch(ref, { type: 'merge', body, fieldManager: MANAGER });
  }

  private async dropFinalizer(node: Node, finalizer: string): Promise<void> {
    const ref = refOf(node.resource, node.namespace, node.name);
    const { metadata } = await this.api.get(ref);
    if (metadata.uid !== node.uid || metadata.finalizers?.includes(finalizer) !== true) return;
    const finalizers = metadata.finalizers.filter((name) => name !== finalizer);
    const { uid, resourceVersion } = metadata;
    await this.api.patch(ref, {
      type: 'merge',
      body: { metadata: { uid, resourceVersion, finalizers } },
      fieldManager: MANAGER,
    });
  }
}

/** solid: it lives; waiting: it waits for its dependents to go first; unknown: nothing may be concluded. */
type OwnerState = 'solid' | 'waiting' | 'absent' | 'unknown';

function refOf(resource: ResourceType, namespace: string | undefined, name: string): ObjectRef {
  return { resource, name, ...(resource.namespaced && namespace !== undefined ? { namespace } : {}) };
}

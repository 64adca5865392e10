// Phase "diff": desired against observed -> decisions. Pure. A child is written iff the hash of what we want is not the
// one that was applied last, or a live value differs from what we want and from what the server made of it
// (engine contract §2.3).
import { ANNOTATION, LABEL, labelValue, type JsonObject, type OrkestraError } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject } from '../../kube';
import { type CompiledEntry, type EntryFacts } from '../../resources';
import { compileComparison, type Comparison, type Difference } from '../../schema';
import { idOf } from '../children/child-id';
import { areServerRewrites, type ChildMemory, type CrMemory } from '../children/child-memory';
import { ownershipOf } from '../children/ownership';
import { hasClassicManager } from '../children/reduce-child';
import { collision } from './collision';
import { entryError, waiting } from '../reconciler.errors';
import { type ObservedChild, type ReconcilerPorts } from '../reconciler.types';
import { type DesiredChild, type RenderResult } from './render';
import { scaledBy, underScaler } from './scaler';

export interface WriteAction {
  readonly type: 'create' | 'update';
  readonly child: DesiredChild;
  readonly memory: ChildMemory;
  /** What is sent, without guards: desired, less what a foreign scaler owns. */
  readonly body: JsonObject;
  readonly live: KubeObject | undefined;
  /** What somebody else changed: this write corrects drift. */
  readonly corrects: readonly Difference[];
  /** Whether only values are at stake that the server may rewrite again. */
  readonly isLowPriority: boolean;
}

export interface DeleteAction {
  readonly type: 'delete';
  readonly observed: ObservedChild;
  readonly why: 'pruned' | 'deleted';
}

export interface Decisions {
  readonly writes: readonly WriteAction[];
  readonly deletes: readonly DeleteAction[];
  /** Objects of removed entries that stay because the entry had said so. */
  readonly retained: readonly ObservedChild[];
  readonly errors: readonly OrkestraError[];
  readonly pending: readonly OrkestraError[];
}

type Leftover = Pick<Decisions, 'deletes' | 'retained'>;

const NO_LEFTOVER: Leftover = { deletes: [], retained: [] };

export class Differ {
  private readonly comparisons = new Map<EntryFacts, Comparison>();
  /** By entry label. Entries with the same templates share one (engine contract §1). */
  private readonly entries = new Map<string, CompiledEntry[]>();

  constructor(
    crd: CompiledCrd,
    private readonly ports: Pick<ReconcilerPorts, 'children' | 'inventory'>,
  ) {
    for (const facts of crd.childKinds) this.comparisons.set(facts, compileComparison(facts.compare));
    for (const entry of [...crd.onCreate.entries, ...crd.onReconcile.entries]) {
      const id = labelValue(entry.id);
      this.entries.set(id, [...(this.entries.get(id) ?? []), entry]);
    }
  }

  comparison(facts: EntryFacts): Comparison {
    const known = this.comparisons.get(facts);
    if (known !== undefined) return known;
    const made = compileComparison(facts.compare);
    this.comparisons.set(facts, made);
    return made;
  }

  decide(cr: KubeObject, rendered: RenderResult, owned: readonly ObservedChild[], memory: CrMemory): Decisions {
    const writes: WriteAction[] = [];
    const errors: OrkestraError[] = [];
    const pending: OrkestraError[] = [];
    const scaled = scaledBy(rendered.desired);
    for (const child of rendered.desired) {
      try {
        const action = this.one(child, cr, memory, scaled);
        if (action !== undefined) writes.push(action);
      } catch (error) {
        const failure = entryError(error, child.entry);
        (failure.kind === 'Pending' ? pending : errors).push(failure);
      }
    }
    // Prune only with the complete set of identities (engine contract §3.2).
    const isComplete = [rendered.errors, rendered.pending, errors, pending].every((list) => list.length === 0);
    const leftover = isComplete ? this.leftover(rendered, owned, memory) : NO_LEFTOVER;
    return { writes, ...leftover, errors, pending };
  }

  private one(
    child: DesiredChild,
    cr: KubeObject,
    memory: CrMemory,
    scaled: ReadonlySet<string>,
  ): WriteAction | undefined {
    const { entry } = child;
    const found = this.ports.children.get(child.resource, child.key);
    const live = found === undefined ? undefined : this.ours(found, child, cr);
    if (live !== undefined && (!entry.isReconciled || entry.facts.createOnly)) return undefined;
    const body = live === undefined ? child.object : underScaler(child, live, scaled);
    const known = memory.remember(child.id, body);
    const base = { child, memory: known, body, live };
    if (live === undefined) return { ...base, type: 'create', corrects: [], isLowPriority: false };
    const applied = live.metadata.annotations?.[ANNOTATION.applied];
    if (applied !== known.hash || hasClassicManager(live)) {
      return { ...base, type: 'update', corrects: [], isLowPriority: false };
    }
    const comparison = this.comparison(entry.facts);
    if (comparison.firstDifference(body, live) === undefined) return undefined;
    const differences = comparison.differences(body, live);
    if (areServerRewrites(differences, known)) return undefined;
    const isLowPriority = known.answers === undefined;
    return { ...base, type: 'update', corrects: differences, isLowPriority };
  }

  /** Throws when it is not, or not any more. */
  private ours(found: KubeObject, child: DesiredChild, cr: KubeObject): KubeObject {
    const ownership = ownershipOf(found, cr);
    switch (ownership.type) {
      case 'ours':
        return found;
      case 'dying':
      case 'previous':
        throw waiting('WaitingForGarbageCollection', `${child.id} of an earlier life is still being deleted`);
      case 'foreign':
        throw collision(child.id, ownership.owner);
    }
  }

  private leftover(rendered: RenderResult, owned: readonly ObservedChild[], memory: CrMemory): Leftover {
    const isSettled = owned.length === 0 && memory.children.size <= rendered.desired.length;
    if (isSettled) return NO_LEFTOVER;
    const wanted = new Set(rendered.desired.map(({ id }) => id));
    if (memory.children.size > wanted.size) memory.keepOnly(wanted);
    const deletes: DeleteAction[] = [];
    const retained: ObservedChild[] = [];
    for (const observed of owned) {
      const { object, resource } = observed;
      if (object.metadata.deletionTimestamp !== undefined || wanted.has(idOf(resource, object))) continue;
      const entryId = object.metadata.labels?.[LABEL.entry] ?? '';
      const declared = this.entries.get(entryId);
      if (declared === undefined) {
        if (this.ports.inventory.retains(entryId)) retained.push(observed);
        else deletes.push({ type: 'delete', observed, why: 'pruned' });
      } else if (declared.every((entry) => entry.isReconciled && !rendered.skipped.has(entry))) {
        deletes.push({ type: 'delete', observed, why: 'deleted' });
      }
    }
    return { deletes, retained };
  }
}

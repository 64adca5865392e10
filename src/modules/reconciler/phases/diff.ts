// Phase "diff": desired against observed -> decisions. Pure. A child is written iff the hash of what we want is not the
// one that was applied last, or a live value differs from what we want and from what the server made of it
// (engine contract §2.3).
import { ANNOTATION, LABEL, labelValue, type JsonObject, type MutableJsonObject, objectKey } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type KubeObject, type ResourceType } from '../../kube';
import { type CompiledEntry, type KindFacts } from '../../resources';
import { compileComparison, type Comparison } from '../../schema';
import { areServerRewrites, type ChildMemory, type CrMemory } from '../children/child-memory';
import { ownershipOf } from '../children/ownership';
import { hasClassicManager, hasForeignScaler } from '../children/reduce-child';
import { collision } from './collision';
import { entryError, waiting } from '../reconciler.errors';
import { type ObservedChild, type ReconcilerPorts } from '../reconciler.types';
import { type DesiredChild, type RenderResult } from './render';
import { type OrkestraError } from '../../common';

export interface WriteAction {
  readonly type: 'create' | 'update';
  readonly child: DesiredChild;
  readonly memory: ChildMemory;
  /** What is sent, without guards: desired, less what a foreign scaler owns. */
  readonly body: JsonObject;
  readonly live: KubeObject | undefined;
  /** Paths that somebody else changed: this write corrects drift. */
  readonly corrects: readonly string[];
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

export class Differ {
  private readonly comparisons = new Map<KindFacts, Comparison>();
  private readonly entries = new Map<string, CompiledEntry>();

  constructor(
    crd: CompiledCrd,
    private readonly ports: Pick<ReconcilerPorts, 'children' | 'inventory'>,
  ) {
    for (const facts of crd.childKinds) this.comparisons.set(facts, compileComparison(facts.compare));
    for (const entry of [...crd.onCreate.entries, ...crd.onReconcile.entries]) {
      this.entries.set(labelValue(entry.id), entry);
    }
  }

  comparison(facts: KindFacts): Comparison {
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
    for (const child of rendered.desired) {
      try {
        const action = this.one(child, cr, memory);
        if (action !== undefined) writes.push(action);
      } catch (error) {
        const failure = entryError(error, child.entry);
        (failure.kind === 'Pending' ? pending : errors).push(failure);
      }
    }
    // Prune only with the complete set of identities (engine contract §3.2).
    const isComplete = [rendered.errors, rendered.pending, errors, pending].every((list) => list.length === 0);
    const leftover = isComplete ? this.leftover(rendered, owned) : { deletes: [], retained: [] };
    return { writes, ...leftover, errors, pending };
  }

  private one(child: DesiredChild, cr: KubeObject, memory: CrMemory): WriteAction | undefined {
    const { entry } = child;
    const found = this.ports.children.get(entry.facts.resource, child.key);
    const live = found === undefined ? undefined : this.ours(found, child, cr);
    if (live !== undefined && (!entry.isReconciled || entry.facts.createOnly)) return undefined;
    const body = live !== undefined && hasForeignScaler(live) ? withoutReplicas(child) : child.object;
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
    return { ...base, type: 'update', corrects: differences.map(({ path }) => path), isLowPriority };
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

  private leftover(
    rendered: RenderResult,
    owned: readonly ObservedChild[],
  ): { readonly deletes: readonly DeleteAction[]; readonly retained: readonly ObservedChild[] } {
    if (owned.length === 0) return { deletes: [], retained: [] };
    const wanted = new Set(rendered.desired.map(({ id }) => id));
    const deletes: DeleteAction[] = [];
    const retained: ObservedChild[] = [];
    for (const observed of owned) {
      const { object, resource } = observed;
      if (object.metadata.deletionTimestamp !== undefined || wanted.has(idOf(resource, object))) continue;
      const entryId = object.metadata.labels?.[LABEL.entry] ?? '';
      const entry = this.entries.get(entryId);
      if (entry === undefined) {
        if (this.ports.inventory.retains(entryId)) retained.push(observed);
        else deletes.push({ type: 'delete', observed, why: 'pruned' });
      } else if (entry.isReconciled && !rendered.skipped.has(entry)) {
        deletes.push({ type: 'delete', observed, why: 'deleted' });
      }
    }
    return { deletes, retained };
  }
}

export function idOf(resource: ResourceType, object: KubeObject): string {
  return `${resource.plural} ${objectKey(object.metadata.namespace, object.metadata.name)}`;
}

/** The replica count of a workload that a scaler owns is not ours to send. */
function withoutReplicas({ object, entry }: DesiredChild): JsonObject {
  const path = entry.facts.replicasPath;
  if (path === undefined) return object;
  const result: MutableJsonObject = { ...object };
  let at = result;
  for (const key of path.slice(0, -1)) {
    const copy: MutableJsonObject = { ...(at[key] as JsonObject) };
    at[key] = copy;
    at = copy;
  }
  // Key order stays: the hash of what is left depends on it.
  delete at[path.at(-1) ?? ''];
  return result;
}

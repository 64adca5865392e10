// A CR with a deletionTimestamp that carries a finalizer of ours (engine contract §3). What to delete is known from the
// objects themselves (owner-uid and entry labels in the caches that the inventory keeps open), never from rendering.
// Waiting is a requeue: no worker is held.
import { ANNOTATION, asOrkestraError, LABEL, labelValue, OrkestraError, type ObjectKey, policyOf } from '../../common';
import { type EvaluationContext, type TemplateData } from '../../expression';
import { type CompiledCrd, type CompiledDeletionStage } from '../../katalog';
import { FencedError, isConflict, isNotFound, type KubeObject } from '../../kube';
import { idOf } from '../children/child-id';
import { type ChildrenView } from '../children/children-view';
import { observeDeleted } from '../children/observe';
import { controllerOf } from '../children/ownership';
import { type PassRun, STALE_MS } from '../pass.types';
import { readChildAgain, readCrAgain } from '../read-again';
import { type Activity, type ObservedChild, type Outcome, type ReconcilerPorts } from '../reconciler.types';
import { finalizerRemoval, ourFinalizers } from './cr-metadata';

const LOOK_AGAIN_MS = 3_000;

export class Deletion {
  constructor(
    private readonly crd: CompiledCrd,
    private readonly ports: ReconcilerPorts,
    private readonly view: ChildrenView,
    private readonly evaluation: EvaluationContext,
  ) {}

  async run({ cr, key, memory, signal }: PassRun): Promise<Outcome> {
    if (memory.isReleased || ourFinalizers(this.crd, cr).length === 0) return { type: 'done', wrote: false };
    const { events } = this.ports;
    if (!memory.deletionAnnounced) {
      memory.deletionAnnounced = true;
      events.record({
        regarding: cr,
        type: 'Normal',
        reason: 'Deleting',
        message: 'children are being deleted',
        action: 'Delete',
      });
    }
    try {
      const isForced = cr.metadata.annotations?.[ANNOTATION.forceDelete] === 'true';
      const left = isForced ? undefined : await this.deleteChildren(cr, key, signal);
      if (left !== undefined) return { type: 'requeueAfter', ms: LOOK_AGAIN_MS, reason: left, wrote: true };
      await this.release(cr, key, signal);
      memory.isReleased = true;
      const message = isForced
        ? 'finalizer removed by the force-delete annotation; children may be left'
        : 'all children are gone';
      events.record({
        regarding: cr,
        type: isForced ? 'Warning' : 'Normal',
        reason: `${cr.kind}Deleted`,
        message,
        action: 'Delete',
      });
      return { type: 'done', wrote: true };
    } catch (error) {
      return this.failed(asOrkestraError(error), cr, key);
    }
  }

  /** Why it isn't over yet; undefined when nothing is left to wait for. */
  private async deleteChildren(cr: KubeObject, key: ObjectKey, signal: AbortSignal): Promise<string | undefined> {
    const unseen = this.ports.inventory.unobserved();
    if (unseen?.refusal !== undefined) throw blind(unseen.kind, unseen.refusal);
    if (unseen !== undefined) return `the cache of ${unseen.kind} is not filled yet`;
    const { onDelete } = this.crd;
    const data: TemplateData = { ...cr, children: this.view.of(this.owned(cr)) };
    if (onDelete?.ordered === true && onDelete.conditions.evaluate(data, this.evaluation)) {
      for (const stage of onDelete.stages) {
        if (!stage.conditions.evaluate(data, this.evaluation)) continue;
        const mine = (): readonly ObservedChild[] => this.ofStage(stage, this.owned(cr));
        await this.deleteAll(mine(), key, 'Foreground', signal);
        const left = mine();
        if (left.length === 0) continue;
        this.assertInTime(cr, onDelete.timeoutMs, stage.name, left);
        return `stage ${stage.name}: ${describe(left)}`;
      }
    }
    // Garbage collection follows controller references; what has none is ours to delete.
    const loose = (): readonly ObservedChild[] =>
      this.owned(cr).filter(({ object }) => controllerOf(object)?.uid !== cr.metadata.uid);
    await this.deleteAll(loose(), key, 'Background', signal);
    const left = loose();
    return left.length === 0 ? undefined : describe(left);
  }

  private owned(cr: KubeObject): readonly ObservedChild[] {
    return this.ports.children.ofOwner(cr.metadata.uid ?? '');
  }

  private ofStage(stage: CompiledDeletionStage, owned: readonly ObservedChild[]): readonly ObservedChild[] {
    const ids = new Set(stage.entries.map(({ id }) => labelValue(id)));
    return owned.filter(({ object }) => ids.has(object.metadata.labels?.[LABEL.entry] ?? ''));
  }

  private async deleteAll(
    children: readonly ObservedChild[],
    key: ObjectKey,
    propagation: 'Foreground' | 'Background',
    signal: AbortSignal,
  ): Promise<void> {
    for (const { resource, object } of children) {
      const { uid, name, namespace, deletionTimestamp } = object.metadata;
      if (uid === undefined || deletionTimestamp !== undefined) continue;
      try {
        const left = await this.ports.api.delete(
          { resource, name, ...(namespace === undefined ? {} : { namespace }) },
          { uid, propagation },
          { signal, fence: this.ports.fence },
        );
        observeDeleted(this.ports.children, resource, object, left);
        this.tell(key, 'deleted', idOf(resource, object));
      } catch (error) {
        if (isNotFound(error)) observeDeleted(this.ports.children, resource, object, undefined);
        else if (isConflict(error)) await readChildAgain(this.ports, resource, object, signal);
        else throw error;
      }
    }
  }

  /** A timeout never takes the finalizer off while objects exist; it says so and goes on trying. */
  private assertInTime(cr: KubeObject, timeoutMs: number, stage: string, left: readonly ObservedChild[]): void {
    const since = Date.parse(cr.metadata.deletionTimestamp ?? '');
    if (!Number.isFinite(since) || this.ports.clock.now() - since <= timeoutMs) return;
    throw new OrkestraError({
      code: 'DELETION_TIMEOUT',
      kind: 'Transient',
      message: `onDelete stage ${stage}: after ${Math.round(timeoutMs / 1_000)} s still there: ${describe(left)}`,
      retryAfterMs: LOOK_AGAIN_MS,
    });
  }

  private async release(cr: KubeObject, key: ObjectKey, signal: AbortSignal): Promise<void> {
    const { api, crs, fence } = this.ports;
    const { namespace, name } = cr.metadata;
    try {
      const answer = await api.patch(
        { resource: this.crd.resource, name, ...(namespace === undefined ? {} : { namespace }) },
        { type: 'merge', body: finalizerRemoval(this.crd, cr) },
        { signal, fence },
      );
      // Without finalizers the object is gone with this answer: the watch tells, maybe it has already.
      if ((answer.metadata.finalizers ?? []).length > 0) crs.observeWrite(answer);
    } catch (error) {
      if (isConflict(error)) await readCrAgain(this.ports, this.crd.resource, cr, signal);
      if (!isNotFound(error)) throw error;
    }
    this.tell(key, 'finalizer', 'removed');
  }

  private failed(error: OrkestraError, cr: KubeObject, key: ObjectKey): Outcome {
    if (isConflict(error)) {
      return { type: 'requeueAfter', ms: STALE_MS, reason: 'the CR was changed meanwhile', wrote: true };
    }
    // The lead is lost: the next konductor goes on, and tells.
    if (error instanceof FencedError) return { type: 'failed', error, wrote: false };
    if (policyOf(error.kind).event) {
      this.ports.events.record({
        regarding: cr,
        type: 'Warning',
        reason: `${cr.kind}DeleteError`,
        message: error.message,
        action: 'Delete',
      });
    }
    this.tell(key, 'failed', error.message);
    return { type: 'failed', error, wrote: true };
  }

  private tell(key: ObjectKey, action: Activity['action'], what: string): void {
    this.ports.activity({ crd: this.crd.name, key, action, what });
  }
}

function blind(kind: string, refusal: string): OrkestraError {
  return new OrkestraError({
    code: 'RIGHTS_MISSING',
    kind: 'UserError',
    message: `${kind} can't be seen, so nobody knows whether all children are gone: ${refusal}`,
  });
}

function describe(children: readonly ObservedChild[]): string {
  const names = children.slice(0, 5).map(({ resource, object }) => idOf(resource, object));
  return children.length > 5 ? `${names.join(', ')} and ${children.length - 5} more` : names.join(', ');
}

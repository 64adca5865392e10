// One pass for one CR: observe, prepare, render, diff, act, status. A pass that finds nothing different runs to its end
// without a request and without waiting for anything.
import { ANNOTATION, asOrkestraError, FINALIZER, type JsonObject, type ObjectKey, OrkestraError } from '../common';
import { type EvaluationContext, type TemplateData } from '../expression';
import { type CompiledCrd, staysBehind } from '../katalog';
import { FencedError, isConflict, isNotFound, type KubeObject } from '../kube';
import { idOf } from './children/child-id';
import { CrMemory } from './children/child-memory';
import { ChildrenView } from './children/children-view';
import { isOutOfReach } from './children/ownership';
import { metadataPatch } from './deletion/cr-metadata';
import { Deletion } from './deletion/deletion';
import { NO_PROGRESS, type PassRun, type Progress, STALE_MS } from './pass.types';
import { Actor } from './phases/act';
import { type Decisions, Differ } from './phases/diff';
import { render, type RenderResult } from './phases/render';
import { readCrAgain } from './read-again';
import { partError } from './reconciler.errors';
import { type ObservedChild, type Outcome, type Reconciler, type ReconcilerPorts } from './reconciler.types';
import { Conclusion, readyReason } from './status/conclusion';
import { notCurrent } from './status/readiness';
import { peersOf } from './unique-fields';

/** `deletionOnly`: the CRD left the Katalog; only CRs on their way out are looked at (engine contract §3.3). */
export type ReconcilerMode = 'full' | 'deletionOnly';

const DONE: Outcome = { type: 'done', wrote: false };

/** The reconciler of one CRD; one instance serves all workers of its lane. */
export class CrReconciler implements Reconciler {
  private readonly memories = new Map<ObjectKey, { readonly uid: string | undefined; readonly memory: CrMemory }>();
  private readonly view: ChildrenView;
  private readonly differ: Differ;
  private readonly actor: Actor;
  private readonly deletion: Deletion;
  private readonly conclusion: Conclusion;
  private readonly evaluation: EvaluationContext;

  constructor(
    private readonly crd: CompiledCrd,
    private readonly ports: ReconcilerPorts,
    private readonly mode: ReconcilerMode = 'full',
  ) {
    this.view = new ChildrenView(crd);
    this.differ = new Differ(crd, ports);
    this.actor = new Actor(crd.name, this.differ, ports);
    this.evaluation = { clock: ports.clock, random: ports.random, peers: peersOf(ports.crs.store) };
    this.deletion = new Deletion(crd, ports, this.view, this.evaluation);
    this.conclusion = new Conclusion(crd, ports, this.view, this.evaluation);
  }

  async reconcile(key: ObjectKey, signal: AbortSignal): Promise<Outcome> {
    try {
      const outcome = this.pass(key, signal);
      return outcome instanceof Promise ? await outcome : outcome;
    } catch (error) {
      return { type: 'failed', error: asOrkestraError(error), wrote: false };
    }
  }

  /** Synchronous as long as nothing has to be written. `isPrepared`: labels and finalizers were written just now. */
  private pass(key: ObjectKey, signal: AbortSignal, isPrepared = false): Outcome | Promise<Outcome> {
    const cr = this.ports.crs.store.get(key);
    if (cr === undefined) {
      this.memories.delete(key);
      return DONE;
    }
    if (this.mode === 'deletionOnly' && cr.metadata.deletionTimestamp === undefined) return DONE;
    const run: PassRun = { key, cr, memory: this.memoryOf(key, cr), signal };
    if (cr.metadata.annotations?.[ANNOTATION.paused] === 'true') {
      return this.conclusion.conclude(run, { type: 'paused' }, NO_PROGRESS);
    }
    if (cr.metadata.deletionTimestamp !== undefined) return this.deletion.run(run);
    const owned = this.ports.children.ofOwner(cr.metadata.uid ?? '');
    const data: TemplateData = { ...cr, children: this.view.of(owned) };
    const metadata = this.prepare(run, data, owned);
    if (metadata instanceof OrkestraError) return this.fail(run, metadata);
    if (metadata !== undefined) return isPrepared ? this.fail(run, NOT_KEPT) : this.patchMetadata(run, metadata);
    const rendered = this.render(cr, data);
    const decisions = this.differ.decide(cr, rendered, owned, run.memory);
    if (rendered.errors.length > 0 || decisions.writes.length + decisions.deletes.length === 0) {
      // Nothing was awaited since: the children are as they were observed.
      return this.conclude({ ...run, observed: data }, rendered, decisions, NO_PROGRESS);
    }
    return this.actor.act(cr, decisions, signal).then((progress) => this.conclude(run, rendered, decisions, progress));
  }

  private memoryOf(key: ObjectKey, cr: KubeObject): CrMemory {
    const known = this.memories.get(key);
    if (known !== undefined && known.uid === cr.metadata.uid) return known.memory;
    const memory = new CrMemory();
    const ready = readyReason(cr);
    if (ready !== undefined) memory.lastOutcome = ready === 'ReconcileError' ? 'failure' : 'success';
    this.memories.set(key, { uid: cr.metadata.uid, memory });
    return memory;
  }

  private render(cr: KubeObject, data: TemplateData): RenderResult {
    const { children, sources, kinds } = this.ports;
    return render({
      crd: this.crd,
      cr,
      data,
      evaluation: this.evaluation,
      live: (resource, key) => children.get(resource, key),
      sources,
      kinds,
    });
  }

  /** What the CR's own metadata lacks; the error when a label can't be rendered. */
  private prepare(
    { cr }: PassRun,
    data: TemplateData,
    owned: readonly ObservedChild[],
  ): JsonObject | OrkestraError | undefined {
    try {
      return metadataPatch(this.crd, cr, this.needsFinalizer(cr, owned), data, this.evaluation);
    } catch (error) {
      return partError(error, 'labels', this.crd.position);
    }
  }

  private needsFinalizer(cr: KubeObject, owned: readonly ObservedChild[]): boolean {
    if (this.crd.needsFinalizer || this.hasClusterScopedKind()) return true;
    for (const { object } of owned) if (isOutOfReach(object, cr)) return true;
    // It is taken off only when it is sure that nothing is left.
    return cr.metadata.finalizers?.includes(FINALIZER) === true && this.ports.inventory.unobserved() !== undefined;
  }

  /** A kind that only the API server knows may have come after the start. */
  private hasClusterScopedKind(): boolean {
    const { customKinds, resource } = this.crd;
    return customKinds.some(({ gvk }) => {
      const found = this.ports.kinds.lookup(gvk);
      return found.state === 'served' && staysBehind(found.resource, resource);
    });
  }

  /** The finalizer stands before the first child that needs it; the pass then goes on with the new CR. */
  private async patchMetadata(run: PassRun, body: JsonObject): Promise<Outcome> {
    const { api, crs, fence } = this.ports;
    const { name, namespace } = run.cr.metadata;
    const ref = { resource: this.crd.resource, name, ...(namespace === undefined ? {} : { namespace }) };
    try {
      crs.observeWrite(await api.patch(ref, { type: 'merge', body }, { signal: run.signal, fence }));
    } catch (error) {
      if (isNotFound(error)) return DONE;
      if (isConflict(error)) {
        await readCrAgain(this.ports, this.crd.resource, run.cr, run.signal);
        return { type: 'requeueAfter', ms: STALE_MS, reason: 'the CR was changed meanwhile', wrote: false };
      }
      return this.fail(run, partError(error, 'labels and finalizers', this.crd.position));
    }
    const what = 'labels and finalizers written';
    this.ports.activity({ crd: this.crd.name, key: run.key, action: 'finalizer', what });
    return this.pass(run.key, run.signal, true);
  }

  private fail(run: PassRun, error: OrkestraError): Outcome | Promise<Outcome> {
    if (error instanceof FencedError) return { type: 'failed', error, wrote: false };
    return this.conclusion.conclude(run, { type: 'failure', error }, NO_PROGRESS);
  }

  private conclude(
    run: PassRun,
    rendered: RenderResult,
    decisions: Decisions,
    progress: Progress,
  ): Outcome | Promise<Outcome> {
    const errors = [...rendered.errors, ...decisions.errors, ...progress.errors];
    const wrote = progress.writes > 0;
    const fenced = errors.find((error) => error instanceof FencedError);
    if (fenced !== undefined) return { type: 'failed', error: fenced, wrote };
    const [error] = errors;
    if (error !== undefined) return this.conclusion.conclude(run, { type: 'failure', error }, progress);
    const [wait] = [...rendered.pending, ...decisions.pending, ...progress.pending];
    if (wait !== undefined) return this.conclusion.conclude(run, { type: 'waiting', error: wait }, progress);
    if (progress.isStale) return { type: 'requeueAfter', ms: STALE_MS, reason: 'the cache is behind', wrote };
    const notReady = this.notReady(rendered);
    const retained = decisions.retained.map(({ resource, object }) => idOf(resource, object));
    return this.conclusion.conclude(run, { type: 'success', notReady, retained }, progress);
  }

  private notReady(rendered: RenderResult): readonly string[] {
    const found: string[] = [];
    for (const { entry, resource, key, id } of rendered.desired) {
      if (entry.facts.hasNoStatus === true) continue;
      const live = this.ports.children.get(resource, key);
      const why = live === undefined ? 'is not there yet' : notCurrent(live);
      if (why !== undefined) found.push(`${id} ${why}`);
    }
    return found;
  }
}

const NOT_KEPT = new OrkestraError({
  code: 'METADATA_NOT_KEPT',
  kind: 'Conflict',
  message: 'the API server took the labels and finalizers of the CR but did not keep them: a webhook changes them',
});

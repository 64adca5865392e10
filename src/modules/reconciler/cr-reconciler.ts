// One pass for one CR: observe, prepare, render, diff, act, status. A pass that finds nothing different runs to its end
// without a request and without waiting for anything.
import {
  ANNOTATION,
  asOrkestraError,
  FIELD_MANAGER,
  isJsonArray,
  isJsonObject,
  type ObjectKey,
  type OrkestraError,
  policyOf,
  valueAt,
} from '../common';
import { type EvaluationContext, type TemplateData } from '../expression';
import { type CompiledCrd } from '../katalog';
import { FencedError, isConflict, isNotFound, type KubeObject, type ObjectRef } from '../kube';
import { CrMemory } from './children/child-memory';
import { ChildrenView } from './children/children-view';
import { controllerOf } from './children/ownership';
import { metadataPatch } from './deletion/cr-metadata';
import { Deletion } from './deletion/deletion';
import { Actor } from './phases/act';
import { type Decisions, Differ, idOf } from './phases/diff';
import { render, type RenderResult } from './phases/render';
import { type Outcome, type Reconciler, type ReconcilerPorts } from './reconciler.types';
import { type PassVerdict } from './status/conditions';
import { notCurrent } from './status/readiness';
import { statusPatch } from './status/status-writer';

/** `deletionOnly`: the CRD left the Katalog; only CRs on their way out are looked at (engine contract §3.3). */
export type ReconcilerMode = 'full' | 'deletionOnly';

const STALE_MS = 50;
const WAITING_MS = 2_000;
const DONE: Outcome = { type: 'done', wrote: false };

/** What a pass did before its status. */
interface Progress {
  readonly writes: number;
  readonly errors: readonly OrkestraError[];
  readonly pending: readonly OrkestraError[];
  readonly isStale: boolean;
}

const NO_PROGRESS: Progress = { writes: 0, errors: [], pending: [], isStale: false };

export class CrReconciler implements Reconciler {
  private readonly memories = new Map<ObjectKey, { readonly uid: string | undefined; readonly memory: CrMemory }>();
  private readonly view: ChildrenView;
  private readonly differ: Differ;
  private readonly actor: Actor;
  private readonly deletion: Deletion;
  private readonly evaluation: EvaluationContext;

  constructor(
    private readonly crd: CompiledCrd,
    private readonly ports: ReconcilerPorts,
    private readonly mode: ReconcilerMode = 'full',
  ) {
    this.view = new ChildrenView(crd);
    this.differ = new Differ(crd, ports);
    this.actor = new Actor(crd.name, this.differ, ports);
    this.evaluation = { clock: ports.clock, random: ports.random };
    this.deletion = new Deletion(crd, ports, this.evaluation);
  }

  async reconcile(key: ObjectKey, signal: AbortSignal): Promise<Outcome> {
    try {
      const outcome = this.pass(key, signal);
      return outcome instanceof Promise ? await outcome : outcome;
    } catch (error) {
      return { type: 'failed', error: asOrkestraError(error), wrote: false };
    }
  }

  /** Synchronous as long as nothing has to be written. */
  private pass(key: ObjectKey, signal: AbortSignal): Outcome | Promise<Outcome> {
    const cr = this.ports.crs.store.get(key);
    if (cr === undefined) {
      this.memories.delete(key);
      return DONE;
    }
    if (this.mode === 'deletionOnly' && cr.metadata.deletionTimestamp === undefined) return DONE;
    const memory = this.memoryOf(key, cr);
    if (cr.metadata.annotations?.[ANNOTATION.paused] === 'true') {
      return this.finish({ key, cr, memory, signal }, { type: 'paused' }, NO_PROGRESS);
    }
    if (cr.metadata.deletionTimestamp !== undefined) return this.deletion.run(cr, key, memory, signal);
    const run: PassRun = { key, cr, memory, signal };
    const owned = this.ports.children.ofOwner(cr.metadata.uid ?? '');
    const data = this.dataOf(cr, owned);
    const needsFinalizer =
      this.crd.needsFinalizer || owned.some(({ object }) => controllerOf(object)?.uid !== cr.metadata.uid);
    const patch = metadataPatch(this.crd, cr, needsFinalizer, data, this.evaluation);
    if (patch !== undefined) return this.patchMetadata(run, patch);
    const rendered = this.render(cr, data);
    const decisions = this.differ.decide(cr, rendered, owned, memory);
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

  private dataOf(cr: KubeObject, owned: ReturnType<ReconcilerPorts['children']['ofOwner']>): TemplateData {
    return { ...cr, children: this.view.of(owned) };
  }

  private render(cr: KubeObject, data: TemplateData): RenderResult {
    const { children, sources } = this.ports;
    return render({
      crd: this.crd,
      cr,
      data,
      evaluation: this.evaluation,
      live: (entry, key) => children.get(entry.facts.resource, key),
      sources,
    });
  }

  /** The finalizer stands before the first child that needs it; the pass then goes on with the new CR. */
  private async patchMetadata(run: PassRun, body: NonNullable<ReturnType<typeof metadataPatch>>): Promise<Outcome> {
    const { api, crs, fence } = this.ports;
    try {
      crs.observeWrite(await api.patch(this.refOf(run.cr), { type: 'merge', body }, { signal: run.signal, fence }));
    } catch (error) {
      if (isNotFound(error) || isConflict(error)) {
        return { type: 'requeueAfter', ms: STALE_MS, reason: 'the CR was changed meanwhile', wrote: false };
      }
      throw error;
    }
    this.ports.activity({
      crd: this.crd.name,
      key: run.key,
      action: 'finalizer',
      what: 'labels and finalizers written',
    });
    return this.pass(run.key, run.signal);
  }

  private conclude(
    run: PassRun,
    rendered: RenderResult,
    decisions: Decisions,
    progress: Progress,
  ): Outcome | Promise<Outcome> {
    const errors = [...rendered.errors, ...decisions.errors, ...progress.errors];
    const pending = [...rendered.pending, ...decisions.pending, ...progress.pending];
    const [error] = errors;
    const [wait] = pending;
    if (error instanceof FencedError) return { type: 'failed', error, wrote: progress.writes > 0 };
    const all: Progress = { ...progress, writes: progress.writes, errors, pending };
    if (error !== undefined) return this.finish(run, { type: 'failure', error }, all);
    if (wait !== undefined) return this.finish(run, { type: 'waiting', error: wait }, all);
    if (progress.isStale) {
      return { type: 'requeueAfter', ms: STALE_MS, reason: 'the cache is behind', wrote: progress.writes > 0 };
    }
    const notReady = this.notReady(rendered);
    const retained = decisions.retained.map(({ resource, object }) => idOf(resource, object));
    return this.finish(run, { type: 'success', notReady, retained }, all);
  }

  private notReady(rendered: RenderResult): readonly string[] {
    const found: string[] = [];
    for (const { entry, key, id } of rendered.desired) {
      const live = this.ports.children.get(entry.facts.resource, key);
      const why = live === undefined ? 'is not there yet' : notCurrent(live);
      if (why !== undefined) found.push(`${id} ${why}`);
    }
    return found;
  }

  private finish(run: PassRun, verdict: PassVerdict, progress: Progress): Outcome | Promise<Outcome> {
    // Our own writes are in the caches: status sees the children as they are now, in the same pass.
    const data = run.observed ?? this.dataOf(run.cr, this.ports.children.ofOwner(run.cr.metadata.uid ?? ''));
    const patch = statusPatch({
      crd: this.crd,
      cr: run.cr,
      data,
      evaluation: this.evaluation,
      verdict,
      logger: this.ports.logger,
    });
    if (patch === undefined) {
      this.announce(run, verdict, progress);
      return outcomeOf(verdict, progress.writes > 0);
    }
    return this.writeStatus(run, patch, verdict, progress);
  }

  private async writeStatus(
    run: PassRun,
    body: NonNullable<ReturnType<typeof statusPatch>>,
    verdict: PassVerdict,
    progress: Progress,
  ): Promise<Outcome> {
    const { api, crs, fence } = this.ports;
    const patch = { type: 'merge', body, fieldManager: FIELD_MANAGER.status, subresource: 'status' } as const;
    try {
      crs.observeWrite(await api.patch(this.refOf(run.cr), patch, { signal: run.signal, fence }));
      this.tellStatus(run, verdict);
    } catch (error) {
      const failure = asOrkestraError(error);
      // The CR moved on: its own event brings it back; the error of the pass itself is the more important one.
      if (isConflict(error) || isNotFound(error)) {
        this.announce(run, verdict, progress);
        return verdict.type === 'failure'
          ? outcomeOf(verdict, true)
          : { type: 'requeueAfter', ms: STALE_MS, reason: 'the CR was changed meanwhile', wrote: true };
      }
      this.announce(run, verdict, progress);
      return verdict.type === 'failure' ? outcomeOf(verdict, true) : { type: 'failed', error: failure, wrote: true };
    }
    this.announce(run, verdict, progress);
    return outcomeOf(verdict, true);
  }

  /** Events only when something was written or the outcome flipped (engine contract §2.8). */
  private announce({ cr, memory, key }: PassRun, verdict: PassVerdict, progress: Progress): void {
    const { events } = this.ports;
    if (verdict.type === 'failure') {
      memory.lastOutcome = 'failure';
      const { error } = verdict;
      if (policyOf(error.kind).event) {
        events.record({ regarding: cr, type: 'Warning', reason: `${cr.kind}ReconcileError`, message: error.message });
      }
      this.ports.activity({ crd: this.crd.name, key, action: 'failed', what: error.message });
      return;
    }
    if (verdict.type !== 'success') return;
    const flipped = memory.lastOutcome === 'failure';
    memory.lastOutcome = 'success';
    if (progress.writes === 0 && !flipped) return;
    events.record({
      regarding: cr,
      type: 'Normal',
      reason: `${cr.kind}Reconciled`,
      message: 'children are as declared',
    });
  }

  private tellStatus({ key, cr }: PassRun, verdict: PassVerdict): void {
    if (verdict.type === 'failure') return;
    const isReady = verdict.type === 'success' && verdict.notReady.length === 0;
    const wasReady = readyReason(cr) === 'ReconcileSucceeded';
    if (isReady && !wasReady) this.ports.activity({ crd: this.crd.name, key, action: 'ready', what: '' });
  }

  private refOf(cr: KubeObject): ObjectRef {
    const { name, namespace } = cr.metadata;
    return { resource: this.crd.resource, name, ...(namespace === undefined ? {} : { namespace }) };
  }
}

interface PassRun {
  readonly key: ObjectKey;
  readonly cr: KubeObject;
  readonly memory: CrMemory;
  readonly signal: AbortSignal;
  /** What the pass saw, as long as it wrote nothing. */
  readonly observed?: TemplateData;
}

function outcomeOf(verdict: PassVerdict, wrote: boolean): Outcome {
  switch (verdict.type) {
    case 'failure':
      return { type: 'failed', error: verdict.error, wrote };
    case 'waiting':
      return {
        type: 'requeueAfter',
        ms: verdict.error.retryAfterMs ?? WAITING_MS,
        reason: verdict.error.message,
        wrote,
      };
    default:
      return wrote ? { type: 'done', wrote } : DONE;
  }
}

/** Reason of the Ready condition that stands in the CR. */
function readyReason(cr: KubeObject): string | undefined {
  const conditions = valueAt(cr, ['status', 'conditions']);
  if (!isJsonArray(conditions)) return undefined;
  const reason = conditions.filter(isJsonObject).find((condition) => condition['type'] === 'Ready')?.['reason'];
  return typeof reason === 'string' ? reason : undefined;
}

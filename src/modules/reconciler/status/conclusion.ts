// The end of a pass: status, Event, outcome. Without anything to write it is synchronous.
import {
  asOrkestraError,
  FIELD_MANAGER,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  OrkestraError,
  policyOf,
  valueAt,
} from '../../common';
import { type EvaluationContext, excerptOf, type TemplateData } from '../../expression';
import { type CompiledCrd } from '../../katalog';
import { FencedError, isConflict, isNotFound, type KubeObject, type ObjectRef } from '../../kube';
import { type ChildrenView } from '../children/children-view';
import { type PassRun, type Progress, STALE_MS } from '../pass.types';
import { readCrAgain } from '../read-again';
import { type Outcome, type ReconcilerPorts } from '../reconciler.types';
import { type PassVerdict } from './conditions';
import { rememberStatus, statusPatch } from './status-writer';

const WAITING_MS = 2_000;
const DONE: Outcome = { type: 'done', wrote: false };

export class Conclusion {
  constructor(
    private readonly crd: CompiledCrd,
    private readonly ports: ReconcilerPorts,
    private readonly view: ChildrenView,
    private readonly evaluation: EvaluationContext,
  ) {}

  conclude(run: PassRun, verdict: PassVerdict, progress: Progress): Outcome | Promise<Outcome> {
    const { crd, evaluation, ports } = this;
    const patch = statusPatch({
      crd,
      cr: run.cr,
      data: run.observed ?? this.observe(run),
      evaluation,
      verdict,
      memory: run.memory,
      logger: ports.logger,
    });
    if (patch !== undefined) return this.writeStatus(run, patch, verdict, progress);
    this.announce(run, verdict, progress);
    return outcomeOf(verdict, progress.writes > 0);
  }

  /** Our own writes are in the caches: status sees the children as they are now, in the same pass. */
  private observe({ cr }: PassRun): TemplateData {
    return { ...cr, children: this.view.of(this.ports.children.ofOwner(cr.metadata.uid ?? '')) };
  }

  private async writeStatus(
    run: PassRun,
    body: JsonObject,
    verdict: PassVerdict,
    progress: Progress,
  ): Promise<Outcome> {
    const { api, crs, fence } = this.ports;
    const patch = { type: 'merge', body, fieldManager: FIELD_MANAGER.status, subresource: 'status' } as const;
    try {
      const answer = await api.patch(this.refOf(run.cr), patch, { signal: run.signal, fence });
      crs.observeWrite(answer);
      rememberStatus(run.memory, body, answer);
    } catch (error) {
      return this.statusFailed(run, error, verdict, progress);
    }
    this.tellReady(run, verdict);
    this.announce(run, verdict, progress);
    return outcomeOf(verdict, true);
  }

  private async statusFailed(
    run: PassRun,
    thrown: unknown,
    verdict: PassVerdict,
    progress: Progress,
  ): Promise<Outcome> {
    const wrote = progress.writes > 0;
    const failed = asOrkestraError(thrown);
    // The lead is lost: the next konductor tells what there is to tell.
    if (failed instanceof FencedError || run.signal.aborted) return { type: 'failed', error: failed, wrote };
    if (isNotFound(thrown) && (await this.isGone(run))) return wrote ? { type: 'done', wrote } : DONE;
    if (isConflict(thrown)) {
      this.announce(run, verdict, progress);
      await readCrAgain(this.ports, this.crd.resource, run.cr, run.signal);
      return verdict.type === 'failure'
        ? outcomeOf(verdict, wrote)
        : { type: 'requeueAfter', ms: STALE_MS, reason: 'the CR was changed meanwhile', wrote };
    }
    // The error of the pass itself is the more important one.
    const error =
      verdict.type === 'failure' ? verdict.error : isNotFound(thrown) ? this.noStatus() : statusError(failed);
    this.announce(run, { type: 'failure', error }, progress);
    return { type: 'failed', error, wrote };
  }

  /** A 404 of the subresource looks like a 404 of the object: one GET tells. */
  private async isGone({ cr, signal }: PassRun): Promise<boolean> {
    try {
      await this.ports.api.get(this.refOf(cr), { signal });
      return false;
    } catch (error) {
      return isNotFound(error);
    }
  }

  private noStatus(): OrkestraError {
    const { plural, group, version } = this.crd.resource;
    return new OrkestraError({
      code: 'STATUS_SUBRESOURCE_MISSING',
      kind: 'UserError',
      message: `version ${version} of ${plural}.${group} has no status subresource (subresources: {status: {}}); add it, or set ignoreStatusPatch: true`,
    });
  }

  /** Events only when something was written or the outcome flipped (engine contract §2.8). */
  private announce({ cr, memory, key }: PassRun, verdict: PassVerdict, progress: Progress): void {
    const { events } = this.ports;
    if (verdict.type === 'failure') {
      const { message, kind } = verdict.error;
      memory.lastOutcome = 'failure';
      if (policyOf(kind).event) {
        events.record({ regarding: cr, type: 'Warning', reason: `${cr.kind}ReconcileError`, message });
      }
      if (memory.lastProblem !== message) {
        const excerpt = excerptOf(verdict.error);
        const failed = { crd: this.crd.name, key, action: 'failed', what: message } as const;
        this.ports.activity(excerpt === undefined ? failed : { ...failed, excerpt });
      }
      memory.lastProblem = message;
      return;
    }
    if (verdict.type !== 'success') return;
    const flipped = memory.lastOutcome === 'failure';
    memory.lastOutcome = 'success';
    memory.lastProblem = undefined;
    if (progress.writes === 0 && !flipped) return;
    const message = 'children are as declared';
    events.record({ regarding: cr, type: 'Normal', reason: `${cr.kind}Reconciled`, message });
  }

  private tellReady({ key, cr }: PassRun, verdict: PassVerdict): void {
    const isReady = verdict.type === 'success' && verdict.notReady.length === 0;
    const wasReady = readyReason(cr) === 'ReconcileSucceeded';
    if (isReady && !wasReady) this.ports.activity({ crd: this.crd.name, key, action: 'ready', what: '' });
  }

  private refOf(cr: KubeObject): ObjectRef {
    const { name, namespace } = cr.metadata;
    return { resource: this.crd.resource, name, ...(namespace === undefined ? {} : { namespace }) };
  }
}

function statusError(error: OrkestraError): OrkestraError {
  return new OrkestraError({
    code: error.code,
    kind: error.kind,
    message: `status: ${error.message}`,
    cause: error,
    details: error.details,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

function outcomeOf(verdict: PassVerdict, wrote: boolean): Outcome {
  switch (verdict.type) {
    case 'failure':
      return { type: 'failed', error: verdict.error, wrote };
    case 'waiting': {
      const { retryAfterMs, message } = verdict.error;
      return { type: 'requeueAfter', ms: retryAfterMs ?? WAITING_MS, reason: message, wrote };
    }
    default:
      return wrote ? { type: 'done', wrote } : DONE;
  }
}

/** Reason of the Ready condition that stands in the CR. */
export function readyReason(cr: KubeObject): string | undefined {
  const conditions = valueAt(cr, ['status', 'conditions']);
  if (!isJsonArray(conditions)) return undefined;
  const reason = conditions.filter(isJsonObject).find((condition) => condition['type'] === 'Ready')?.['reason'];
  return typeof reason === 'string' ? reason : undefined;
}

// Phase "act": the only place of a pass that writes children. Each write is guarded (engine contract §2): a create
// carries resourceVersion "1", every later apply and delete the uid. One failing child doesn't stop the others; a
// server that can't be reached does.
import { ANNOTATION, asOrkestraError, FIELD_MANAGER, LABEL, type JsonObject, type OrkestraError } from '../../common';
import {
  FencedError,
  isConflict,
  isNotFound,
  KubeApiError,
  KubeTransportError,
  type KubeObject,
  type ObjectRef,
  type ResourceType,
} from '../../kube';
import { idOf } from '../children/child-id';
import { isAmong } from '../children/child-memory';
import { mergeClassicManager } from '../children/classic-manager';
import { observeDeleted } from '../children/observe';
import { ownershipOf } from '../children/ownership';
import { ASKED_ENTRIES, hasClassicManager, isCached } from '../children/reduce-child';
import { type EntryFacts } from '../../resources';
import { type Difference } from '../../schema';
import { collision } from './collision';
import { readChildAgain } from '../read-again';
import { entryError, waiting } from '../reconciler.errors';
import { type Activity, type ReconcilerPorts } from '../reconciler.types';
import { type Decisions, type DeleteAction, type Differ, type WriteAction } from './diff';

export interface ActResult {
  /** Children that were written or deleted. */
  readonly writes: number;
  readonly errors: readonly OrkestraError[];
  readonly pending: readonly OrkestraError[];
  /** The cache was older than the cluster: look again soon. */
  readonly isStale: boolean;
}

/** We read no warnings, and the check for unknown fields has the server decode the body a second time. */
const APPLY = {
  fieldManager: FIELD_MANAGER.children,
  fieldValidation: 'Ignore',
  managedFieldsWith: ASKED_ENTRIES,
} as const;

export class Actor {
  constructor(
    private readonly crdName: string,
    private readonly differ: Differ,
    private readonly ports: ReconcilerPorts,
  ) {}

  async act(cr: KubeObject, decisions: Decisions, signal: AbortSignal): Promise<ActResult> {
    const run = new ActRun(this.crdName, this.differ, this.ports, cr, signal);
    for (const action of decisions.writes) {
      if (run.mustStop) break;
      await run.write(action);
    }
    const isComplete = run.isClean && decisions.errors.length === 0 && decisions.pending.length === 0;
    if (isComplete) for (const action of decisions.deletes) await run.delete(action);
    return run;
  }
}

class ActRun implements ActResult {
  writes = 0;
  isStale = false;
  readonly errors: OrkestraError[] = [];
  readonly pending: OrkestraError[] = [];
  mustStop = false;

  constructor(
    private readonly crdName: string,
    private readonly differ: Differ,
    private readonly ports: ReconcilerPorts,
    private readonly cr: KubeObject,
    private readonly signal: AbortSignal,
  ) {}

  get isClean(): boolean {
    return this.errors.length === 0 && this.pending.length === 0 && !this.isStale;
  }

  async write(action: WriteAction): Promise<void> {
    const { entry, namespace, resource } = action.child;
    try {
      if (!this.ports.inventory.has(resource, namespace)) {
        await this.ports.inventory.ensure(resource, namespace, this.signal);
      }
      if (action.type === 'create') await this.create(action);
      else await this.update(action, action.live as KubeObject);
    } catch (error) {
      this.note(entryError(error, entry), error);
    }
  }

  async delete({ observed, why }: DeleteAction, detail?: string): Promise<void> {
    const { resource, object } = observed;
    const { uid, name, namespace } = object.metadata;
    if (uid === undefined) return;
    try {
      const left = await this.ports.api.delete(
        { resource, name, ...(namespace === undefined ? {} : { namespace }) },
        { uid, propagation: 'Background' },
        this.options(),
      );
      observeDeleted(this.ports.children, resource, object, left);
      this.done(why, idOf(resource, object), detail);
    } catch (error) {
      if (isNotFound(error)) observeDeleted(this.ports.children, resource, object, undefined);
      else if (!isConflict(error)) this.note(asOrkestraError(error), error);
      else {
        await this.lookAgain(resource, object).catch((failed: unknown) => this.note(asOrkestraError(failed), failed));
      }
    }
  }

  private async create(action: WriteAction): Promise<void> {
    const { child } = action;
    try {
      await this.apply(action, { resourceVersion: '1' }, true);
      this.done('created', child.id);
    } catch (error) {
      if (!isConflict(error)) throw error;
      await this.adoptOrRefuse(action);
    }
  }

  /**
   * Somebody was there first: one GET tells who (engine contract §2.1). What is ours goes into the cache and the next
   * pass decides: the object was rendered without knowing it (its selector, its scaler).
   */
  private async adoptOrRefuse(action: WriteAction): Promise<void> {
    const { child } = action;
    const found = await this.find(action);
    if (found === undefined) {
      this.isStale = true;
      return;
    }
    const ownership = ownershipOf(found, this.cr);
    switch (ownership.type) {
      case 'ours':
        this.isStale = true;
        if (isCached(found)) {
          this.ports.children.observeWrite(child.resource, found);
        } else await this.labelAgain(action, found);
        return;
      case 'dying':
      case 'previous':
        throw waiting('WaitingForGarbageCollection', `${child.id} of an earlier life is still being deleted`);
      case 'foreign':
        throw collision(child.id, ownership.owner);
    }
  }

  /** Undefined: gone in the meantime. */
  private async find(action: WriteAction): Promise<KubeObject | undefined> {
    try {
      return await this.ports.api.get(refOf(action), { signal: this.signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /**
   * Without our labels no cache shows it, and every pass would try to create it. Only the two that caches look at: what
   * is written here stays ours apart from the apply, so a label of the Katalog would outlive its entry.
   */
  private async labelAgain(action: WriteAction, { metadata: { uid } }: KubeObject): Promise<void> {
    const { child } = action;
    const labels = { [LABEL.managed]: 'true', [LABEL.ownerUid]: this.cr.metadata.uid ?? '' };
    const answer = await this.ports.api.patch(
      refOf(action),
      { type: 'merge', body: { metadata: { uid, labels } }, fieldManager: FIELD_MANAGER.children },
      this.options(),
    );
    this.ports.children.observeWrite(child.resource, answer);
    this.done('corrected', child.id, 'metadata.labels');
  }

  private async update(action: WriteAction, live: KubeObject): Promise<void> {
    const { child, corrects, memory } = action;
    let answer: KubeObject;
    try {
      if (hasClassicManager(live)) await this.mergeManagers(action);
      answer = await this.apply(action, { uid: live.metadata.uid }, child.entry.forceConflict, action.isLowPriority);
    } catch (error) {
      const { facts } = child.entry;
      if (changesWhatStays(error, facts)) {
        await this.delete(
          { type: 'delete', observed: { resource: child.resource, object: live }, why: 'deleted' },
          'it is made again: what changed can not be changed',
        );
        this.isStale = true;
        return;
      }
      if (!isGoneOrReplaced(error, child.entry.forceConflict)) throw error;
      await this.lookAgain(child.resource, live);
      return;
    }
    // The server answered with the object as it was: nothing was written, there is nothing to tell.
    if (answer.metadata.resourceVersion === live.metadata.resourceVersion) return;
    if (corrects.length === 0) {
      this.done('updated', child.id);
      return;
    }
    const corrected = corrects.filter((difference) => !isAmong(difference, memory.answers ?? [])).map(pathOf);
    if (corrected.length > 0) this.done('corrected', child.id, corrected.slice(0, 5).join(', '));
  }

  private async lookAgain(resource: ResourceType, known: KubeObject): Promise<void> {
    await readChildAgain(this.ports, resource, known, this.signal);
    this.isStale = true;
  }

  private async mergeManagers(action: WriteAction): Promise<void> {
    const ref = refOf(action);
    const whole = await this.ports.api.get(ref, { signal: this.signal });
    const body = mergeClassicManager(whole, whole.apiVersion);
    if (body !== undefined) await this.ports.api.patch(ref, { type: 'json', body }, this.options());
  }

  private async apply(action: WriteAction, guard: JsonObject, force: boolean, isLow = false): Promise<KubeObject> {
    const { child, memory, body } = action;
    const metadata = body['metadata'] as JsonObject;
    const annotations = { ...(metadata['annotations'] as JsonObject | undefined), [ANNOTATION.applied]: memory.hash };
    const answer = await this.ports.api.apply(
      refOf(action),
      { ...body, metadata: { ...metadata, annotations, ...guard } },
      { ...APPLY, force },
      { ...this.options(), ...(isLow ? { priority: 'low' as const } : {}) },
    );
    this.ports.children.observeWrite(child.resource, answer);
    memory.answers = this.differ.comparison(child.entry.facts).differences(body, answer);
    return answer;
  }

  private options(): { readonly signal: AbortSignal; readonly fence: ReconcilerPorts['fence'] } {
    return { signal: this.signal, fence: this.ports.fence };
  }

  private done(action: Activity['action'], what: string, detail?: string): void {
    this.writes++;
    const { namespace, name } = this.cr.metadata;
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    this.ports.activity({ crd: this.crdName, key, action, what, ...(detail === undefined ? {} : { detail }) });
  }

  private note(failure: OrkestraError, thrown: unknown): void {
    (failure.kind === 'Pending' ? this.pending : this.errors).push(failure);
    if (thrown instanceof FencedError || thrown instanceof KubeTransportError) this.mustStop = true;
  }
}

function pathOf({ path }: Difference): string {
  return path;
}

function refOf({ child }: WriteAction): ObjectRef {
  const { namespace, name, resource } = child;
  return { resource, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Refused for nothing but a change of what of the kind never changes: any other cause would refuse a new object, too. */
function changesWhatStays(error: unknown, { recreatedOn }: EntryFacts): boolean {
  if (recreatedOn === undefined || !(error instanceof KubeApiError)) return false;
  const { code, causes } = error.status;
  const isOne = (cause: (typeof causes)[number]): boolean =>
    cause.field === recreatedOn.field && cause.reason === recreatedOn.reason;
  return code === 422 && causes.length > 0 && causes.every(isOne);
}

/** The uid guard refused: 409 when the object is gone, 422 when another one has its name. */
function isGoneOrReplaced(error: unknown, force: boolean): boolean {
  if (!(error instanceof KubeApiError)) return false;
  const { code, causes } = error.status;
  if (code === 422) return causes.some(({ field }) => field === 'metadata.uid');
  // Without force a 409 may also name fields that another manager owns: that is an answer for the user.
  return code === 409 && (force || !causes.some(({ reason }) => reason === 'FieldManagerConflict'));
}

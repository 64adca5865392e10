// Deletion: at once, or marked and waiting for grace and finalizers.
import { type JsonObject, type MutableJsonObject, rfc3339, scalarText } from '../../common';
import { type ApiStatus, conflict, deleted, notFound } from '../status';
import { toServed } from '../versions';
import { type ObjectTarget, type SandboxCore, type Target } from './core.types';
import { assertDeleteRequest, type DeleteRequest } from './delete-options';
import { cloneJson } from './json-clone';
import { draftMeta, finalizersOf, metaOf, ordered, textOf, withMeta } from './object-meta';
import { listObjects, type ListOptions, type Listed } from './read';
import { kindOf, resourceOf } from './subjects';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export interface Deleted {
  /** The object while something holds it (or where the kind answers with it), else a Status. */
  readonly body: JsonObject | ApiStatus;
  readonly isGone: boolean;
}

/** @throws ApiStatusError */
export function deleteObject(core: SandboxCore, target: ObjectTarget, request: DeleteRequest): Deleted {
  const { definition, version, namespace, name } = target;
  const stored = core.store.get(definition.id, namespace, name);
  if (stored === undefined) throw notFound(resourceOf(definition), name);
  assertDeleteRequest(request);
  assertPreconditions(target, stored, request);
  const isDryRun = request.dryRun !== undefined && request.dryRun.length > 0;
  const grace = graceOf(target, stored, request);
  const metadata = metaOf(stored);
  // Its end is set already, and no earlier one is asked for.
  if (metadata['deletionTimestamp'] !== undefined && isPending(stored, grace)) {
    return { body: toServed(definition, version.name, stored), isGone: false };
  }
  const finalizers = withOwn(finalizersAfter(finalizersOf(stored), request), definition.strategy.deletionFinalizer);
  const stays = finalizers.length > 0 || grace > 0 || definition.strategy.staysWhileDeleting?.(stored) === true;
  if (stays) {
    const body = mark(core, target, stored, finalizers, { grace, isDryRun });
    return { body: toServed(definition, version.name, body), isGone: false };
  }
  const key = { namespace, name };
  const last = isDryRun
    ? stored
    : core.store.remove(definition.id, key, (resourceVersion) => withMeta(stored, { resourceVersion }));
  if (!isDryRun) definition.strategy.changed?.('deleted', last);
  const body = definition.strategy.returnsDeleted
    ? toServed(definition, version.name, last)
    : deleted(resourceOf(definition), name, textOf(stored, 'uid'));
  return { body, isGone: true };
}

/** Deletes what the list finds; answers with what it was. */
export function deleteCollection(
  core: SandboxCore,
  target: Target,
  request: DeleteRequest,
  options: ListOptions,
): Listed {
  assertDeleteRequest(request);
  const listed = listObjects(core, target, options);
  for (const object of listed.items) {
    const one: ObjectTarget = { ...target, namespace: textOf(object, 'namespace'), name: textOf(object, 'name') };
    deleteObject(core, one, request);
  }
  return { ...listed, resourceVersion: listed.resourceVersion };
}

function assertPreconditions({ definition, name }: ObjectTarget, stored: JsonObject, request: DeleteRequest): void {
  const uid = textOf(stored, 'uid');
  if (request.uid !== undefined && request.uid !== uid) {
    const why = `the UID in the precondition (${request.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`;
    throw conflict(kindOf(definition), name, why);
  }
  const version = textOf(stored, 'resourceVersion');
  if (request.resourceVersion !== undefined && request.resourceVersion !== version) {
    const why = `the ResourceVersion in the precondition (${request.resourceVersion}) does not match the ResourceVersion in record (${version}). The object might have been modified`;
    throw conflict(kindOf(definition), name, why);
  }
}

/** Seconds that the object stays after this request; 0 for kinds without a graceful end. */
function graceOf({ definition }: ObjectTarget, stored: JsonObject, request: DeleteRequest): number {
  const own = definition.strategy.gracePeriodSeconds;
  if (own === undefined) return 0;
  const asked = request.gracePeriodSeconds;
  if (asked === undefined) return own(stored);
  // A negative one counts as one second; a pod that waits for nobody has none.
  const wanted = asked < 0 ? 1 : asked;
  return own(stored) === 0 ? 0 : wanted;
}

/** Whether a deletion that was asked for before goes on as it is. */
function isPending(stored: JsonObject, grace: number): boolean {
  const current = metaOf(stored)['deletionGracePeriodSeconds'];
  return typeof current === 'number' && current > 0 && grace >= current;
}

function finalizersAfter(finalizers: readonly string[], request: DeleteRequest): readonly string[] {
  const { propagationPolicy, orphanDependents } = request;
  const has = (finalizer: string): boolean => finalizers.includes(finalizer);
  const orphans = orphanDependents ?? (propagationPolicy === undefined ? has(ORPHAN) : propagationPolicy === 'Orphan');
  const isForeground =
    orphanDependents === undefined &&
    (propagationPolicy === undefined ? has(FOREGROUND) && !has(ORPHAN) : propagationPolicy === 'Foreground');
  const wanted = [
    ...finalizers.filter((finalizer) => finalizer !== ORPHAN && finalizer !== FOREGROUND),
    ...(orphans ? [ORPHAN] : []),
    ...(isForeground ? [FOREGROUND] : []),
  ];
  const isSame = wanted.length === finalizers.length && wanted.every(has);
  return isSame ? finalizers : wanted;
}

/** The kind's own clean-up comes behind the others. */
function withOwn(finalizers: readonly string[], own: string | undefined): readonly string[] {
  return own === undefined || finalizers.includes(own) ? finalizers : [...finalizers, own];
}

/** Sets deletionTimestamp and what else says that the object is dying. */
function mark(
  core: SandboxCore,
  target: ObjectTarget,
  stored: JsonObject,
  finalizers: readonly string[],
  { grace, isDryRun }: { readonly grace: number; readonly isDryRun: boolean },
): JsonObject {
  const { definition, namespace, name } = target;
  const draft: MutableJsonObject = definition.strategy.markDeleting === undefined ? { ...stored } : cloneJson(stored);
  draft['metadata'] = { ...metaOf(stored) };
  const metadata = draftMeta(draft);
  const isMarked = metadata['deletionTimestamp'] !== undefined;
  if (finalizers.length > 0) metadata['finalizers'] = finalizers;
  else delete metadata['finalizers'];
  if (!isMarked) {
    const generation = Number(scalarText(metadata['generation']));
    if (generation > 0) metadata['generation'] = generation + 1;
  }
  const end = core.clock.now() + grace * 1_000;
  if (!isMarked || Date.parse(scalarText(metadata['deletionTimestamp'])) > end) {
    metadata['deletionTimestamp'] = rfc3339(end);
  }
  metadata['deletionGracePeriodSeconds'] = grace;
  if (definition.strategy.staysWhileDeleting !== undefined && finalizersOf(draft).length === 0) {
    delete metadata['deletionGracePeriodSeconds'];
  }
  definition.strategy.markDeleting?.(draft);
  const next = ordered(draft);
  if (isDryRun || JSON.stringify(next) === JSON.stringify(stored)) return next;
  const object = core.store.put(definition.id, { namespace, name }, (resourceVersion) =>
    withMeta(next, { resourceVersion }),
  );
  definition.strategy.changed?.('updated', object);
  return object;
}

// Deletion: at once, or marked and waiting for grace and finalizers.
import { cloneJson, type JsonObject, jsonText, type MutableJsonObject, rfc3339, scalarText } from '../../common';
import { type ApiStatus, conflict, deleted, notFound } from '../status';
import { toServed } from '../versions';
import { type ObjectTarget, type SandboxCore, type Target } from './core.types';
import { assertDeleteRequest, type DeleteRequest } from './delete-options';
import { endOf, finalizersAfter } from './deletion-rules';
import { assertMayGo } from './namespaces';
import { draftMeta, finalizersOf, metaOf, ordered, textOf, withMeta } from './object-meta';
import { listObjects, type ListOptions, type Listed } from './read';
import { kindOf, resourceOf } from './subjects';

export interface Deleted {
  /** The object while something holds it (or where the kind answers with it), else a Status. */
  readonly body: JsonObject | ApiStatus;
  readonly isGone: boolean;
}

/** @throws ApiStatusError */
export function deleteObject(core: SandboxCore, target: ObjectTarget, request: DeleteRequest): Deleted {
  const { definition, version, namespace, name } = target;
  assertMayGo(target, name);
  const stored = core.store.get(definition.id, namespace, name);
  if (stored === undefined) throw notFound(resourceOf(definition), name);
  assertDeleteRequest(request);
  assertPreconditions(target, stored, request);
  const isDryRun = request.dryRun !== undefined && request.dryRun.length > 0;
  const staying = (object: JsonObject): Deleted => ({
    body: toServed(definition, version.name, object),
    isGone: false,
  });
  const end = endOf(definition, stored, request, core.clock.now());
  if (end === 'pending') return staying(stored);
  const finalizers = withOwn(finalizersAfter(finalizersOf(stored), request), definition.strategy.deletionFinalizer);
  const isHeld = finalizers.length > 0 || definition.strategy.staysWhileDeleting?.(stored) === true;
  if (end === undefined && !isHeld) return removeObject(core, target, stored, isDryRun);
  const members = end ?? markOf(core, target, stored);
  const marked = storeMarked(core, target, stored, { ...members, finalizers }, isDryRun);
  const isLast = !isHeld && members.deletionGracePeriodSeconds === 0;
  return isLast ? removeObject(core, target, marked, isDryRun) : staying(marked);
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
  return listed;
}

/** The kind's own clean-up comes behind the others. */
function withOwn(finalizers: readonly string[], own: string | undefined): readonly string[] {
  return own === undefined || finalizers.includes(own) ? finalizers : [...finalizers, own];
}

function removeObject(core: SandboxCore, target: ObjectTarget, stored: JsonObject, isDryRun: boolean): Deleted {
  const { definition, version, namespace, name } = target;
  const last = isDryRun
    ? stored
    : core.store.remove(definition.id, { namespace, name }, (resourceVersion) => withMeta(stored, { resourceVersion }));
  if (!isDryRun) definition.strategy.changed?.('deleted', last);
  const body =
    definition.strategy.returnsDeleted === true
      ? toServed(definition, version.name, last)
      : deleted(resourceOf(definition), name, textOf(stored, 'uid'));
  return { body, isGone: true };
}

/** Throws a 409 when the object is not the one that is meant. */
export function assertPreconditions(
  { definition, name }: ObjectTarget,
  stored: JsonObject,
  request: DeleteRequest,
): void {
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

interface Mark {
  readonly deletionTimestamp: string;
  /** Undefined where the kind has none (namespaces). */
  readonly deletionGracePeriodSeconds: number | undefined;
  readonly generation?: number;
}

/** Of an object without a graceful end that finalizers hold. */
function markOf({ clock }: SandboxCore, { definition }: ObjectTarget, stored: JsonObject): Mark {
  const metadata = metaOf(stored);
  const generation = Number(scalarText(metadata['generation']));
  const isMarked = metadata['deletionTimestamp'] !== undefined;
  const isWithoutGrace = definition.strategy.staysWhileDeleting !== undefined && finalizersOf(stored).length === 0;
  return {
    deletionTimestamp: isMarked ? scalarText(metadata['deletionTimestamp']) : rfc3339(clock.now()),
    deletionGracePeriodSeconds: isWithoutGrace ? undefined : 0,
    ...(!isMarked && generation > 0 ? { generation: generation + 1 } : {}),
  };
}

/** Stores the dying object; when it says nothing new, nothing is stored. */
function storeMarked(
  core: SandboxCore,
  target: ObjectTarget,
  stored: JsonObject,
  { finalizers, ...members }: Mark & { readonly finalizers: readonly string[] },
  isDryRun: boolean,
): JsonObject {
  const { definition, namespace, name } = target;
  const draft: MutableJsonObject = definition.strategy.markDeleting === undefined ? { ...stored } : cloneJson(stored);
  draft['metadata'] = { ...metaOf(stored) };
  Object.assign(draftMeta(draft), members, { finalizers: finalizers.length === 0 ? undefined : finalizers });
  definition.strategy.markDeleting?.(draft, stored);
  const next = ordered(draft);
  if (isDryRun || jsonText(next) === jsonText(stored)) return next;
  const object = core.store.put(definition.id, { namespace, name }, (resourceVersion) =>
    withMeta(next, { resourceVersion }),
  );
  definition.strategy.changed?.('updated', object);
  return object;
}

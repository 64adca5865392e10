import { jsonEquals, type JsonObject, type MutableJsonObject, scalarText } from '../../common';
import { invalidCause } from '../../schema';
import { badRequest, conflict, invalid, modified, notFound, plainError } from '../status';
import { toServed, toStorage } from '../versions';
import { type ObjectTarget, type SandboxCore, type WriteOptions, type Written } from './core.types';
import { alignNamespace, createObject } from './create';
import { hasGeneration, isSpecChanged } from './generation';
import { noteUpdate, withoutNewTimes } from './managed';
import { draftMeta, finalizersOf, metaOf, ordered, textOf, withMeta } from './object-meta';
import { etcdKey, kindOf, resourceOf, storageProblem } from './subjects';
import { metadataProblems, metadataUpdateProblems } from './validate-metadata';

/**
 * PUT: the object becomes what the draft says. The draft is decoded and defaulted, and belongs to this call.
 * @throws ApiStatusError
 */
export function replaceObject(
  core: SandboxCore,
  target: ObjectTarget,
  draft: MutableJsonObject,
  options: WriteOptions,
): Written {
  const { definition, name, namespace } = target;
  assertName(target, draft);
  alignNamespace(target, draft);
  const stored = core.store.get(definition.id, namespace, name);
  if (stored === undefined) {
    if (definition.strategy.allowsCreateOnUpdate !== true || target.subresource !== undefined) {
      throw notFound(resourceOf(definition), name);
    }
    return createObject(core, target, draft, options);
  }
  assertUid(target, draft, stored);
  return changeObject(core, target, draft, stored, options);
}

/** Throws a 409 when the writer means another object of the same name. */
export function assertUid({ definition, name, namespace }: ObjectTarget, draft: JsonObject, stored: JsonObject): void {
  const uid = textOf(draft, 'uid');
  const found = textOf(stored, 'uid');
  if (uid === '' || uid === found) return;
  const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${found}`;
  throw conflict(resourceOf(definition), name, storageProblem(etcdKey(definition, namespace, name), why));
}

/** The name in the body is the name in the path. */
export function assertName(target: ObjectTarget, draft: JsonObject): void {
  const sent = textOf(draft, 'name');
  if (sent === target.name) return;
  throw badRequest(
    sent === ''
      ? `the name of the object (${target.name} based on URL) was undeterminable: name must be provided`
      : `the name of the object (${sent}) does not match the name on the URL (${target.name})`,
  );
}

/**
 * Stores another state of an object: the common way of PUT and of every patch. `isNoted`: managedFields are right already
 * (an apply).
 */
export function changeObject(
  core: SandboxCore,
  target: ObjectTarget,
  sent: MutableJsonObject,
  stored: JsonObject,
  options: WriteOptions & { readonly isNoted?: boolean },
): Written {
  const { definition, version, name, namespace } = target;
  const old = toServed(definition, version.name, stored);
  alignVersion(target, sent, old);
  const draft = options.isNoted === true ? sent : noteUpdate(core, target, sent, old, options);
  prepare(target, draft, old);
  const updateProblems = metadataUpdateProblems(draft, old);
  const unmet = definition.strategy.allocate?.(draft, old, core.store, options.isDryRun === true) ?? [];
  if (unmet.length > 0) throw invalid(kindOf(definition), name, unmet);
  const problems = [
    ...metadataProblems(draft, definition.namespaced, 'pathSegment'),
    // The real server checks twice, for all kinds and in each kind's own rules, and tells both.
    ...updateProblems,
    ...updateProblems,
    ...(definition.strategy.validateUpdate?.(draft, old, target.subresource) ?? []),
  ];
  if (problems.length > 0) throw invalid(kindOf(definition), name, problems);
  for (const warning of definition.strategy.warnings?.(draft, old) ?? []) options.warn?.(warning);
  definition.strategy.complete?.(draft);
  const next = toStorage(definition, withoutNewTimes(ordered(draft), stored));
  const serve = (object: JsonObject): Written => ({
    object: toServed(definition, version.name, object),
    isCreated: false,
  });
  const isGone = isLetGo(target, next, stored);
  if (!isGone && isUnchanged(next, stored)) return serve(stored);
  if (options.isDryRun === true) return serve(withMeta(next, { resourceVersion: textOf(stored, 'resourceVersion') }));
  const key = { namespace, name };
  if (isGone) {
    const removed = core.store.remove(definition.id, key, (resourceVersion) => withMeta(stored, { resourceVersion }));
    definition.strategy.changed?.('deleted', removed);
    // The answer is the state that was asked for; watches are told the last that was stored, and the version of its end.
    return serve(withMeta(next, { resourceVersion: textOf(stored, 'resourceVersion') }));
  }
  const object = core.store.put(definition.id, key, (resourceVersion) => withMeta(next, { resourceVersion }));
  definition.strategy.changed?.('updated', object);
  return serve(object);
}

/** The version that the writer knows must be the stored one; a PUT may leave it out where the kind allows it. */
function alignVersion({ definition, name }: ObjectTarget, draft: MutableJsonObject, old: JsonObject): void {
  const sent = textOf(draft, 'resourceVersion');
  const current = textOf(old, 'resourceVersion');
  if (sent === '' || sent === '0') {
    if (!(definition.strategy.allowsUnconditionalUpdate ?? !definition.isCustom)) {
      const cause = invalidCause('metadata.resourceVersion', 0, 'must be specified for an update');
      throw invalid(resourceOf(definition), name, [cause]);
    }
    draftMeta(draft)['resourceVersion'] = current;
    return;
  }
  if (!/^[0-9]+$/.test(sent)) throw plainError(`strconv.ParseUint: parsing ${JSON.stringify(sent)}: invalid syntax`);
  if (sent !== current) throw modified(resourceOf(definition), name);
}

/** What the server keeps whatever the writer says. */
function prepare(target: ObjectTarget, draft: MutableJsonObject, old: JsonObject): void {
  const { definition, subresource } = target;
  const before = metaOf(old);
  if (subresource === 'status') keepAllButStatus(target, draft, old);
  else if (subresource === 'finalize') draft['status'] = old['status'];
  const metadata = draftMeta(draft);
  if (before['generation'] === undefined) delete metadata['generation'];
  else metadata['generation'] = before['generation'];
  if (subresource === undefined) definition.strategy.prepareForUpdate?.(draft, old);
  if (hasGeneration(target) && isSpecChanged(target, draft, old)) {
    metadata['generation'] = Number(scalarText(before['generation']) || '0') + 1;
  }
  if (scalarText(metadata['uid']) === '') metadata['uid'] = before['uid'];
  metadata['creationTimestamp'] = before['creationTimestamp'];
  if (before['deletionTimestamp'] !== undefined) {
    metadata['deletionTimestamp'] = before['deletionTimestamp'];
    metadata['deletionGracePeriodSeconds'] ??= before['deletionGracePeriodSeconds'];
  }
}

/** A write of the status changes nothing else; of metadata only what built-in kinds let through. */
function keepAllButStatus({ definition }: ObjectTarget, draft: MutableJsonObject, old: JsonObject): void {
  const { status } = draft;
  const metadata = draftMeta(draft);
  for (const member of Object.keys(draft)) {
    if (member !== 'metadata') delete draft[member];
  }
  for (const member of Object.keys(old)) {
    if (member !== 'metadata' && member !== 'status') draft[member] = old[member];
  }
  if (status !== undefined) draft['status'] = status;
  const { statusKeeps = [] } = definition.strategy;
  if (!definition.isCustom && statusKeeps !== 'metadata') {
    for (const member of statusKeeps) metadata[member] = metaOf(old)[member];
    return;
  }
  draft['metadata'] = {
    ...metaOf(old),
    uid: metadata['uid'],
    resourceVersion: metadata['resourceVersion'],
    managedFields: metadata['managedFields'],
  };
}

function isUnchanged(next: JsonObject, stored: JsonObject): boolean {
  const version = textOf(stored, 'resourceVersion');
  return jsonEquals(withMeta(next, { resourceVersion: version }), stored);
}

/** Whether the last that held a dying object is gone. */
function isLetGo({ definition }: ObjectTarget, next: JsonObject, stored: JsonObject): boolean {
  const before = metaOf(stored);
  if (before['deletionTimestamp'] === undefined || finalizersOf(next).length > 0) return false;
  const grace = before['deletionGracePeriodSeconds'];
  if (typeof grace === 'number' && grace > 0) return false;
  return definition.strategy.staysWhileDeleting?.(next) !== true;
}

import { type JsonObject, type MutableJsonObject, rfc3339, scalarText } from '../../common';
import { type FieldCause } from '../../schema';
import { alreadyExists, badRequest, beingDeleted, forbidden, generatedNameTaken, invalid, plainError } from '../status';
import { toServed, toStorage } from '../versions';
import { type SandboxCore, type Target, type WriteOptions, type Written } from './core.types';
import { hasGeneration } from './generation';
import { generatedName } from './names';
import { assertMayCome } from './namespaces';
import { draftMeta, newUid, ordered, textOf, withMeta } from './object-meta';
import { noteUpdate } from './managed';
import { kindOf, resourceOf } from './subjects';
import { metadataProblems, unqualifiedFinalizers } from './validate-metadata';

/** How often another name is tried when a generated one is taken. */
const NAME_ATTEMPTS = 8;

/**
 * Stores a new object. `draft` is decoded and defaulted, and belongs to this call.
 * @throws ApiStatusError
 */
export function createObject(
  core: SandboxCore,
  target: Target,
  draft: MutableJsonObject,
  options: WriteOptions,
): Written {
  alignNamespace(target, draft);
  const { respond } = target.definition.strategy;
  if (respond !== undefined) {
    draftMeta(draft);
    return { object: respond(noteUpdate(core, target, draft, undefined, options)), isCreated: true };
  }
  const metadata = draftMeta(draft);
  assertMayCome(core, target, scalarText(metadata['name']), scalarText(metadata['generateName']));
  fillSystemFields(core, metadata);
  nameObject(core, target, metadata);
  return storeNew(core, target, noteUpdate(core, target, draft, undefined, options), options);
}

/** What only the server sets of a new object. */
export function fillSystemFields({ clock }: SandboxCore, metadata: MutableJsonObject): void {
  for (const member of ['deletionTimestamp', 'deletionGracePeriodSeconds', 'selfLink']) delete metadata[member];
  metadata['uid'] = newUid();
  metadata['creationTimestamp'] = rfc3339(clock.now());
}

/** From the filled in draft on: also the way of an apply that makes an object. */
export function storeNew(core: SandboxCore, target: Target, draft: MutableJsonObject, options: WriteOptions): Written {
  const { definition, version } = target;
  const { strategy } = definition;
  const metadata = draftMeta(draft);
  const name = scalarText(metadata['name']);
  if (hasGeneration(target)) metadata['generation'] = 1;
  const barred = strategy.admit?.(draft, core.store);
  if (barred !== undefined) throw forbidden(resourceOf(definition), name, barred);
  strategy.prepareForCreate?.(draft);
  const unmet = strategy.allocate?.(draft, undefined, core.store, options.isDryRun === true) ?? [];
  if (unmet.length > 0) throw invalid(kindOf(definition), name, unmet);
  const problems = creationProblems(target, draft);
  if (problems.length > 0) throw invalid(kindOf(definition), name, problems);
  const sentVersion = scalarText(metadata['resourceVersion']);
  if (sentVersion !== '' && sentVersion !== '0') {
    throw plainError('resourceVersion should not be set on objects to be created');
  }
  assertNameIsFree(core, target, name, scalarText(metadata['generateName']) !== '');
  for (const warning of strategy.warnings?.(draft, undefined) ?? []) options.warn?.(warning);
  strategy.complete?.(draft);
  const stored = toStorage(definition, ordered(draft));
  if (options.isDryRun === true) return { object: toServed(definition, version.name, stored), isCreated: true };
  const object = core.store.put(definition.id, { namespace: target.namespace, name }, (resourceVersion) =>
    withMeta(stored, { resourceVersion }),
  );
  strategy.changed?.('created', object);
  return { object: toServed(definition, version.name, object), isCreated: true };
}

function assertNameIsFree(
  { store }: SandboxCore,
  { definition, namespace }: Target,
  name: string,
  isGenerated: boolean,
): void {
  const taken = store.get(definition.id, namespace, name);
  if (taken === undefined) return;
  const resource = resourceOf(definition);
  if (textOf(taken, 'deletionTimestamp') !== '') throw beingDeleted(resource, name);
  throw isGenerated ? generatedNameTaken(resource, name) : alreadyExists(resource, name);
}

function creationProblems(target: Target, object: JsonObject): readonly FieldCause[] {
  const { strategy, namespaced, isCustom } = target.definition;
  return [
    ...metadataProblems(object, namespaced, strategy.nameForm),
    ...(isCustom ? [] : unqualifiedFinalizers(object)),
    ...(strategy.validate?.(object) ?? []),
  ];
}

/** The namespace of the path goes into the object; another one in it is an error. */
export function alignNamespace(target: Target, draft: MutableJsonObject): void {
  const sent = textOf(draft, 'namespace');
  if (sent === target.namespace) return;
  if (sent !== '' && target.namespace !== '') {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const metadata = draftMeta(draft);
  if (target.namespace === '') delete metadata['namespace'];
  else metadata['namespace'] = target.namespace;
}

function nameObject(core: SandboxCore, target: Target, metadata: MutableJsonObject): void {
  const base = scalarText(metadata['generateName']);
  if (base === '' || scalarText(metadata['name']) !== '') return;
  for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
    const name = generatedName(base, core.random);
    metadata['name'] = name;
    if (core.store.get(target.definition.id, target.namespace, name) === undefined) return;
  }
}

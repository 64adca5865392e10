// Server-side apply: the merge is schema's; here is what surrounds it, for objects that are there and that are not.
import { cloneJson, isJsonObject, type JsonObject, type MutableJsonObject } from '../../common';
import { applyConfiguration, PatchRefused } from '../../schema';
import { conflict, failure, notFound } from '../status';
import {
  alignNamespace,
  assertName,
  assertMayCome,
  changeObject,
  fillSystemFields,
  managedType,
  type ObjectTarget,
  resourceOf,
  type SandboxCore,
  SCALE_TYPE,
  settle,
  storeNew,
  textOf,
  type WriteOptions,
  writeScale,
  type Written,
} from '../verbs';
import { toServed } from '../versions';

export interface ApplyRequest extends WriteOptions {
  readonly force: boolean;
}

/** @throws ApiStatusError 400, 404, 409, 422, 500 */
export function applyObject(core: SandboxCore, target: ObjectTarget, sent: JsonObject, options: ApplyRequest): Written {
  if (target.subresource === 'scale') return applyScale(core, target, sent, options);
  const stored = core.store.get(target.definition.id, target.namespace, target.name);
  if (stored !== undefined) return applyTo(core, target, stored, sent, options);
  if (target.subresource !== undefined) throw notFound(resourceOf(target.definition), target.name);
  return applyNew(core, target, sent, options);
}

function applyTo(
  core: SandboxCore,
  target: ObjectTarget,
  stored: JsonObject,
  applied: JsonObject,
  options: ApplyRequest,
): Written {
  const live = toServed(target.definition, target.version.name, stored);
  const draft = merge(core, target, live, applied, options);
  assertName(target, draft);
  alignNamespace(target, draft);
  return changeObject(core, target, settle(target, draft, 'merged'), stored, { ...options, isNoted: true });
}

/** Nothing is there: the configuration becomes an object. A version in it stands for "not there yet"; a uid can't be met. */
function applyNew(core: SandboxCore, target: ObjectTarget, applied: JsonObject, options: ApplyRequest): Written {
  const draft = merge(core, target, undefined, applied, options);
  const uid = textOf(applied, 'uid');
  if (uid !== '') {
    const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
    throw conflict(resourceOf(target.definition), target.name, why);
  }
  assertName(target, draft);
  alignNamespace(target, draft);
  assertMayCome(core, target, target.name);
  const metadata: MutableJsonObject = isJsonObject(draft['metadata']) ? draft['metadata'] : {};
  draft['metadata'] = metadata;
  delete metadata['resourceVersion'];
  fillSystemFields(core, metadata);
  return storeNew(core, target, settle(target, draft, 'merged'), options);
}

/** A copy that belongs to this write: live objects and configurations are shared. */
function merge(
  core: SandboxCore,
  target: ObjectTarget,
  live: JsonObject | undefined,
  applied: JsonObject,
  { fieldManager, force }: ApplyRequest,
): MutableJsonObject {
  try {
    const write = { manager: fieldManager, force, nowMs: core.clock.now() };
    return cloneJson(applyConfiguration(managedType(target), live, applied, write));
  } catch (error) {
    throw error instanceof PatchRefused ? refusal(error) : error;
  }
}

function applyScale(core: SandboxCore, target: ObjectTarget, sent: JsonObject, options: ApplyRequest): Written {
  const { fieldManager, force } = options;
  return writeScale(core, target, options, (live) => {
    try {
      return applyConfiguration(SCALE_TYPE, live, sent, { manager: fieldManager, force, nowMs: core.clock.now() });
    } catch (error) {
      throw error instanceof PatchRefused ? refusal(error) : error;
    }
  });
}

/** What the merge refuses, as the Status of the server. */
export function refusal({ code, reason, message, causes }: PatchRefused): Error {
  const isGeneric = code === 422 && causes.length === 0;
  return failure({
    code,
    message,
    ...(reason === '' ? {} : { reason }),
    ...(isGeneric ? { details: {} } : {}),
    ...(causes.length === 0 ? {} : { details: { causes: causes.map((cause) => ({ ...cause })) } }),
  });
}

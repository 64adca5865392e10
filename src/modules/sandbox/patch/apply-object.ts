// Server-side apply: the merge is schema's; here is what surrounds it, for objects that are there and that are not.
import {
  apiVersionOf,
  cloneJson,
  isJsonObject,
  jsonEquals,
  type JsonObject,
  type MutableJsonObject,
} from '../../common';
import { applyConfiguration, int32Problem, PatchRefused, wrapInt32Fields } from '../../schema';
import { conflict, failure, notFound, plainError } from '../status';
import {
  alignNamespace,
  asKind,
  assertName,
  assertMayCome,
  changeObject,
  fillSystemFields,
  managedType,
  type ObjectTarget,
  type PartKind,
  resourceOf,
  type SandboxCore,
  SCALE_KIND,
  SCALE_TYPE,
  settle,
  storeNew,
  textOf,
  withMeta,
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
    return cloneJson(asConverted(target, applyConfiguration(managedType(target), live, applied, write), applied));
  } catch (error) {
    throw error instanceof PatchRefused ? refusal(error) : error;
  }
}

function applyScale(core: SandboxCore, target: ObjectTarget, sent: JsonObject, options: ApplyRequest): Written {
  const { fieldManager, force } = options;
  return writeScale(core, target, options, (live) => {
    try {
      const write = { manager: fieldManager, force, nowMs: core.clock.now() };
      const scale = applyConfiguration(SCALE_TYPE, live, sent, write);
      const isSame = jsonEquals(
        withMeta(scale, { managedFields: undefined }),
        withMeta(live, { managedFields: undefined }),
      );
      if (target.definition.isCustom && !isSame) throw unconverted(sent, SCALE_KIND, UNKNOWN_SCALE);
      return asConverted(asKind(target, SCALE_KIND), scale, sent);
    } catch (error) {
      throw error instanceof PatchRefused ? refusal(error) : error;
    }
  });
}

/** The real server looks for the Scale among the versions of the custom kind: no apply to one succeeds that changes it. */
const UNKNOWN_SCALE = 'request to convert CR to an invalid group/version: autoscaling/v1';

/** What the merge made is a map, which becomes an object of the Go type. Throws a 500. */
function asConverted({ definition, version }: ObjectTarget, merged: JsonObject, applied: JsonObject): JsonObject {
  if (definition.isCustom) return merged;
  const kind = { group: definition.group, version: version.name, kind: definition.kind };
  const problem = int32Problem(merged, version.schema);
  if (problem === undefined) return wrapInt32Fields(merged, version.schema);
  throw unconverted(applied, kind, `unable to convert unstructured object to ${goKind(kind)}: ${problem}`);
}

function unconverted(applied: JsonObject, kind: PartKind, why: string): Error {
  const place = `${textOf(applied, 'namespace')}/${textOf(applied, 'name')}`;
  return plainError(`failed to convert new object (${place}; ${goKind(kind)}) to proper version: ${why}`);
}

function goKind({ group, version, kind }: PartKind): string {
  return `${apiVersionOf({ group, version })}, Kind=${kind}`;
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

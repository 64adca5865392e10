// JSON, merge and strategic merge patches: glue between the verbs and the merges of `schema`.
import {
  cloneJson,
  isJsonObject,
  type JsonObject,
  jsonText,
  type JsonValue,
  type MutableJsonObject,
} from '../../common';
import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicPatch,
  goJson,
  goPrinted,
  PatchRefused,
  strictFieldProblems,
  wrapInt32Fields,
} from '../../schema';
import { ApiStatusError, badRequest, failure, notFound, unsupportedMediaType } from '../status';
import {
  alignKind,
  alignNamespace,
  asKind,
  assertName,
  changeObject,
  checkFields,
  nameKind,
  type ObjectTarget,
  resourceOf,
  SCALE_KIND,
  type SandboxCore,
  settle,
  settleScale,
  type WriteOptions,
  writeScale,
  type Written,
} from '../verbs';
import { toServed } from '../versions';
import { refusal } from './apply-object';
import { quotedPatch } from './quoted-patch';

export interface PatchOperation {
  readonly type: 'json' | 'merge' | 'strategic';
  readonly body: JsonValue;
  /** Of the body: equal fields are seen in it only. */
  readonly text?: string;
}

/** @throws ApiStatusError */
export function patchObject(
  core: SandboxCore,
  target: ObjectTarget,
  patch: PatchOperation,
  options: WriteOptions,
): Written {
  const { definition, name, namespace, version } = target;
  if (patch.type === 'strategic' && definition.isCustom) throw unsupportedMediaType(CUSTOM_PATCH_TYPES);
  const stored = core.store.get(definition.id, namespace, name);
  if (stored === undefined) throw notFound(resourceOf(definition), name);
  if (target.subresource === 'scale') return patchScale(core, target, patch, options);
  const live = toServed(definition, version.name, stored);
  const draft = decodePatched(target, live, patchedObject(target, live, patch, options), patch, options);
  assertName(target, draft);
  alignNamespace(target, draft);
  return changeObject(core, target, settle(target, draft), stored, options);
}

export const CUSTOM_PATCH_TYPES: readonly string[] = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/apply-patch+yaml',
];

function patchScale(core: SandboxCore, target: ObjectTarget, patch: PatchOperation, options: WriteOptions): Written {
  const kind = asKind(target, SCALE_KIND);
  return writeScale(core, target, options, (live) => {
    const draft = decodePatched(kind, live, patchedObject(kind, live, patch, options), patch, options);
    return settleScale(core, target, live, settle(kind, draft), options);
  });
}

function patchedObject(
  { version }: ObjectTarget,
  live: JsonObject,
  { type, body }: PatchOperation,
  { fieldValidation }: WriteOptions,
): JsonObject {
  const isChecked = fieldValidation !== 'Ignore';
  try {
    const patched = patchedValue();
    if (isJsonObject(patched)) return patched;
    throw badRequest('the patch leaves no object');
  } catch (error) {
    throw error instanceof PatchRefused ? refusal(error) : error;
  }

  function patchedValue(): JsonValue {
    switch (type) {
      case 'json':
        return applyJsonPatch(live, body, isChecked);
      case 'merge':
        return applyMergePatch(live, body, isChecked);
      case 'strategic':
        return applyStrategicPatch(live, body, version.schema);
    }
  }
}

/**
 * What a patch made is decoded like what is sent, but what is wrong with it is the patch's. A strategic patch is converted
 * instead: whatever it says of kind and version goes unread.
 */
function decodePatched(
  target: ObjectTarget,
  live: JsonObject,
  patched: JsonObject,
  patch: PatchOperation,
  options: WriteOptions,
): MutableJsonObject {
  const isStrategic = patch.type === 'strategic';
  const draft = cloneJson(isStrategic ? wrapInt32Fields(patched, target.version.schema) : patched);
  const text = jsonText(patched);
  const refuse = (why: string): never => {
    const { version, definition } = target;
    if (isStrategic) throw invalidPatch(goPrinted(patch.body), why);
    const shown = definition.isCustom ? goJson(patched) : quotedPatch(live, patched, version.schema, patch.type);
    throw invalidPatch(shown, why);
  };
  if (target.definition.isCustom) alignKind(target, draft);
  else if (isStrategic) nameKind(target, draft);
  else {
    try {
      alignKind(target, draft);
    } catch (error) {
      if (!(error instanceof ApiStatusError)) throw error;
      refuse(error.message.replace(/^.* cannot be handled as a [^:]*: /, ''));
    }
  }
  // Repeated fields of the patch itself come first; what it made has none.
  const problems = patch.text === undefined || patch.type === 'json' ? [] : strictFieldProblems(patch.text, undefined);
  checkFields(target, draft, options, { text, problems }, refuse);
  return draft;
}

function invalidPatch(shown: string, why: string): ApiStatusError {
  const message = `Invalid value: ${JSON.stringify(shown)}: ${why}`;
  return failure({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] },
  });
}

// RFC 7396 as the API server applies it.
import {
  isJsonArray,
  isJsonObject,
  jsonText,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
} from '../../../common';
import { PatchRefused } from '../merge.errors';
import { unmarshalProblem } from './body-kinds';

/**
 * @param isChecked fieldValidation Strict or Warn: the body is decoded in another way first, with other words.
 * @throws PatchRefused for a patch that is no map.
 */
export function applyMergePatch(object: JsonObject, patch: JsonValue, isChecked = false): JsonObject {
  if (isJsonObject(patch)) return mergeMaps(object, patch);
  if (isChecked && patch !== null) {
    const problem = unmarshalProblem(patch, 'map[string]interface {}');
    throw new PatchRefused(400, 'BadRequest', `error decoding patch: ${problem}`);
  }
  // A list would become the object.
  if (isJsonArray(patch)) throw listInstead(patch);
  throw new PatchRefused(400, 'BadRequest', 'Invalid JSON Patch');
}

function listInstead(patch: readonly JsonValue[]): PatchRefused {
  const type =
    'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
  const problem = unmarshalProblem(patch, type);
  const message =
    `Invalid value: ${JSON.stringify(jsonText(patch))}: ` + `couldn't get version/kind; json parse error: ${problem}`;
  return new PatchRefused(422, 'Invalid', ` "" is invalid: patch: ${message}`, [
    { reason: 'FieldValueInvalid', message, field: 'patch' },
  ]);
}

function mergeMaps(object: JsonObject, patch: JsonObject): JsonObject {
  const merged: MutableJsonObject = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    const wanted = Object.hasOwn(patch, key) ? patch[key] : undefined;
    if (value === undefined || wanted === null) continue;
    setOwn(merged, key, wanted === undefined ? value : mergeValues(value, wanted));
  }
  for (const key of Object.keys(patch)) {
    const wanted = patch[key];
    if (wanted === undefined || wanted === null || Object.hasOwn(merged, key)) continue;
    setOwn(merged, key, withoutNulls(wanted));
  }
  return merged;
}

function mergeValues(value: JsonValue, wanted: JsonValue): JsonValue {
  if (!isJsonObject(value)) return withoutNulls(wanted);
  return isJsonObject(wanted) ? mergeMaps(value, wanted) : wanted;
}

/** Members of maps, at any depth; items of lists stay. */
function withoutNulls(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept: MutableJsonObject = {};
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined && item !== null) setOwn(kept, key, withoutNulls(item));
  }
  return kept;
}

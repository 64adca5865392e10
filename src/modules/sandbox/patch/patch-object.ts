// PATCH in all its forms: glue between the verbs and the merges of `schema`.
import { type JsonArray, type JsonObject } from '../../common';
import { unsupportedMediaType } from '../status';
import { type ObjectTarget, type SandboxCore, type WriteOptions, type Written } from '../verbs';

export interface PatchOperation {
  readonly type: 'json' | 'merge' | 'strategic';
  readonly body: JsonObject | JsonArray;
}

/** @throws ApiStatusError */
export function patchObject(
  _core: SandboxCore,
  _target: ObjectTarget,
  _patch: PatchOperation,
  _options: WriteOptions,
): Written {
  throw unsupportedMediaType([]);
}

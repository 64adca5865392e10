import { type Property, unsupported } from '../../schema';
import { type SourceNode } from '../../common';

/** A block may stand in a file of its own, under the same key as here. */
export function include(key: string): Property<SourceNode> {
  return unsupported(`include files (with "${key}:")`);
}

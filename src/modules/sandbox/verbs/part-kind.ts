// Parts of an object that are written in another kind: to the decoder such a part is a resource of its own.
import { type MutableJsonObject } from '../../common';
import { builtinSchema } from '../../schema';
import { type ServedVersion } from '../registry';
import { type ObjectTarget } from './core.types';

export interface PartKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Defaults of what is sent. */
  readonly fill?: (draft: MutableJsonObject) => void;
}

/** The target as if its part were the object; the name in the path stays that of the owner. */
export function asKind(target: ObjectTarget, { group, version: name, kind, fill }: PartKind): ObjectTarget {
  const version: ServedVersion = { name, schema: builtinSchema(group, name, kind) ?? {}, hasStatus: false };
  const strategy = fill === undefined ? {} : { default: fill };
  const definition = { ...target.definition, group, kind, isCustom: false, versions: [version], strategy };
  return { ...target, version, definition };
}

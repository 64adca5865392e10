// JSON that a patch works on: a copy of its own, so that nothing the caller holds changes.
import { cloneJson, type JsonValue } from '../../../common';

export type Tree = string | number | boolean | null | Tree[] | TreeMap;

export interface TreeMap {
  [key: string]: Tree | undefined;
}

/** A deep copy without absent members. Keys like `__proto__` are members as others. */
export function copyOf(value: JsonValue): Tree {
  return cloneJson(value) as Tree;
}

// JSON that a patch works on: a copy of its own, so that nothing the caller holds changes.
import { isJsonArray, isJsonObject, type JsonValue, setOwn } from '../../../common';

export type Tree = string | number | boolean | null | Tree[] | TreeMap;

export interface TreeMap {
  [key: string]: Tree | undefined;
}

/** A deep copy without absent members. Keys like `__proto__` are members as others. */
export function copyOf(value: JsonValue): Tree {
  if (isJsonArray(value)) return value.map(copyOf);
  if (!isJsonObject(value)) return value;
  const copy: TreeMap = {};
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) setOwn(copy, key, copyOf(item));
  }
  return copy;
}

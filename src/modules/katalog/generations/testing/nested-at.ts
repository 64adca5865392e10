// Values at a place of the table, for specs.
import { type JsonValue } from '../../../common';
import { segmentsOf } from '../places';

/** `value` at `path` below the pattern; `*` is a key `one`, `[]` a list of one item. */
export function nestedAt(pattern: string, path: readonly string[], value: JsonValue): JsonValue {
  return [...segmentsOf(pattern), ...path].reduceRight<JsonValue>(
    (inner, segment) => (segment === '[]' ? [inner] : { [segment === '*' ? 'one' : segment]: inner }),
    value,
  );
}

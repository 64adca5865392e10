// JSON as Go's encoding/json writes it: sorted keys, characters of HTML escaped, integers of any size in full.
import { goJsonText } from '../../../common';
import { Float, GoInt, isList, sortedKeys, type Value } from '../../template/value';
import { NoteFailure } from '../registry';

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new NoteFailure(`json: unsupported value: ${value}`);
  // Both languages have an exponent below 1e-6 and from 1e21 on.
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Throws NoteFailure for NaN and infinities, which JSON does not have. */
export function toJson(value: Value): string {
  switch (typeof value) {
    case 'string':
      return goJsonText(value);
    case 'number':
      return numberText(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null || value === undefined) return 'null';
      if (value instanceof Float) return numberText(value.value);
      if (value instanceof GoInt) return String(value.value);
      if (isList(value)) return `[${value.map(toJson).join(',')}]`;
      return `{${sortedKeys(value)
        .map((key) => `${goJsonText(key)}:${toJson(value[key])}`)
        .join(',')}}`;
  }
}

// Numbers in fields of Go's int32, where an object comes from a map and not from a text (strategic patches, applies): the
// server converts then and does not decode. A whole number that is too large loses its upper bits, as in Go.
import { isJsonArray, isJsonObject, isNumber, isWhole, type JsonObject, type JsonValue } from '../../common';
import { type TypeSchema } from '../types/type-schema';

/** The object with what its int32 fields then hold; the very object when nothing changes. Built-in kinds only. */
export function wrapInt32Fields<T extends JsonObject>(object: T, schema: TypeSchema): T {
  return wrapped(object, schema) as T;
}

/** What Go says of the first number with a fraction in an int32 field; undefined when there is none. */
export function int32Problem(object: JsonObject, schema: TypeSchema): string | undefined {
  return hasFraction(object, schema) ? 'cannot convert float64 to int32' : undefined;
}

const isInt32 = ({ type, goType }: TypeSchema): boolean => type === 'integer' && goType === 'int32';

function wrapped(value: JsonValue, schema: TypeSchema): JsonValue {
  if (isNumber(value)) {
    return isInt32(schema) && isWhole(value) ? Number(BigInt.asIntN(32, BigInt(value))) : value;
  }
  const changed = childrenOf(value, schema).filter(([, child, node]) => wrapped(child, node) !== child);
  if (changed.length === 0) return value;
  const entries = changed.map(([key, child, node]) => [key, wrapped(child, node)] as const);
  return isJsonArray(value)
    ? Object.assign([...value], Object.fromEntries(entries))
    : { ...(value as JsonObject), ...Object.fromEntries(entries) };
}

function hasFraction(value: JsonValue, schema: TypeSchema): boolean {
  if (isNumber(value)) return isInt32(schema) && !isWhole(value);
  return childrenOf(value, schema).some(([, child, node]) => hasFraction(child, node));
}

type Child = readonly [key: string, value: JsonValue, schema: TypeSchema];

function childrenOf(value: JsonValue, { items, properties, additionalProperties }: TypeSchema): readonly Child[] {
  if (isJsonArray(value)) return items === undefined ? [] : value.map((item, index) => [`${index}`, item, items]);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]): readonly Child[] => {
    const node = properties?.get(key) ?? additionalProperties;
    return node === undefined || child === undefined ? [] : [[key, child, node]];
  });
}

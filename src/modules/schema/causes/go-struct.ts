// A Go struct without JSON tags, as encoding/json writes it: members by their Go names, in the order of the struct, those
// that were not set with their zero values. The server holds some kinds in such types, and its messages show them.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { goJson } from './go-text';

/** How a value of a Go type is written; undefined and null are its zero value. */
export type GoType = (value: JsonValue | undefined) => string;

/** `[Go name, JSON name, type]` of each member, in order. */
export type GoMembers = readonly (readonly [goName: string, name: string, type: GoType])[];

const orElse =
  (zero: JsonValue): GoType =>
  (value) =>
    goJson(value ?? zero);

/** string, bool and numbers have zero values of their own. */
export const goString = orElse('');
export const goBool = orElse(false);
export const goInt = orElse(0);
/** A pointer to a plain value, a slice or a map of plain values, or an interface. */
export const goValue = orElse(null);

export function goStruct(members: () => GoMembers): GoType {
  return (value) => {
    const object: JsonObject = isJsonObject(value) ? value : {};
    const texts = members().map(([goName, name, type]) => {
      return `${goJson(goName)}:${type(Object.hasOwn(object, name) ? object[name] : undefined)}`;
    });
    return `{${texts.join(',')}}`;
  };
}

export function goPointer(type: GoType): GoType {
  return (value) => (value === undefined || value === null ? 'null' : type(value));
}

export function goSlice(type: GoType): GoType {
  return (value) => (isJsonArray(value) ? `[${value.map((item) => type(item)).join(',')}]` : 'null');
}

/** A map: its keys come sorted. */
export function goMap(type: GoType): GoType {
  return (value) => {
    if (!isJsonObject(value)) return 'null';
    const texts = Object.keys(value)
      .sort()
      .map((key) => `${goJson(key)}:${type(value[key])}`);
    return `{${texts.join(',')}}`;
  };
}

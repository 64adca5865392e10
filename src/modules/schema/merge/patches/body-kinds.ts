// How the server's JSON decoder says that a body has the wrong form.
import { isJsonArray, type JsonValue } from '../../../common';

export function jsonKind(value: JsonValue): string {
  if (value === null) return 'null';
  if (isJsonArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  return typeof value;
}

export function unmarshalProblem(value: JsonValue, type: string): string {
  return `json: cannot unmarshal ${jsonKind(value)} into Go value of type ${type}`;
}

// Reading the nodes of a schema that nobody has checked yet.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../common';
import { own } from '../own-keys';

/** A text, '' when there is none. */
export function textAt(node: JsonObject, key: string): string {
  const value = own(node, key);
  return typeof value === 'string' ? value : '';
}

export function nodeAt(node: JsonObject, key: string): JsonObject | undefined {
  const value = own(node, key);
  return isJsonObject(value) ? value : undefined;
}

/** The nodes of a list (allOf, anyOf, oneOf). */
export function nodesAt(node: JsonObject, key: string): readonly JsonObject[] {
  const value = own(node, key);
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** The nodes of a map by name (properties). */
export function entriesAt(node: JsonObject, key: string): readonly (readonly [string, JsonObject])[] {
  const entries = Object.entries(nodeAt(node, key) ?? {});
  return entries.filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
}

export function isTrue(node: JsonObject, key: string): boolean {
  return own(node, key) === true;
}

/** Whether anything is said: a text, a list or a map that is empty, false and null say nothing. */
export function isSet(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (isJsonArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : true;
}

/** Whether there is a value that is not null. */
export function isGiven(node: JsonObject, key: string): boolean {
  const value = own(node, key);
  return value !== undefined && value !== null;
}

// Path elements of list items: by key fields (with their defaults) or, in a set, by value.
import { goQuote, isJsonArray, isJsonObject, type JsonArray, type JsonValue } from '../../common';

import { TypeMismatch } from './merge.errors';
import { keyElement, type PathElement, valueElement } from './path-element';
import { type ListShape } from './shape';

/** @throws TypeMismatch when the item can't be told apart. */
export function itemElement(shape: ListShape, item: JsonValue): PathElement {
  return shape.keys !== undefined && shape.keys.length > 0 ? byKey(shape, shape.keys, item) : byValue(item);
}

function byKey(shape: ListShape, keys: readonly string[], item: JsonValue): PathElement {
  if (item === null) throw mismatch('associative list with keys may not have a null element');
  if (!isJsonObject(item)) throw mismatch('associative list with keys may not have non-map elements');
  const found: (readonly [string, JsonValue])[] = [];
  for (const name of keys) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    const taken = value ?? (value === undefined ? (shape.keyDefault(name) ?? undefined) : null);
    if (taken !== undefined) found.push([name, taken]);
  }
  if (found.length === 0) {
    const names = keys.map((key) => goQuote(key)).join(' ');
    throw mismatch(
      `associative list with keys has an element that omits all key fields [${names}] ` +
        "(and doesn't have default values for any key fields)",
    );
  }
  return keyElement(found);
}

function byValue(item: JsonValue): PathElement {
  if (item === null) throw mismatch("associative list without keys has an element that's an explicit null");
  if (isJsonArray(item)) throw mismatch('not supported: associative list with lists as elements');
  if (isJsonObject(item)) throw mismatch("associative list without keys has an element that's a map type");
  return valueElement(item);
}

function mismatch(message: string): TypeMismatch {
  return new TypeMismatch([{ path: '', message }]);
}

export interface ItemsOfElement {
  readonly element: PathElement;
  /** More than one: duplicates. */
  readonly items: JsonValue[];
}

/** Items by element, in the order of their first appearance. */
export function itemsByElement(shape: ListShape, list: JsonArray | undefined): Map<string, ItemsOfElement> {
  const found = new Map<string, ItemsOfElement>();
  for (const item of list ?? []) {
    const element = itemElement(shape, item);
    const known = found.get(element.id);
    if (known === undefined) found.set(element.id, { element, items: [item] });
    else known.items.push(item);
  }
  return found;
}

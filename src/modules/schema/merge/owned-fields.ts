// Field sets of values: which places a configuration speaks of, and a value with places taken out or alone.
import { isJsonArray, isJsonObject, type JsonValue, type MutableJsonObject, setOwn } from '../../common';
import { type FieldSet, FieldSetBuilder } from './field-set';
import { itemElement, itemsByElement } from './list-items';
import { fieldElement, type PathElement } from './path-element';
import { facetOf, type ListShape, type MapShape, type Shape } from './shape';

/** Every leaf and every item that the value names. */
export function toFieldSet(value: JsonValue, shape: Shape): FieldSet {
  const set = new FieldSetBuilder();
  collect(value, shape, [], set);
  return set.build();
}

function collect(value: JsonValue, shape: Shape, path: PathElement[], set: FieldSetBuilder): void {
  switch (facetOf(shape, value)) {
    case 'map':
      if (shape.map?.isAtomic === true) set.insert(path);
      else if (isJsonObject(value)) collectMap(value, shape.map as MapShape, path, set);
      return;
    case 'list':
      if (shape.list?.isAtomic === true) set.insert(path);
      else if (isJsonArray(value)) collectItems(value, shape.list as ListShape, path, set);
      return;
    default:
      set.insert(path);
  }
}

function collectMap(
  map: Readonly<Record<string, JsonValue | undefined>>,
  shape: MapShape,
  path: PathElement[],
  set: FieldSetBuilder,
): void {
  for (const key of Object.keys(map)) {
    const value = map[key];
    const field = shape.field(key);
    if (value === undefined || field === undefined) continue;
    path.push(fieldElement(key));
    collect(value, field, path, set);
    // A named field is there by itself, an entry of a map is owned; so is what holds nothing.
    if (!shape.hasNamed(key) || value === null || isEmptyMap(value)) set.insert(path);
    path.pop();
  }
}

function isEmptyMap(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function collectItems(list: readonly JsonValue[], shape: ListShape, path: PathElement[], set: FieldSetBuilder): void {
  for (const { element, items } of itemsByElement(shape, list).values()) {
    path.push(element);
    if (items.length === 1) collect(items[0] as JsonValue, shape.items, path, set);
    set.insert(path);
    path.pop();
  }
}

/** The value without the places of the set; what is left of nothing is null. */
export function removeItems(value: JsonValue, set: FieldSet, shape: Shape): JsonValue {
  switch (facetOf(shape, value)) {
    case 'map':
      return removeFromMap(value, set, shape.map as MapShape);
    case 'list':
      return removeFromList(value, set, shape.list as ListShape);
    default:
      return value;
  }
}

function removeFromMap(value: JsonValue, set: FieldSet, shape: MapShape): JsonValue {
  if (!isJsonObject(value) || shape.isAtomic) return null;
  const kept: MutableJsonObject = {};
  let isEmpty = true;
  for (const key of Object.keys(value)) {
    const item = value[key];
    const element = fieldElement(key);
    if (item === undefined || set.members.has(element.id)) continue;
    const below = set.below(element);
    const field = shape.field(key);
    setOwn(kept, key, below.isEmpty || field === undefined ? item : removeItems(item, below, field));
    isEmpty = false;
  }
  return isEmpty ? null : kept;
}

function removeFromList(value: JsonValue, set: FieldSet, shape: ListShape): JsonValue {
  if (!isJsonArray(value) || shape.isAtomic) return null;
  const kept: JsonValue[] = [];
  for (const item of value) {
    const element = itemElement(shape, item);
    if (set.members.has(element.id)) continue;
    const below = set.below(element);
    kept.push(below.isEmpty ? item : removeItems(item, below, shape.items));
  }
  return kept.length === 0 ? null : kept;
}

/** The value with nothing but the places of the set. */
export function extractItems(value: JsonValue, set: FieldSet, shape: Shape): JsonValue {
  switch (facetOf(shape, value)) {
    case 'map':
      return extractFromMap(value, set, shape.map as MapShape);
    case 'list':
      return extractFromList(value, set, shape.list as ListShape);
    default:
      return value;
  }
}

function extractFromMap(value: JsonValue, set: FieldSet, shape: MapShape): JsonValue {
  if (!isJsonObject(value)) return null;
  if (shape.isAtomic || isEmptyMap(value)) return value;
  const kept: MutableJsonObject = {};
  let isEmpty = true;
  for (const key of Object.keys(value)) {
    const item = value[key];
    const field = shape.field(key);
    const element = fieldElement(key);
    const below = set.below(element);
    if (item === undefined || field === undefined || (below.isEmpty && !set.members.has(element.id))) continue;
    setOwn(kept, key, extractItems(item, below, field));
    isEmpty = false;
  }
  return isEmpty ? null : kept;
}

function extractFromList(value: JsonValue, set: FieldSet, shape: ListShape): JsonValue {
  if (!isJsonArray(value)) return null;
  if (shape.isAtomic || value.length === 0) return value;
  const kept: JsonValue[] = [];
  for (const item of value) {
    const element = itemElement(shape, item);
    const below = set.below(element);
    if (!below.isEmpty) kept.push(extractItems(item, below, shape.items));
    else if (set.members.has(element.id)) kept.push(item);
  }
  return kept.length === 0 ? null : kept;
}

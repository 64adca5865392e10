// What changed between two values, as field sets: the ownership of a write follows from it.
import { isJsonArray, isJsonObject, jsonEquals, type JsonObject, type JsonValue } from '../../common';
import { type FieldSet, FieldSetBuilder } from './field-set';
import { itemsByElement } from './list-items';
import { fieldElement, type PathElement } from './path-element';
import { facetOf, type Facet, type ListShape, type MapShape, type Shape } from './shape';

/** No field is in more than one of the sets; all are empty for equal values. */
export interface Changes {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** @throws TypeMismatch when items of a keyed list can't be told apart. */
export function compareObjects(before: JsonValue, after: JsonValue, shape: Shape): Changes {
  const comparison = new Comparison();
  comparison.compare(before, after, shape);
  return comparison.changes();
}

/** Without the places of the set and everything below them. */
export function changesWithout(changes: Changes, set: FieldSet): Changes {
  return {
    added: changes.added.recursiveDifference(set),
    modified: changes.modified.recursiveDifference(set),
    removed: changes.removed.recursiveDifference(set),
  };
}

type Maybe = JsonValue | undefined;

class Comparison {
  private readonly path: PathElement[] = [];
  private readonly added = new FieldSetBuilder();
  private readonly modified = new FieldSetBuilder();
  private readonly removed = new FieldSetBuilder();

  changes(): Changes {
    return { added: this.added.build(), modified: this.modified.build(), removed: this.removed.build() };
  }

  compare(before: Maybe, after: Maybe, shape: Shape): void {
    if (before === undefined && after === undefined) return;
    // What both hold by reference is the same, down to the last field.
    if (before === after) return;
    const [old, now] = [facetOf(shape, before), facetOf(shape, after)];
    let isLeaf: boolean;
    if (after === undefined) isLeaf = this.visit(old, before, after, shape);
    else {
      // A value that changed its type took its old fields along.
      if (before !== undefined && old !== now) this.visit(old, before, after, shape);
      isLeaf = this.visit(now, before, after, shape);
    }
    if (isLeaf) return;
    if (before === undefined) this.added.insert(this.path);
    else if (after === undefined) this.removed.insert(this.path);
  }

  /** True for a leaf: its own place has been entered. */
  private visit(facet: Facet | undefined, before: Maybe, after: Maybe, shape: Shape): boolean {
    switch (facet) {
      case 'map':
        return this.maps(before, after, shape.map as MapShape);
      case 'list':
        return this.lists(before, after, shape.list as ListShape);
      default:
        return this.leaf(before, after);
    }
  }

  private leaf(before: Maybe, after: Maybe): true {
    if (before === undefined) this.added.insert(this.path);
    else if (after === undefined) this.removed.insert(this.path);
    else if (!jsonEquals(before, after)) this.modified.insert(this.path);
    return true;
  }

  private maps(before: Maybe, after: Maybe, shape: MapShape): boolean {
    const old = isJsonObject(before) ? before : undefined;
    const now = isJsonObject(after) ? after : undefined;
    // Empty and null are told apart as leaves.
    if (shape.isAtomic || (isEmptyMap(old) && isEmptyMap(now))) return this.leaf(before, after);
    for (const key of ownKeys(old, now)) {
      const field = shape.field(key);
      if (field !== undefined) this.below(fieldElement(key), own(old, key), own(now, key), field);
    }
    return false;
  }

  private lists(before: Maybe, after: Maybe, shape: ListShape): boolean {
    const old = isJsonArray(before) ? before : undefined;
    const now = isJsonArray(after) ? after : undefined;
    const isEmpty = (old === undefined || old.length === 0) && (now === undefined || now.length === 0);
    if (shape.isAtomic || isEmpty) return this.leaf(before, after);
    const [oldItems, nowItems] = [itemsByElement(shape, old), itemsByElement(shape, now)];
    for (const [id, { element, items }] of oldItems) {
      this.items(element, items, nowItems.get(id)?.items ?? [], shape);
    }
    for (const [id, { element, items }] of nowItems) {
      if (!oldItems.has(id)) this.items(element, [], items, shape);
    }
    return false;
  }

  /** Duplicates are compared as one leaf: nothing below them can be owned. */
  private items(element: PathElement, old: readonly JsonValue[], now: readonly JsonValue[], shape: ListShape): void {
    const place = [...this.path, element];
    if (old.length <= 1 && now.length <= 1) this.below(element, old[0], now[0], shape.items);
    else if (old.length > 1 && now.length > 1) {
      if (!jsonEquals(old, now)) this.modified.insert(place);
    } else if (old.length > 1) {
      if (now.length > 0) this.below(element, undefined, now[0], shape.items);
      this.removed.insert(place);
    } else {
      if (old.length > 0) this.below(element, old[0], undefined, shape.items);
      this.added.insert(place);
    }
  }

  private below(element: PathElement, before: Maybe, after: Maybe, shape: Shape): void {
    this.path.push(element);
    this.compare(before, after, shape);
    this.path.pop();
  }
}

function isEmptyMap(map: JsonObject | undefined): boolean {
  for (const key in map) if (Object.hasOwn(map, key) && map[key] !== undefined) return false;
  return true;
}

function ownKeys(a: JsonObject | undefined, b: JsonObject | undefined): readonly string[] {
  const keys = a === undefined ? [] : Object.keys(a);
  if (b !== undefined) for (const key of Object.keys(b)) if (a === undefined || !Object.hasOwn(a, key)) keys.push(key);
  return keys;
}

function own(map: JsonObject | undefined, key: string): Maybe {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

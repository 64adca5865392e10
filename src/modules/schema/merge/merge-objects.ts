// A configuration merged into a live value. Nothing is removed by it; where both speak the configuration wins; items of a
// keyed list stand in the order of the configuration, with the other items where they were among them.
import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  setOwn,
} from '../../common';
import { itemElement } from './list-items';
import { TypeMismatch } from './merge.errors';
import { type PathElement, printElement } from './path-element';
import { facetOf, type ListShape, type MapShape, type Shape } from './shape';

type Maybe = JsonValue | undefined;

/** @throws TypeMismatch for duplicates in a keyed list of the configuration. */
export function mergeObjects(live: Maybe, config: Maybe, shape: Shape): Maybe {
  switch (facetOf(shape, config === undefined ? live : config)) {
    case 'map':
      return mergeMaps(live, config, shape.map as MapShape);
    case 'list':
      return mergeLists(live, config, shape.list as ListShape);
    default:
      return leaf(live, config);
  }
}

function leaf(live: Maybe, config: Maybe): Maybe {
  return config === undefined ? live : config;
}

function mergeMaps(live: Maybe, config: Maybe, shape: MapShape): Maybe {
  const old = isJsonObject(live) ? live : undefined;
  const wanted = isJsonObject(config) ? config : undefined;
  if (shape.isAtomic || (isEmptyMap(old) && isEmptyMap(wanted))) return leaf(live, config);
  const merged: MutableJsonObject = {};
  let isEmpty = true;
  const put = (key: string, mine: Maybe, theirs: Maybe): void => {
    const field = shape.field(key);
    const value = field === undefined ? leaf(mine, theirs) : mergeObjects(mine, theirs, field);
    if (value === undefined) return;
    setOwn(merged, key, value);
    isEmpty = false;
  };
  for (const key of keysOf(old)) put(key, old?.[key], own(wanted, key));
  for (const key of keysOf(wanted)) if (own(old, key) === undefined) put(key, undefined, wanted?.[key]);
  return isEmpty ? undefined : merged;
}

function isEmptyMap(map: JsonObject | undefined): boolean {
  return map === undefined || Object.keys(map).length === 0;
}

function keysOf(map: JsonObject | undefined): readonly string[] {
  return map === undefined ? [] : Object.keys(map);
}

function own(map: JsonObject | undefined, key: string): Maybe {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function mergeLists(live: Maybe, config: Maybe, shape: ListShape): Maybe {
  const old = isJsonArray(live) ? live : [];
  const wanted = isJsonArray(config) ? config : [];
  if (shape.isAtomic || (old.length === 0 && wanted.length === 0)) return leaf(live, config);
  const items = new ItemMerge(shape, old, wanted).run();
  return items.length === 0 ? undefined : items;
}

interface Indexed {
  readonly order: readonly PathElement[];
  /** By the id of the element; null for duplicates, which are not merged. */
  readonly items: ReadonlyMap<string, JsonValue>;
}

/** Two runs through both lists at once: items that both have stand where the configuration has them. */
class ItemMerge {
  private readonly live: Indexed;
  private readonly config: Indexed;
  private readonly merged: JsonValue[] = [];
  private readonly taken = new Set<string>();
  /** Elements of the configuration that the live list has too, in order. */
  private readonly shared: string[];
  private nextShared: string | undefined;
  private liveAt = 0;
  private configAt = 0;

  constructor(
    private readonly shape: ListShape,
    private readonly liveList: JsonArray,
    config: JsonArray,
  ) {
    this.config = indexed(shape, config, false);
    this.live = indexed(shape, liveList, true);
    this.shared = this.config.order.filter(({ id }) => this.live.items.has(id)).map(({ id }) => id);
    this.nextShared = this.shared.shift();
  }

  run(): readonly JsonValue[] {
    for (;;) {
      const mine = this.live.order[this.liveAt];
      const theirs = this.config.order[this.configAt];
      if (mine === undefined && theirs === undefined) return this.merged;
      if (mine !== undefined && theirs !== undefined) {
        if (mine.id === theirs.id) {
          this.takeBoth(mine);
          continue;
        }
        if (this.config.items.has(mine.id) && this.nextShared !== undefined && this.nextShared !== mine.id) {
          // Shared, but its turn comes later.
          this.liveAt++;
          continue;
        }
      }
      if (mine !== undefined && !this.config.items.has(mine.id)) {
        this.push(mergeObjects(this.liveList[this.liveAt++], undefined, this.shape.items));
        continue;
      }
      if (mine !== undefined && this.taken.has(mine.id)) this.liveAt++;
      if (theirs !== undefined) this.takeConfig(theirs);
    }
  }

  private takeBoth(element: PathElement): void {
    this.merge(element);
    this.liveAt++;
    this.configAt++;
    this.nextShared = this.shared.shift();
  }

  private takeConfig(element: PathElement): void {
    this.merge(element);
    this.configAt++;
    if (this.nextShared === element.id) this.nextShared = this.shared.shift();
  }

  private merge(element: PathElement): void {
    this.taken.add(element.id);
    this.push(mergeObjects(this.live.items.get(element.id), this.config.items.get(element.id), this.shape.items));
  }

  private push(item: Maybe): void {
    if (item !== undefined) this.merged.push(item);
  }
}

function indexed(shape: ListShape, list: JsonArray, allowsDuplicates: boolean): Indexed {
  const order: PathElement[] = [];
  const items = new Map<string, JsonValue>();
  for (const item of list) {
    const element = itemElement(shape, item);
    if (!items.has(element.id)) items.set(element.id, item);
    else if (allowsDuplicates) items.set(element.id, null);
    else {
      throw new TypeMismatch([{ path: '', message: `duplicate entries for key ${printElement(element)}` }]);
    }
    order.push(element);
  }
  return { order, items };
}

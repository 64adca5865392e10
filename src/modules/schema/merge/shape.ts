// How a place of an object is merged, read from its TypeSchema: as a scalar, a list, a map or (unknown types) as whatever
// the value turns out to be. Kept beside the schema node, built on first use: schemas refer to themselves.
import { type JsonValue } from '../../common';
import { type TypeSchema } from '../types/type-schema';

export type ScalarType = 'numeric' | 'string' | 'boolean' | 'untyped';

export interface ListShape {
  /** Replaced as a whole. */
  readonly isAtomic: boolean;
  /** Key fields of a list of maps; undefined for a set. */
  readonly keys: readonly string[] | undefined;
  readonly items: Shape;
  /** What a key field is when an item leaves it out. */
  readonly keyDefault: (name: string) => JsonValue | undefined;
}

export interface MapShape {
  /** Replaced as a whole. */
  readonly isAtomic: boolean;
  /** A struct names its fields. */
  readonly hasNamed: (key: string) => boolean;
  /** Undefined: the field may not be there. */
  readonly field: (key: string) => Shape | undefined;
  /** Nothing is known of its fields. */
  readonly isDeduced: boolean;
}

/** A known type has one of the three, an unknown one has all. */
export interface Shape {
  readonly scalar?: ScalarType;
  readonly list?: ListShape;
  readonly map?: MapShape;
}

/** Which part of a shape speaks for a value. */
export type Facet = 'scalar' | 'list' | 'map';

const UNTYPED: Shape = {
  scalar: 'untyped',
  list: {
    isAtomic: true,
    keys: undefined,
    get items() {
      return UNTYPED;
    },
    keyDefault: () => undefined,
  },
  map: { isAtomic: true, hasNamed: () => false, field: () => UNTYPED, isDeduced: false },
};

/** Of a place of which nothing is known: maps are merged key by key, lists replaced. */
export const DEDUCED: Shape = {
  scalar: 'untyped',
  ...(UNTYPED.list === undefined ? {} : { list: UNTYPED.list }),
  map: { isAtomic: false, hasNamed: () => false, field: () => DEDUCED, isDeduced: true },
};

const shapes = { plain: new WeakMap<TypeSchema, Shape>(), keeping: new WeakMap<TypeSchema, Shape>() };

/**
 * @param keepsUnknown whether a node above keeps unknown fields: everything below it does too.
 */
export function shapeOf(schema: TypeSchema, keepsUnknown = false): Shape {
  const keeps = keepsUnknown || schema.keepsUnknown === true;
  const known = keeps ? shapes.keeping : shapes.plain;
  let shape = known.get(schema);
  if (shape === undefined) {
    shape = newShape(schema, keeps);
    known.set(schema, shape);
  }
  return shape;
}

function newShape(schema: TypeSchema, keeps: boolean): Shape {
  switch (schema.type) {
    case 'object':
      return { map: mapShape(schema, keeps) };
    case 'array':
      return { list: listShape(schema, keeps) };
    case 'integer':
    case 'number':
      return { scalar: 'numeric' };
    case 'boolean':
      return { scalar: 'boolean' };
    case 'string':
      // Any other format may be written as a number too (quantities, int-or-string).
      return { scalar: schema.format === undefined || schema.format === 'byte' ? 'string' : 'untyped' };
    case undefined:
      if (schema.format === 'quantity') return { scalar: 'untyped' };
      return { scalar: 'untyped', list: listShape(schema, keeps), map: mapShape(schema, keeps) };
  }
}

function mapShape(schema: TypeSchema, keeps: boolean): MapShape {
  const { properties, additionalProperties } = schema;
  const isOpen = keeps || properties === undefined || properties.size === 0;
  const others = (): Shape | undefined =>
    additionalProperties !== undefined ? shapeOf(additionalProperties, keeps) : isOpen ? DEDUCED : undefined;
  return {
    isAtomic: schema.isAtomicMap === true,
    hasNamed: (key) => properties?.has(key) === true,
    field: (key) => {
      const named = properties?.get(key);
      return named === undefined ? others() : shapeOf(named, keeps);
    },
    isDeduced: additionalProperties === undefined && isOpen && (properties === undefined || properties.size === 0),
  };
}

function listShape(schema: TypeSchema, keeps: boolean): ListShape {
  const { items } = schema;
  return {
    ...listTypeOf(schema),
    get items() {
      return items === undefined ? UNTYPED : shapeOf(items, keeps);
    },
    keyDefault: (name) => items?.properties?.get(name)?.default,
  };
}

/** Without a list type the patch strategy speaks, as it does for some built-in kinds. */
function listTypeOf(schema: TypeSchema): { readonly isAtomic: boolean; readonly keys: readonly string[] | undefined } {
  const { listType, listMapKeys, patchStrategy, patchMergeKey } = schema;
  if (listType === 'map') return { isAtomic: false, keys: listMapKeys ?? [] };
  if (listType === 'set') return { isAtomic: false, keys: undefined };
  if (listType === undefined && patchStrategy?.includes('merge') === true) {
    return { isAtomic: false, keys: patchMergeKey === undefined ? undefined : [patchMergeKey] };
  }
  return { isAtomic: true, keys: undefined };
}

/** The facet that a value of this shape is read with; undefined for a shape without any. */
export function facetOf(shape: Shape, value: JsonValue | undefined): Facet | undefined {
  if (value !== undefined && value !== null) {
    const own: Facet = Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : 'scalar';
    if (shape[own] !== undefined) return own;
  }
  if (shape.map !== undefined) return 'map';
  if (shape.scalar !== undefined) return 'scalar';
  return shape.list === undefined ? undefined : 'list';
}

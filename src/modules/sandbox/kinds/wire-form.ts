// An object as the Go types of the real server would write it after reading: null and empty values that a type leaves out
// are gone, zero values that it always writes are there, quantities and times have their canonical text.
import { isJsonArray, isJsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type TypeSchema } from '../../schema';
import { canonicalQuantity } from './quantity-form';
import { GO_FIELDS } from './recorded/go-fields.table';

interface Fields {
  readonly drops: ReadonlySet<string>;
  readonly writes: readonly (readonly [string, JsonValue])[];
}

const NONE: Fields = { drops: new Set(), writes: [] };
const known = new Map<string, Fields>();

/** Changes the object in place. Unknown fields stay. */
export function toWireForm(object: MutableJsonObject, schema: TypeSchema): void {
  settleObject(object, schema);
}

/**
 * Members that are null when they were never set. Nobody owns them, so they come when ownership is noted already. A list
 * that is empty was not kept by the store of the real server.
 */
export function writeNulls(object: MutableJsonObject, schema: TypeSchema): void {
  for (const [field, value] of fieldsOf(schema).writes) {
    if (value === null && isEmpty(object[field] ?? null)) object[field] = null;
  }
  for (const field of Object.keys(object)) {
    const child = schema.properties?.get(field) ?? schema.additionalProperties;
    const value = object[field];
    if (child === undefined) continue;
    if (isJsonObject(value) && child.keepsUnknown !== true) writeNulls(value, child);
    if (isJsonArray(value) && child.items !== undefined) {
      for (const item of value) if (isJsonObject(item)) writeNulls(item, child.items);
    }
  }
}

/** `isItem`: of a list, below an item of one too. The times that such a struct never had belong to who wrote it. */
function settleObject(object: MutableJsonObject, schema: TypeSchema, isItem = false): void {
  const { drops, writes } = fieldsOf(schema);
  const isStruct = schema.properties !== undefined;
  for (const [field, value] of writes) {
    if (value !== null) object[field] ??= isJsonObject(value) ? {} : value;
    else if (isItem && isTime(schema.properties?.get(field))) object[field] ??= null;
  }
  for (const field of Object.keys(object)) {
    const child = schema.properties?.get(field) ?? schema.additionalProperties;
    if (child === undefined) continue;
    const value = object[field];
    if (value === null && isItem && isTime(child)) continue;
    if (value === null && isStruct) delete object[field];
    else if (value !== undefined) object[field] = value === null ? zeroOf(child) : settled(value, child, isItem);
    if (drops.has(field) && isEmpty(object[field])) delete object[field];
  }
}

function isTime(schema: TypeSchema | undefined): boolean {
  return schema?.format === 'date-time' || schema?.format === 'micro-time';
}

function settled(value: JsonValue, schema: TypeSchema, isItem = false): JsonValue {
  if (schema.format === 'quantity') return canonicalQuantity(value);
  if (isJsonArray(value)) {
    const { items } = schema;
    return items === undefined
      ? value
      : value.map((item) => (item === null ? zeroOf(items) : settled(item, items, true)));
  }
  if (isJsonObject(value)) {
    if (schema.keepsUnknown !== true) settleObject(value, schema, isItem);
    return value;
  }
  if (typeof value === 'string' && (schema.format === 'date-time' || schema.format === 'micro-time')) {
    return canonicalTime(value, schema.format === 'micro-time');
  }
  return value;
}

/** What null is read as in a map or a list, whose values are no pointers. */
function zeroOf(schema: TypeSchema): JsonValue {
  const { type, format } = schema;
  if (format === 'quantity') return '0';
  if (format === 'int-or-string') return 0;
  if (schema.keepsUnknown === true || format === 'date-time' || format === 'micro-time') return null;
  switch (type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'object':
      return schema.properties === undefined ? null : settled({}, schema);
    default:
      return null;
  }
}

/** Seconds in UTC, or microseconds; what is no time stays as it is. */
function canonicalTime(text: string, isMicro: boolean): string {
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) return text;
  const seconds = new Date(epochMs).toISOString().slice(0, 19);
  if (!isMicro) return `${seconds}Z`;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === '' || value === 0 || value === false || value === null) return true;
  if (isJsonArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function fieldsOf({ goType }: TypeSchema): Fields {
  if (goType === undefined) return NONE;
  let fields = known.get(goType);
  if (fields === undefined) known.set(goType, (fields = read(goType)));
  return fields;
}

function read(goType: string): Fields {
  const recorded = Object.hasOwn(GO_FIELDS, goType) ? GO_FIELDS[goType] : undefined;
  if (recorded === undefined) return NONE;
  return { drops: new Set(recorded.drops?.split(' ')), writes: Object.entries(recorded.writes ?? {}) };
}

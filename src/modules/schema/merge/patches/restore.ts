// After a strategic merge patch the server puts the result back into its Go type; this is what does not fit, in its words.
import { isJsonArray, isJsonObject, isNumber, isWhole, type JsonObject, type JsonValue } from '../../../common';
import { type TypeSchema } from '../../types/type-schema';

/** Types that read themselves from JSON. */
const SELF_READING = new Set(['date-time', 'micro-time', 'int-or-string', 'quantity']);

/** The first place that does not fit; undefined when all do. */
export function restoreProblem(value: JsonValue, schema: TypeSchema): string | undefined {
  if (value === null || schema.keepsUnknown === true || SELF_READING.has(schema.format ?? '')) return undefined;
  switch (schema.type) {
    case 'object':
      return mapProblem(value, schema);
    case 'array':
      return listProblem(value, schema);
    case undefined:
      return undefined;
    default:
      return scalarProblem(value, schema);
  }
}

function mapProblem(value: JsonValue, schema: TypeSchema): string | undefined {
  const { properties, additionalProperties } = schema;
  const isStruct = properties !== undefined && properties.size > 0;
  if (!isJsonObject(value)) return `cannot restore ${isStruct ? 'struct from:' : 'map from'} ${kindOf(value)}`;
  for (const [key, field] of isStruct ? properties : fieldsOf(value, additionalProperties)) {
    const item = Object.hasOwn(value, key) ? value[key] : undefined;
    const problem = item === undefined ? undefined : restoreProblem(item, field);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fieldsOf(map: JsonObject, schema: TypeSchema | undefined): readonly (readonly [string, TypeSchema])[] {
  return schema === undefined ? [] : Object.keys(map).map((key) => [key, schema] as const);
}

function listProblem(value: JsonValue, schema: TypeSchema): string | undefined {
  if (!isJsonArray(value)) return `cannot restore slice from ${kindOf(value)}`;
  for (const item of value) {
    const problem = schema.items === undefined ? undefined : restoreProblem(item, schema.items);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function scalarProblem(value: JsonValue, schema: TypeSchema): string | undefined {
  const kind = kindOf(value);
  const type = schema.goType ?? baseKind(schema);
  const unrecognized = `unrecognized type: ${baseKind(schema)}`;
  const inconvertible = `cannot convert ${kind} to ${type}`;
  switch (schema.type) {
    case 'string':
      if (schema.format === 'byte') return kind === 'string' ? undefined : `cannot restore slice from ${kind}`;
      if (kind === 'string') return undefined;
      return kind === 'int64' ? inconvertible : unrecognized;
    case 'boolean':
      return kind === 'bool' ? undefined : unrecognized;
    case 'number':
      return isNumber(value) ? undefined : unrecognized;
    default:
      if (kind === 'int64') return undefined;
      return kind === 'float64' ? inconvertible : unrecognized;
  }
}

function baseKind(schema: TypeSchema): string {
  switch (schema.type) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'integer':
      return schema.format ?? 'int64';
    default:
      return 'string';
  }
}

function kindOf(value: JsonValue): string {
  if (isJsonArray(value)) return 'slice';
  if (isJsonObject(value)) return 'map';
  if (isNumber(value)) return isWhole(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

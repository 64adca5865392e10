// What a strategic merge patch asks of the type of a field, and how it says that something does not fit.
import { isJsonArray, isJsonObject, isNumber, isWhole, type JsonObject, type JsonValue } from '../../../common';
import { type TypeSchema } from '../../types/type-schema';
import { goPrinted } from '../go-text';
import { PatchRefused } from '../merge.errors';

export interface ListType {
  /** Merged item by item; otherwise replaced. */
  readonly isMerged: boolean;
  /** Empty for scalars. */
  readonly mergeKey: string;
  readonly items: TypeSchema | undefined;
}

/** @throws PatchRefused when a struct has no such field. */
export function fieldOf(
  schema: TypeSchema | undefined,
  key: string,
): { readonly schema: TypeSchema | undefined; readonly isReplaced: boolean } {
  const field = lookUp(schema, key);
  return { schema: field, isReplaced: strategyOf(field) === 'replace' };
}

/** @throws PatchRefused when a struct has no such field. */
export function listTypeOf(schema: TypeSchema | undefined, key: string): ListType {
  const field = lookUp(schema, key);
  return { isMerged: strategyOf(field) === 'merge', mergeKey: field?.patchMergeKey ?? '', items: field?.items };
}

function strategyOf(field: TypeSchema | undefined): 'merge' | 'replace' | undefined {
  return field?.patchStrategy?.find((strategy) => strategy !== 'retainKeys');
}

function lookUp(schema: TypeSchema | undefined, key: string): TypeSchema | undefined {
  if (schema === undefined) return undefined;
  const field = schema.properties?.get(key);
  if (field !== undefined) return field;
  if (schema.properties === undefined) {
    throw failure('merging an object in json but data type is not struct, instead is: map');
  }
  const type = (schema.goType ?? '').split('.').at(-1) ?? '';
  throw failure(`unable to find api field in struct ${type} for the json field ${JSON.stringify(key)}`);
}

/** What the server did not expect to happen: 500, and the words of the library. */
export function failure(message: string): PatchRefused {
  return new PatchRefused(500, '', message);
}

export function badType(expected: string, actual: JsonValue): PatchRefused {
  return failure(`expected a ${expected}, but received a ${typeName(actual)}`);
}

export function missingKey(item: JsonObject, mergeKey: string): PatchRefused {
  return failure(`map: ${goPrinted(item)} does not contain declared merge key: ${mergeKey}`);
}

export function unknownDirective(directive: JsonValue, patch: JsonObject): PatchRefused {
  return failure(`unknown patch type: ${printedAsText(directive)} in map: ${goPrinted(patch)}`);
}

/** `%s` of a value that may be no text. */
function printedAsText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (value === null) return '%!s(<nil>)';
  if (isJsonArray(value)) return `[${value.map(printedAsText).join(' ')}]`;
  if (isJsonObject(value)) return goPrinted(value);
  return `%!s(${typeName(value)}=${String(value)})`;
}

/** The Go type of decoded JSON; whole numbers are kept as such. */
function typeName(value: JsonValue): string {
  if (value === null) return '%!s(<nil>)';
  if (typeof value === 'boolean') return 'bool';
  if (isNumber(value)) return isWhole(value) ? 'int64' : 'float64';
  if (typeof value === 'string') return 'string';
  return isJsonArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

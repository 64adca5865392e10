// Values of a wrong type in an object of a built-in kind. A real server decodes into Go structs and answers 400 with the
// words of the decoder, before it looks at anything else. Types with a decoder of their own (times, quantities,
// int-or-string) end the decoding at once; other mistakes are kept, and the first of the document is told.
import { isJsonArray, isJsonObject, isNumber, type JsonArray, type JsonObject, type JsonValue } from '../../common';
import { type TypeSchema } from '../types/type-schema';
import { base64Problem } from './base64';
import { type NumberTexts } from './go-document';
import { timeProblem } from './go-time';

/** Where a value stands: the Go struct that holds the field, and the path of names from the root (no indexes, no keys). */
interface Place {
  readonly struct: string;
  readonly path: string;
  readonly numbers: NumberTexts | undefined;
  /** Of the number that stands there. */
  readonly text?: string | undefined;
}

/** Ends the decoding. */
class Abort {
  constructor(readonly problem: string) {}
}

const QUANTITY = /^[+-]?(?=[0-9.])[0-9]*\.?[0-9]*[eEinumkKMGTP]*[-+]?[0-9]*$/;
const QUANTITY_SUFFIX = /^[+-]?[0-9.]+(|[num]|[kMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)$/;
const INT32_LIMIT = 2 ** 31;
const INT64_LIMIT = 2 ** 63;

/**
 * What Go says of the first value of a wrong type; undefined when all have theirs. A server puts
 * `<Kind> in version "<version>" cannot be handled as a <Kind>: ` in front. Null is never wrong. Knows built-in kinds
 * only. `numbers`: their texts, where those are known (`goDocument`).
 */
export function typeProblem(value: JsonObject, schema: TypeSchema, numbers?: NumberTexts): string | undefined {
  const found = visit(value, schema, { struct: '', path: '', numbers });
  return found instanceof Abort ? found.problem : found;
}

/** The first mistake; an Abort as soon as there is one. */
type Found = string | Abort | undefined;

function visit(value: JsonValue, schema: TypeSchema, place: Place): Found {
  if (value === null) return undefined;
  const own = ownDecoder(value, schema, place);
  if (own !== undefined) return own.found;
  if (schema.type === undefined || schema.keepsUnknown === true) return undefined;
  if (isJsonObject(value)) return visitMap(value, schema, place);
  if (isJsonArray(value)) return visitList(value, schema, place);
  return scalarProblem(value, schema, place);
}

interface Decoded {
  readonly found: Abort | undefined;
}

/** What a type says that decodes itself; undefined for other types. */
function ownDecoder(value: JsonValue, schema: TypeSchema, place: Place): Decoded | undefined {
  const decoded = (problem: string | undefined): Decoded => ({
    found: problem === undefined ? undefined : new Abort(problem),
  });
  switch (schema.format) {
    case 'date-time':
      return decoded(textProblem(value, place, (text) => timeProblem(text, 'seconds')));
    case 'micro-time':
      return decoded(textProblem(value, place, (text) => timeProblem(text, 'microseconds')));
    case 'quantity':
      return decoded(quantityProblem(value));
    case 'int-or-string':
      return decoded(typeof value === 'string' ? undefined : integerProblem(value, 'int32', place));
    default:
      break;
  }
  if (schema.goType !== 'v1.JSONSchemaPropsOrBool') return undefined;
  return decoded(isJsonObject(value) || typeof value === 'boolean' ? undefined : 'boolean or JSON schema expected');
}

function textProblem(value: JsonValue, place: Place, check: (text: string) => string | undefined): string | undefined {
  return typeof value === 'string' ? check(value) : mismatch(nameOf(value), 'string', place);
}

function quantityProblem(value: JsonValue): string | undefined {
  const text = isNumber(value) ? String(value) : value;
  if (typeof text !== 'string' || !QUANTITY.test(text.trim())) {
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  }
  return QUANTITY_SUFFIX.test(text.trim()) ? undefined : "unable to parse quantity's suffix";
}

function visitMap(map: JsonObject, schema: TypeSchema, place: Place): Found {
  if (schema.type !== 'object') return mismatch('object', typeNameOf(schema), place);
  let first: string | undefined;
  for (const [name, child] of Object.entries(map)) {
    const field = schema.properties?.get(name);
    const node = field ?? schema.additionalProperties;
    if (child === undefined || node === undefined) continue;
    const text = textOf(map, name, place);
    const found = visit(child, node, { ...(field === undefined ? place : placeOf(schema, field, name, place)), text });
    if (found instanceof Abort) return found;
    first ??= found;
  }
  return first;
}

/** How the number was written. */
function textOf(holder: object, member: string | number, { numbers }: Place): string | undefined {
  return numbers?.get(holder)?.[member];
}

function placeOf(schema: TypeSchema, field: TypeSchema, name: string, { path, numbers }: Place): Place {
  const step = field.goPath ?? name;
  return { struct: structOf(schema), path: path === '' ? step : `${path}.${step}`, numbers };
}

/** `v1.Container` -> `Container`. */
function structOf({ goType = '' }: TypeSchema): string {
  return goType.slice(goType.lastIndexOf('.') + 1);
}

function visitList(list: JsonArray, schema: TypeSchema, place: Place): Found {
  const isBytes = schema.format === 'byte';
  if (schema.type !== 'array' && !isBytes) return mismatch('array', typeNameOf(schema), place);
  let first: string | undefined;
  for (const [index, item] of list.entries()) {
    const here = { ...place, text: textOf(list, index, place) };
    const found = isBytes ? byteProblem(item, here) : schema.items && visit(item, schema.items, here);
    if (found instanceof Abort) return found;
    first ??= found;
  }
  return first;
}

function byteProblem(item: JsonValue, place: Place): string | undefined {
  if (item === null || (typeof item === 'number' && Number.isInteger(item) && item >= 0 && item < 256)) {
    return undefined;
  }
  return mismatch(isNumber(item) ? `number ${item}` : nameOf(item), 'uint8', place);
}

function scalarProblem(value: JsonValue, schema: TypeSchema, place: Place): string | undefined {
  switch (schema.type) {
    case 'integer':
      return integerProblem(value, typeNameOf(schema), place);
    case 'number':
      if (!isNumber(value)) return mismatch(nameOf(value), typeNameOf(schema), place);
      return Number.isFinite(Number(value))
        ? undefined
        : mismatch(`number ${place.text ?? value}`, typeNameOf(schema), place);
    case 'string':
      if (typeof value !== 'string') return mismatch(nameOf(value), typeNameOf(schema), place);
      return schema.format === 'byte' ? bytesProblem(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : mismatch(nameOf(value), typeNameOf(schema), place);
    default:
      return mismatch(nameOf(value), typeNameOf(schema), place);
  }
}

function bytesProblem(text: string): string | undefined {
  const at = base64Problem(text);
  return at === undefined ? undefined : `illegal base64 data at input byte ${at}`;
}

function integerProblem(value: JsonValue, type: string, place: Place): string | undefined {
  if (!isNumber(value)) return mismatch(nameOf(value), type, place);
  const limit = type === 'int32' ? INT32_LIMIT : INT64_LIMIT;
  const { text } = place;
  const fits = text === undefined ? isWithin(value, limit) : /^-?[0-9]+$/.test(text) && isWithin(BigInt(text), limit);
  return fits ? undefined : mismatch(`number ${text ?? value}`, type, place);
}

function isWithin(value: number | bigint, limit: number): boolean {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  return isWhole && value >= -BigInt(limit) && value < BigInt(limit);
}

function typeNameOf({ goType = 'string' }: TypeSchema): string {
  return goType;
}

function nameOf(value: JsonValue): string {
  if (typeof value === 'boolean') return 'bool';
  if (isNumber(value)) return 'number';
  if (typeof value === 'string') return 'string';
  return isJsonArray(value) ? 'array' : 'object';
}

function mismatch(found: string, type: string, { struct, path }: Place): string {
  return `json: cannot unmarshal ${found} into Go struct field ${struct}.${path} of type ${type}`;
}

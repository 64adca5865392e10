// Validation of a value by the nodes of a CRD's schema, with the order, the words and the paths of the server: type,
// junctors (anyOf, oneOf, allOf, not), text, format, number, list, enum, map.
import {
  goQuote,
  isJsonArray,
  isJsonObject,
  isNumber,
  type JsonArray,
  jsonEquals,
  type JsonObject,
  type JsonValue,
} from '../../../common';

import { type FieldCause, type TypeSchema } from '../../types/type-schema';
import { own } from '../own-keys';
import { Correlation } from './correlation';
import {
  atWhole,
  type Finding,
  Findings,
  forbiddenField,
  invalid,
  notInEnum,
  required,
  tooLong,
  tooMany,
  typeOf,
  wrongFormat,
  wrongType,
} from './findings';
import { countedFormat, hasFormat } from './formats';
import { checkNumber } from './numbers';
import { patternOf } from './patterns';

export interface ValueOptions {
  /** Where the value stands in the object: '' for the whole, `status` for a status. */
  readonly prefix?: string;
  /** The same part of the old object in an update: what did not change is not reported. */
  readonly old?: JsonValue;
}

/** A value at its place, and what belonged there before. */
interface Subject {
  readonly value: JsonValue;
  readonly path: string;
  readonly before: Correlation | undefined;
}

/**
 * What is wrong with a value by the schema of a CRD: types, required fields, enum, pattern, format, bounds, junctors.
 * Empty for schemas of built-in kinds, which have code for this. Never throws.
 */
export function validateValue(value: JsonValue, schema: TypeSchema, options: ValueOptions = {}): readonly FieldCause[] {
  const { source } = schema;
  if (source === undefined) return [];
  const { old, prefix = '' } = options;
  const before = old === undefined ? undefined : new Correlation(value, old, source);
  return checkNode({ value, path: '', before }, source).list.map((finding) => finding.cause(prefix));
}

/** With an old value that is the same, nothing is wrong. */
function checkNode(subject: Subject, node: JsonObject): Findings {
  const found = checkAll(subject, node);
  if (!found.isValid && subject.before?.isUnchanged === true) found.list.length = 0;
  return found;
}

function checkAll(subject: Subject, node: JsonObject): Findings {
  const { value, path } = subject;
  const found = new Findings();
  const types = typesOf(node);
  const format = formatOf(node, types);
  const typeFinding = checkType(subject, types, format, own(node, 'nullable') === true);
  if (value === null) {
    if (typeFinding !== undefined) found.add(typeFinding);
    else found.matches++;
    checkEnum(subject, node, found);
    return found;
  }
  // Each check that applies counts, and some count once more when they pass.
  if (types.length > 0 || format !== '') {
    found.matches++;
    if (typeFinding !== undefined) found.add(typeFinding);
    else found.matches++;
  }
  checkJunctors(subject, node, found);
  if (typeof value === 'string') checkText(value, node, format, path, found);
  if (isNumber(value)) {
    found.matches += 2;
    checkNumber(value, node, format, path, found);
  }
  if (isJsonArray(value)) checkList(value, subject, node, found);
  found.matches++;
  checkEnum(subject, node, found);
  if (isJsonObject(value)) checkMap(value, subject, node, found);
  found.matches++;
  return found;
}

function typesOf(node: JsonObject): readonly string[] {
  if (own(node, 'x-kubernetes-int-or-string') === true) return ['integer', 'string'];
  const type = own(node, 'type');
  return typeof type === 'string' && type !== '' ? [type] : [];
}

function formatOf(node: JsonObject, types: readonly string[]): string {
  const format = own(node, 'format');
  return typeof format === 'string' ? countedFormat(format, types.length === 1 ? types[0] : undefined) : '';
}

function checkType(
  { value, path }: Subject,
  types: readonly string[],
  format: string,
  isNullable: boolean,
): Finding | undefined {
  const found = typeOf(value);
  if (value === null) return types.length > 0 && !isNullable ? wrongType(path, types.join(','), found) : undefined;
  const fits = types.includes(found) || (found === 'integer' && types.includes('number'));
  const isTextual = typeof value === 'string' || Array.isArray(value);
  if (format !== '' && !isTextual && !fits && formatOfNumber(found) !== format) {
    return wrongType(path, format, formatOfNumber(found));
  }
  // A format makes the server ask no more of text (and of lists) but the format.
  if (format !== '' && isTextual && !types.includes('number') && !types.includes('integer')) return undefined;
  return fits || types.length === 0 ? undefined : wrongType(path, types.join(','), found);
}

function formatOfNumber(type: string): string {
  if (type === 'integer') return 'int64';
  return type === 'number' ? 'float64' : '';
}

function checkText(text: string, node: JsonObject, format: string, path: string, found: Findings): void {
  found.matches++;
  const problem = textProblem(text, node, path);
  if (problem !== undefined) found.add(problem);
  if (format === '' || format.startsWith('int') || format === 'float' || format === 'double') return;
  found.matches++;
  if (!hasFormat(text, format)) found.add(wrongFormat(path, format, text));
}

/** The first of length and pattern. */
function textProblem(text: string, node: JsonObject, path: string): Finding | undefined {
  const max = own(node, 'maxLength');
  const min = own(node, 'minLength');
  const pattern = own(node, 'pattern');
  const length = typeof max === 'number' || typeof min === 'number' ? [...text].length : 0;
  if (typeof max === 'number' && length > max) return tooLong(path, max);
  if (typeof min === 'number' && length < min) return invalid(path, text, `should be at least ${min} chars long`);
  if (typeof pattern !== 'string' || pattern === '') return undefined;
  const matches = patternOf(pattern)?.matcher(text).find() === true;
  return matches ? undefined : invalid(path, text, `should match '${pattern}'`);
}

function checkEnum({ value, path }: Subject, node: JsonObject, found: Findings): void {
  const allowed = own(node, 'enum');
  if (!isJsonArray(allowed) || allowed.length === 0) return;
  if (value === null || !allowed.some((item) => isListed(value, item))) found.add(notInEnum(path, value, allowed));
}

/** The server converts a number to the type of the listed one before it compares: 1.5 is cut to the int64 1. */
function isListed(value: JsonValue, item: JsonValue): boolean {
  if (typeof value === 'number' && Number.isInteger(item)) return Math.trunc(value) === item;
  return item !== null && jsonEquals(value, item);
}

function checkList(list: JsonArray, { path, before }: Subject, node: JsonObject, found: Findings): void {
  found.matches += 2;
  const items = own(node, 'items');
  if (isJsonObject(items)) {
    list.forEach((value, index) => {
      found.merge(checkNode({ value, path: `${path}[${index}]`, before: before?.item(index) }, items));
    });
  }
  const min = own(node, 'minItems');
  const max = own(node, 'maxItems');
  if (typeof min === 'number' && list.length < min) {
    found.add(invalid(path, list.length, `should have at least ${min} items`));
  }
  if (typeof max === 'number' && list.length > max) found.add(tooMany(path, list.length, max, 'items'));
}

function checkMap(map: JsonObject, subject: Subject, node: JsonObject, found: Findings): void {
  const { path } = subject;
  found.matches++;
  const size = Object.keys(map).length;
  const min = own(node, 'minProperties');
  const max = own(node, 'maxProperties');
  if (typeof min === 'number' && size < min) found.add(invalid(path, size, `should have at least ${min} properties`));
  if (typeof max === 'number' && size > max) found.add(tooMany(path, size, max, 'properties'));
  checkFields(map, subject, node, found);
  const needed = own(node, 'required');
  for (const name of isJsonArray(needed) ? needed : []) {
    if (typeof name === 'string' && !Object.hasOwn(map, name)) found.add(required(`${path}.${name}`));
  }
}

/** First the fields that only `additionalProperties` describes, then the known ones, in the order of the schema. */
function checkFields(map: JsonObject, subject: Subject, node: JsonObject, found: Findings): void {
  const { path } = subject;
  const properties = own(node, 'properties');
  const known = isJsonObject(properties) ? properties : {};
  const additional = own(node, 'additionalProperties');
  for (const name of Object.keys(map)) {
    if (Object.hasOwn(known, name)) continue;
    if (additional === false) found.add(forbiddenField(path, name));
    else if (isJsonObject(additional)) found.merge(checkNode(childOf(subject, map, name), additional));
  }
  for (const [name, childNode] of Object.entries(known)) {
    if (!Object.hasOwn(map, name) || !isJsonObject(childNode)) continue;
    found.merge(checkNode(childOf(subject, map, name), childNode));
  }
}

function childOf({ path, before }: Subject, map: JsonObject, name: string): Subject {
  // The server converts between versions: these two are never what the client sent.
  const isTypeMeta = path === '' && (name === 'kind' || name === 'apiVersion');
  return {
    value: map[name] as JsonValue,
    path: path === '' ? name : `${path}.${name}`,
    before: isTypeMeta ? undefined : before?.field(name),
  };
}

function checkJunctors(subject: Subject, node: JsonObject, found: Findings): void {
  const { path } = subject;
  found.matches += 2;
  const results = (key: string): readonly Findings[] => {
    const alternatives = own(node, key);
    return isJsonArray(alternatives)
      ? alternatives.filter(isJsonObject).map((alternative) => checkAll(subject, alternative))
      : [];
  };
  checkAnyOf(results('anyOf'), path, found);
  checkOneOf(results('oneOf'), path, found);
  const all = results('allOf');
  const valid = all.filter((result) => result.isValid).length;
  for (const result of all) found.merge(result);
  if (valid < all.length) {
    found.add(
      atWhole(`${goQuote(path)} must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`),
    );
  }
  const not = own(node, 'not');
  if (isJsonObject(not) && checkAll(subject, not).isValid) {
    found.add(atWhole(`${goQuote(path)} must not validate the schema (not)`));
  }
}

function checkAnyOf(results: readonly Findings[], path: string, found: Findings): void {
  if (results.length === 0) return;
  const first = results.find((result) => result.isValid);
  if (first === undefined) found.add(atWhole(`${goQuote(path)} must validate at least one schema (anyOf)`));
  found.merge(first ?? closest(results));
}

function checkOneOf(results: readonly Findings[], path: string, found: Findings): void {
  if (results.length === 0) return;
  const valid = results.filter((result) => result.isValid);
  if (valid.length === 1) {
    found.merge(valid[0] as Findings);
    return;
  }
  const counted = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  found.add(atWhole(`${goQuote(path)} must validate one and only one schema (oneOf). ${counted}`));
  if (valid.length === 0) found.merge(closest(results));
}

/** The one with the most passed checks, of equals the first. */
function closest(results: readonly Findings[]): Findings {
  return results.reduce((best, result) => (result.matches > best.matches ? result : best));
}

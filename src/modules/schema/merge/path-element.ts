// One step of a field path, as `fieldsV1` of metadata.managedFields names it: `f:` a field, `k:` a list item by its key
// fields, `v:` an item of a set, `i:` an item by its index. The text is the identity: equal elements have equal texts.
import {
  compareGoText,
  goJsonText,
  goQuote,
  isJsonArray,
  isJsonObject,
  isNumber,
  jsonText,
  type JsonValue,
  parseJson,
} from '../../common';

/** The fields that tell an item of a list apart, sorted by name. */
export type ItemKey = readonly (readonly [name: string, value: JsonValue])[];

export type PathElement =
  | { readonly kind: 'field'; readonly id: string; readonly name: string }
  | { readonly kind: 'key'; readonly id: string; readonly key: ItemKey }
  | { readonly kind: 'value'; readonly id: string; readonly value: JsonValue }
  | { readonly kind: 'index'; readonly id: string; readonly index: number };

/** From the root of an object to a place in it. */
export type FieldPath = readonly PathElement[];

export function fieldElement(name: string): PathElement {
  return { kind: 'field', id: `f:${name}`, name };
}

export function keyElement(key: ItemKey): PathElement {
  const sorted = key.length < 2 ? key : [...key].sort(([a], [b]) => compareGoText(a, b));
  const fields = sorted.map(([name, value]) => `${JSON.stringify(name)}:${goJsonText(value)}`);
  return { kind: 'key', id: `k:{${fields.join(',')}}`, key: sorted };
}

export function valueElement(value: JsonValue): PathElement {
  return { kind: 'value', id: `v:${goJsonText(value)}`, value };
}

export function indexElement(index: number): PathElement {
  return { kind: 'index', id: `i:${index}`, index };
}

/** Path of plain fields. */
export function fieldPath(...names: readonly string[]): FieldPath {
  return names.map(fieldElement);
}

/**
 * The element that a key of `fieldsV1` names; undefined for a kind that nobody knows, which servers leave out.
 * @throws Error for text without a colon or with broken JSON.
 */
export function parsePathElement(text: string): PathElement | undefined {
  if (text.length < 2) throw new Error('key must be 2 characters long:');
  if (text[1] !== ':') throw new Error(`missing colon: ${text}`);
  const content = text.slice(2);
  switch (text[0]) {
    case 'f':
      return fieldElement(content);
    case 'v':
      return valueElement(parseJson(content));
    case 'k': {
      const key = parseJson(content);
      if (!isJsonObject(key)) throw new Error(`not a map of key fields: ${content}`);
      return keyElement(Object.entries(key) as ItemKey);
    }
    case 'i':
      if (!/^[+-]?\d+$/.test(content)) throw new Error(`not an index: ${content}`);
      return indexElement(Number(content));
    default:
      return undefined;
  }
}

/** As messages of the API server write a path: `.spec.containers[name="web"].image`. */
export function printPath(path: FieldPath): string {
  return path.map(printElement).join('');
}

export function printElement(element: PathElement): string {
  switch (element.kind) {
    case 'field':
      return `.${element.name}`;
    case 'key':
      return `[${element.key.map(([name, value]) => `${name}=${printValue(value)}`).join(',')}]`;
    case 'value':
      return `[=${printValue(element.value)}]`;
    case 'index':
      return `[${element.index}]`;
  }
}

const KIND_ORDER: Readonly<Record<PathElement['kind'], number>> = { field: 0, key: 1, value: 2, index: 3 };

/** The canonical order: fields, then keys, then values, then indexes. */
export function comparePathElements(a: PathElement, b: PathElement): number {
  if (a.id === b.id) return 0;
  if (a.kind === 'field' && b.kind === 'field') return compareGoText(a.name, b.name);
  if (a.kind === 'key' && b.kind === 'key') return compareKeys(a.key, b.key);
  if (a.kind === 'value' && b.kind === 'value') return compareValues(a.value, b.value);
  if (a.kind === 'index' && b.kind === 'index') return a.index - b.index;
  return KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
}

function compareKeys(a: ItemKey, b: ItemKey): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [aField, bField] = [a[at], b[at]];
    if (aField === undefined || bField === undefined) break;
    const order = compareGoText(aField[0], bField[0]) || compareValues(aField[1], bField[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers before texts before booleans before lists before maps before null. */
function compareValues(a: JsonValue, b: JsonValue): number {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareGoText(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  const order = rankOf(a) - rankOf(b);
  return order !== 0 ? order : compareGoText(jsonText(a), jsonText(b));
}

function rankOf(value: JsonValue): number {
  if (isNumber(value)) return 0;
  if (typeof value === 'string') return 1;
  if (typeof value === 'boolean') return 2;
  if (isJsonArray(value)) return 3;
  return value === null ? 5 : 4;
}

function printValue(value: JsonValue): string {
  if (typeof value === 'string') return goQuote(value);
  if (isJsonArray(value)) return `[${value.map(printValue).join(',')}]`;
  if (!isJsonObject(value)) return String(value);
  return Object.entries(value)
    .map(([key, item]) => `${key}=${printValue(item ?? null)}`)
    .join('');
}

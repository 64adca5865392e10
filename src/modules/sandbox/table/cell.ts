import { isJsonObject, type JsonObject, type JsonValue, scalarText } from '../../common';
import { items, numberAt, part, parts, textAt } from '../kinds';

/** The content of one column; `nowMs` for ages. */
export type Cell = (object: JsonObject, nowMs: number) => JsonValue;
/** By the name of the column; Name and Age are known for every kind. */
export type Cells = Readonly<Record<string, Cell>>;

export const NONE = '<none>';

export function orNone(text: string): string {
  return text === '' ? NONE : text;
}

export function specOf(object: JsonObject): JsonObject | undefined {
  return part(object, 'spec');
}

export function statusOf(object: JsonObject): JsonObject | undefined {
  return part(object, 'status');
}

export function count(parent: JsonObject | undefined, member: string): number {
  return numberAt(parent, member) ?? 0;
}

/** `a=b,c=d`. */
export function pairs(map: JsonValue | undefined): string {
  if (!isJsonObject(map) || Object.keys(map).length === 0) return NONE;
  return Object.keys(map)
    .sort()
    .map((key) => `${key}=${textAt(map, key)}`)
    .join(',');
}

/** A LabelSelector as one text. */
export function selectorText(selector: JsonObject | undefined): string {
  if (selector === undefined) return NONE;
  const labels = part(selector, 'matchLabels') ?? {};
  const terms = Object.keys(labels).map((key): readonly [string, string] => [key, `${key}=${textAt(labels, key)}`]);
  for (const expression of parts(selector, 'matchExpressions')) {
    const key = textAt(expression, 'key');
    const values = `(${items(expression, 'values').map(scalarText).sort().join(',')})`;
    const texts: Readonly<Record<string, string>> = {
      In: `${key} in ${values}`,
      NotIn: `${key} notin ${values}`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    terms.push([key, texts[textAt(expression, 'operator')] ?? key]);
  }
  if (terms.length === 0) return NONE;
  return terms
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text)
    .join(',');
}

/** Names and images of the containers of a template. */
export function templateCells(specAt: (object: JsonObject) => JsonObject | undefined): Cells {
  const list = (object: JsonObject, member: string): string =>
    parts(part(part(specAt(object), 'template'), 'spec'), 'containers')
      .map((container) => textAt(container, member))
      .join(',');
  return { Containers: (object) => list(object, 'name'), Images: (object) => list(object, 'image') };
}

export function keyCount(...maps: readonly (JsonValue | undefined)[]): number {
  return maps.reduce<number>((sum, map) => sum + (isJsonObject(map) ? Object.keys(map).length : 0), 0);
}

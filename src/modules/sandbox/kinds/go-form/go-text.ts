// JSON as Go's encoder writes it.
import { isJsonArray, isJsonObject, type JsonValue } from '../../../common';
import { goJson } from '../../../schema';

/** A value whose structs keep the order of their fields, whatever their names. */
export type GoValue = JsonValue | readonly GoValue[] | ReadonlyMap<string, GoValue>;

/** On one line, or a line for each member, indented by one space a level. */
export function goText(value: GoValue, layout: 'compact' | 'lines'): string {
  return layout === 'compact' ? write(value, undefined) : write(value, '\n');
}

/** `lineEnd`: the line break and the indent of the place; undefined for none. */
function write(value: GoValue, lineEnd: string | undefined): string {
  const inner = lineEnd === undefined ? undefined : `${lineEnd} `;
  const list = (open: string, items: readonly string[], close: string): string =>
    items.length === 0 ? open + close : `${open}${inner ?? ''}${items.join(`,${inner ?? ''}`)}${lineEnd ?? ''}${close}`;
  if (isJsonArray(value as JsonValue)) {
    return list(
      '[',
      (value as readonly GoValue[]).map((item) => write(item, inner)),
      ']',
    );
  }
  const colon = lineEnd === undefined ? ':' : ': ';
  const members = membersOf(value);
  if (members === undefined) return goJson(value as JsonValue);
  return list(
    '{',
    members.map(([key, item]) => `${goJson(key)}${colon}${write(item, inner)}`),
    '}',
  );
}

function membersOf(value: GoValue): readonly (readonly [string, GoValue])[] | undefined {
  if (value instanceof Map) return [...(value as ReadonlyMap<string, GoValue>)];
  if (!isJsonObject(value)) return undefined;
  return Object.entries(value as Readonly<Record<string, JsonValue | undefined>>).flatMap(([key, item]) =>
    item === undefined ? [] : [[key, item] as const],
  );
}

// The `fieldPath` of a rule: `.a.b['c d'].e`, fields and keys only.
import { isJsonObject, type JsonObject } from '../../../common';
import { own } from '../own-keys';

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
};

/** The path as it stands in `field` of a cause (`a.b[c d].e`); undefined when the node has no such place. */
export function resolveFieldPath(fieldPath: string, schema: JsonObject): string | undefined {
  const step = /\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/y;
  let node = schema;
  let path = '';
  while (step.lastIndex < fieldPath.length) {
    const match = step.exec(fieldPath);
    if (match === null) return undefined;
    const name = match[1] ?? unescape(match[2] ?? '');
    const child: Child | undefined = name === undefined ? undefined : childAt(node, name);
    if (child === undefined) return undefined;
    node = child.node;
    path += child.isNamed ? `${path === '' ? '' : '.'}${name}` : `[${name}]`;
  }
  return path === '' ? undefined : path;
}

interface Child {
  readonly node: JsonObject;
  /** A field; else a key of a map. */
  readonly isNamed: boolean;
}

function childAt(node: JsonObject, name: string): Child | undefined {
  const properties = own(node, 'properties');
  const isNamed = isJsonObject(properties) && Object.keys(properties).length > 0;
  const child = isNamed ? own(properties, name) : own(node, 'additionalProperties');
  return isJsonObject(child) ? { node: child, isNamed } : undefined;
}

function unescape(text: string): string | undefined {
  let isBad = false;
  const plain = text.replace(/\\(.)/gs, (_, directive: string) => {
    isBad ||= !Object.hasOwn(ESCAPES, directive);
    return ESCAPES[directive] ?? '';
  });
  return isBad ? undefined : plain;
}

// An object that has known keys and takes any other one, too.
import { type MapNode, type SourceNode } from '../../common';
import { type Located, object, type ObjectOf } from './composites';
import { type DecodeContext, type Field, type OtherKeys, type Property } from './field.types';
import { CODE_BAD_VALUE } from './scalars';

/** What an open object decodes to: `others` are its free keys, in file order; `node` is all of it. */
export type OpenObjectOf<P extends Readonly<Record<string, Property<unknown>>>> = ObjectOf<P> & {
  readonly others: ReadonlyMap<string, SourceNode>;
};

/** A map with known keys, which are decoded as those of `object`, and free ones, whose values are kept as they are. */
export function openObject<const P extends Readonly<Record<string, Property<unknown>>>>(
  typeName: string,
  properties: P,
  others: OtherKeys,
): Field<OpenObjectOf<P>> {
  const strict = object(typeName, properties);
  return {
    typeName,
    shape: { kind: 'object', properties, others },
    decode(node, context) {
      // What is no map is told by the strict form.
      const known = node.kind === 'map' ? knownPart(node, properties) : node;
      const decoded = strict.decode(known, context);
      if (decoded === undefined || node.kind !== 'map') return undefined;
      return { ...decoded, node, others: freePart(node, properties, others, context) };
    },
  };
}

function knownPart(node: MapNode, properties: Readonly<Record<string, unknown>>): MapNode {
  return { ...node, entries: new Map([...node.entries].filter(([key]) => Object.hasOwn(properties, key))) };
}

function freePart(
  node: Located['node'],
  properties: Readonly<Record<string, unknown>>,
  { checkKey }: OtherKeys,
  context: DecodeContext,
): ReadonlyMap<string, SourceNode> {
  const found = new Map<string, SourceNode>();
  for (const { key, keyPosition: position, value } of node.entries.values()) {
    if (Object.hasOwn(properties, key)) continue;
    const message = checkKey(key);
    if (message === undefined) {
      found.set(key, value);
      continue;
    }
    const path = node.path === '' ? key : `${node.path}.${key}`;
    context.problems.add({ severity: 'error', code: CODE_BAD_VALUE, message, position, path });
  }
  return found;
}

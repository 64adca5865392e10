// What the junctors at the root validate must be there outside of them.
import { type JsonObject } from '../../../common';
import { requiredCause } from '../../causes';
import { type FieldCause } from '../../types/type-schema';
import { entriesAt, nodeAt, nodesAt } from './nodes';

interface Pair {
  /** A node inside a junctor. */
  readonly nested: JsonObject;
  readonly nestedPath: string;
  /** The structural node of the same place. */
  readonly node: JsonObject | undefined;
  readonly path: string;
}

export function completenessCauses(schema: JsonObject, path: string): readonly FieldCause[] {
  return junctorCauses({ nested: schema, nestedPath: path, node: schema, path });
}

function junctorCauses({ nested, nestedPath, node, path }: Pair): readonly FieldCause[] {
  const not = nodeAt(nested, 'not');
  const found =
    not === undefined ? [] : [...nestedCauses({ nested: not, nestedPath: `${nestedPath}.not`, node, path })];
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    nodesAt(nested, key).forEach((child, index) => {
      found.push(...nestedCauses({ nested: child, nestedPath: `${nestedPath}.${key}[${index}]`, node, path }));
    });
  }
  return found;
}

function nestedCauses(pair: Pair): readonly FieldCause[] {
  const { nested, nestedPath, node, path } = pair;
  if (node === undefined) return [requiredCause(path, `because it is defined in ${nestedPath}`)];
  const found = [...junctorCauses(pair)];
  const items = nodeAt(nested, 'items');
  if (items !== undefined) {
    const child = {
      nested: items,
      nestedPath: `${nestedPath}.items`,
      node: nodeAt(node, 'items'),
      path: `${path}.items`,
    };
    found.push(...nestedCauses(child));
  }
  const known = nodeAt(node, 'properties') ?? {};
  for (const [name, child] of entriesAt(nested, 'properties')) {
    const place = `.properties[${name}]`;
    found.push(
      ...nestedCauses({
        nested: child,
        nestedPath: `${nestedPath}${place}`,
        node: nodeAt(known, name),
        path: `${path}${place}`,
      }),
    );
  }
  return found;
}

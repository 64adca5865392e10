// Macros that see key and value, or index and item. The library has them with one variable only: they become the macro over
// the keys, with the value bound inside.
//   x.all(k, v, p) -> cel.bind(c, x, keys_of(c).all(k, cel.bind(v, c[k], p)))
import { type CelNode } from './library';

/** What the macro is called with one variable, by its number of arguments. */
const QUANTIFIERS: Readonly<Record<string, string>> = {
  all: 'all',
  exists: 'exists',
  existsOne: 'exists_one',
  exists_one: 'exists_one',
};

export interface MacroParts {
  readonly name: string;
  readonly receiver: string;
  readonly args: readonly CelNode[];
  readonly render: (node: CelNode) => string;
}

/** Undefined for everything else. `depth` keeps the names of nested ones apart. */
export function twoVariableMacro({ name, receiver, args, render }: MacroParts, depth: number): string | undefined {
  const [first, second, third, fourth] = args;
  if (first?.op !== 'id' || second?.op !== 'id' || third === undefined || first.args === second.args) return undefined;
  const whole = `_whole${depth}`;
  const bound = (node: CelNode): string => `cel.bind(${second.args}, ${whole}[${first.args}], ${render(node)})`;
  const found = bodyOf(name, `keys_of(${whole})`, first.args, { bound, third, fourth });
  return found === undefined ? undefined : `cel.bind(${whole}, ${receiver}, ${found})`;
}

interface Body {
  readonly bound: (node: CelNode) => string;
  readonly third: CelNode;
  readonly fourth: CelNode | undefined;
}

function bodyOf(name: string, keys: string, key: string, { bound, third, fourth }: Body): string | undefined {
  const quantifier = Object.hasOwn(QUANTIFIERS, name) ? QUANTIFIERS[name] : undefined;
  if (quantifier !== undefined) {
    return fourth === undefined ? `${keys}.${quantifier}(${key}, ${bound(third)})` : undefined;
  }
  const filter = fourth === undefined ? '' : `${bound(third)}, `;
  const values = `${keys}.map(${key}, ${filter}${bound(fourth ?? third)})`;
  switch (name) {
    case 'transformList':
      return values;
    case 'transformMap':
      return `map_of(${fourth === undefined ? keys : `${keys}.map(${key}, ${filter}${key})`}, ${values})`;
    case 'transformMapEntry':
      return `joined(${values})`;
    default:
      return undefined;
  }
}

/** `x.sortBy(v, e)`: the items in the order of what is found for each. */
export function sortByMacro({ name, receiver, args, render }: MacroParts, depth: number): string | undefined {
  const [variable, expression] = args;
  if (name !== 'sortBy' || variable?.op !== 'id' || expression === undefined) return undefined;
  const whole = `_whole${depth}`;
  return `cel.bind(${whole}, ${receiver}, sorted_by(${whole}, ${whole}.map(${variable.args}, ${render(expression)})))`;
}

// The fields below a description, for specs that need a case for each.
import { type Field } from '../../schema';

export interface Leaves {
  readonly supported: readonly string[];
  readonly unsupported: readonly string[];
}

/** Paths of the fields below a description. Conditions have a spec of their own. */
export function leaves(field: Field<unknown>, path: string): Leaves {
  const { shape } = field;
  if (shape === undefined || field.typeName === 'list of condition') return { supported: [path], unsupported: [] };
  if (shape.kind === 'scalar' || shape.kind === 'either') return { supported: [path], unsupported: [] };
  if (shape.kind === 'list') return leaves(shape.item, `${path}[]`);
  if (shape.kind === 'map') return leaves(shape.value, `${path}.*`);
  const supported: string[] = [];
  const unsupported: string[] = [];
  for (const [key, property] of Object.entries(shape.properties)) {
    const below = path === '' ? key : `${path}.${key}`;
    if (property.unsupported !== undefined) {
      unsupported.push(below);
      continue;
    }
    const inner = leaves(property.field, below);
    supported.push(...inner.supported);
    unsupported.push(...inner.unsupported);
  }
  if (shape.others !== undefined) supported.push(path === '' ? '*' : `${path}.*`);
  return { supported: supported.length === 0 ? [path] : supported, unsupported };
}

/** The value at a dotted path; keys may hold dots themselves. */
export function valueAtPath(value: unknown, path: string): unknown {
  if (path === '') return value;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const key = path.slice(0, end);
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    if (isThere) return valueAtPath((value as Readonly<Record<string, unknown>>)[key], path.slice(end + 1));
  }
  return undefined;
}

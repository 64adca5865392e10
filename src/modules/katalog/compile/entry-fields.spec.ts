// Every field of every kind: a right value reaches the object, a wrong one is one problem at its place. The list of
// fields is read from their descriptions, so that a new field without a case fails here.
import { isJsonObject } from '../../common';
import { resourceKinds } from '../../resources';
import { type Field } from '../../schema';
import { FIELD_CASES, type FieldCase, SMALLEST } from '../testing/field-cases';
import { build, compile, indent, katalogWith, onlyCrd } from '../testing/katalog-source';

interface Leaves {
  readonly supported: readonly string[];
  readonly unsupported: readonly string[];
}

/** Paths of the fields below a description. Conditions have a spec of their own. */
function leaves(field: Field<unknown>, path: string): Leaves {
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
  return { supported: supported.length === 0 ? [path] : supported, unsupported };
}

function katalogOf(listKey: string, yaml: string, phase = 'onReconcile'): string {
  const keys = yaml.split('\n').map((line) => line.split(':')[0]);
  const base = Object.entries(SMALLEST[listKey] ?? {})
    .filter(([key]) => !keys.includes(key))
    .map(([, line]) => line);
  const entry = [...base, yaml].join('\n');
  return katalogWith(`${phase}:\n  ${listKey}:\n    -\n${indent(entry, 6)}`);
}

/** The value at a dotted path; keys may hold dots themselves. */
function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const key = path.slice(0, end);
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    if (isThere) return at((value as Readonly<Record<string, unknown>>)[key], path.slice(end + 1));
  }
  return undefined;
}

describe.each(resourceKinds.map((kind) => [kind.facts.listKey, kind] as const))('fields of %s', (listKey, kind) => {
  const { supported, unsupported } = leaves(kind.entry, '');
  const cases = FIELD_CASES[listKey] ?? [];

  it('have a case each', () => {
    expect([...cases.map(({ field }) => field)].sort()).toEqual([...supported].sort());
  });

  it.each(cases.map((it) => [it.field, it] as const))('%s takes effect', (_field, { right, at: place, value }) => {
    const phase = right.startsWith('reconcile') ? 'onCreate' : 'onReconcile';
    const crd = onlyCrd(compile(katalogOf(listKey, right, phase)));
    const [entry] = [...crd.onCreate.entries, ...crd.onReconcile.entries];
    if (entry === undefined) throw new Error('no entry');
    const found = place.startsWith('entry:') ? at(entry, place.slice(6)) : at(build(entry), place);
    expect(found).toEqual(value);
  });

  it.each(cases.map((it) => [it.field, it] as const))('%s: a wrong value has a place', (_field, it_: FieldCase) => {
    const { errors, marked } = compile(katalogOf(listKey, it_.wrong));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(it_.says);
    expect(errors[0]).toMatch(new RegExp(`^${marked ?? 'nowhere'} `));
  });

  it.each(unsupported)('%s is refused by name', (path) => {
    const [key = '', ...above] = path.split('.').reverse();
    const yaml = above.reduce((inner, outer) => `${outer}: { ${inner} }`, `§${key}: x`);
    const { errors, marked } = compile(katalogOf(listKey, yaml));
    expect(errors).toEqual([expect.stringContaining(`${marked ?? ''} "${key}" is not supported yet`)]);
  });

  it('an unknown field names the nearest one', () => {
    const known = supported.find((path) => /^[a-z]{5,}$/i.test(path)) ?? '';
    const { errors, marked } = compile(katalogOf(listKey, `§${known}x: 1`));
    expect(errors).toEqual([expect.stringContaining(`${marked ?? ''} unknown field "${known}x"`)]);
    expect(errors[0]).toContain(`(did you mean "${known}"?)`);
  });

  it('builds an object of the kind', () => {
    const [entry] = onlyCrd(compile(katalogOf(listKey, 'labels: { a: b }'))).onReconcile.entries;
    const object = entry === undefined ? {} : build(entry);
    const { group, version, kind: name } = kind.facts.resource;
    expect(object).toMatchObject({ apiVersion: group === '' ? version : `${group}/${version}`, kind: name });
    // Whoever selects pods finds them by their component.
    const component = name === 'Pod' ? { 'orkestra.orkspace.io/component': 'web' } : {};
    expect(isJsonObject(object['metadata']) && object['metadata']['labels']).toEqual({ a: 'b', ...component });
  });
});

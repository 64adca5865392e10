// Every field of every kind: a right value reaches the object, a wrong one is one problem at its place. The list of
// fields is read from their descriptions, so that a new field without a case fails here.
import { isJsonObject } from '../../common';
import { entryKinds, resourceKinds } from '../../resources';
import { FIELD_CASES, type FieldCase, SMALLEST } from '../testing/field-cases';
import { build, compile, indent, katalogWith, onlyCrd } from '../testing/katalog-source';
import { leaves, valueAtPath } from '../testing/leaves';

function katalogOf(listKey: string, yaml: string, phase = 'onReconcile', top = ''): string {
  const keys = yaml.split('\n').map((line) => line.split(':')[0]);
  const base = Object.entries(SMALLEST[listKey] ?? {})
    .filter(([key]) => !keys.includes(key))
    .map(([, line]) => line);
  const entry = [...base, yaml].join('\n');
  return `${katalogWith(`${phase}:\n  ${listKey}:\n    -\n${indent(entry, 6)}`)}${top}`;
}

describe.each(entryKinds.map((kind) => [kind.facts.listKey, kind] as const))('fields of %s', (listKey, kind) => {
  const { supported, unsupported } = leaves(kind.entry, '');
  const cases = FIELD_CASES[listKey] ?? [];

  it('have a case each', () => {
    expect([...cases.map(({ field }) => field)].sort()).toEqual([...supported].sort());
  });

  it.each(cases.map((it) => [it.field, it] as const))('%s takes effect', (_field, { right, at: place, value, top }) => {
    const phase = right.startsWith('reconcile') ? 'onCreate' : 'onReconcile';
    const crd = onlyCrd(compile(katalogOf(listKey, right, phase, top)));
    const [entry] = [...crd.onCreate.entries, ...crd.onReconcile.entries];
    if (entry === undefined) throw new Error('no entry');
    const found = place.startsWith('entry:') ? valueAtPath(entry, place.slice(6)) : valueAtPath(build(entry), place);
    expect(found).toEqual(value);
  });

  it.each(cases.map((it) => [it.field, it] as const))('%s: a wrong value has a place', (_field, it_: FieldCase) => {
    const { errors, marked } = compile(katalogOf(listKey, it_.wrong, 'onReconcile', it_.top));
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
    const { errors, warnings, marked } = compile(katalogOf(listKey, `§${known}x: 1`));
    // Where any key may stand it is no error.
    const isOpen = supported.includes('*');
    const said = isOpen ? `"${known}x" becomes a key of the object` : `unknown field "${known}x"`;
    const found = isOpen ? warnings.filter((text) => text.includes('becomes')) : errors;
    expect(found).toEqual([expect.stringContaining(`${marked ?? ''} ${said}`)]);
    expect(found[0]).toContain(`(did you mean "${known}"?)`);
  });
});

describe.each(resourceKinds.map((kind) => [kind.facts.listKey, kind.facts] as const))('%s', (listKey, facts) => {
  it('builds an object of the kind', () => {
    const [entry] = onlyCrd(compile(katalogOf(listKey, 'labels: { a: b }'))).onReconcile.entries;
    const object = entry === undefined ? {} : build(entry);
    const { group, version, kind: name } = facts.resource;
    expect(object).toMatchObject({ apiVersion: group === '' ? version : `${group}/${version}`, kind: name });
    // Whoever selects pods finds them by their component.
    const component = name === 'Pod' ? { 'orkestra.orkspace.io/component': 'web' } : {};
    expect(isJsonObject(object['metadata']) && object['metadata']['labels']).toEqual({ a: 'b', ...component });
  });
});

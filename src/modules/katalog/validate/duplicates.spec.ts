import { compile, indent, katalogWith } from '../testing/katalog-source';

const when = (field: string, rest: string): string => `when: [{ field: ${field}, ${rest} }]`;

/** ConfigMaps of onReconcile; `§` at the entry that is told of. */
function maps(...entries: readonly string[]): string {
  return `onReconcile:\n  configMaps:\n${entries.map((entry) => `    - { ${entry} }`).join('\n')}`;
}

describe('two entries of one object', () => {
  it.each([
    ['without conditions', maps('name: a', 'name: a'), 'makes the same object "a" as '],
    ['in two spellings of one namespace', maps('name: a', 'name: a, namespace: "{{ .metadata.namespace }}"'), 'as '],
  ])('%s are an error', (_what, box, message) => {
    const { errors } = compile(katalogWith(box));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('makes the same object "a" as ');
    expect(errors[0]).toContain(message);
  });

  it.each([
    [
      'that look at different fields',
      maps(`name: a, ${when('spec.x', 'equals: b')}`, `name: a, ${when('spec.y', 'exists: true')}`),
      'when spec.x is "b" and spec.y is "x"',
    ],
    [
      'of overlapping lists',
      maps(`name: a, ${when('spec.x', 'in: "b,c"')}`, `name: a, ${when('spec.x', 'in: "c,d"')}`),
      'when spec.x is "c"',
    ],
    [
      'of overlapping ranges',
      maps(`name: a, ${when('spec.x', 'min: 3')}`, `name: a, ${when('spec.x', 'max: 3')}`),
      'when spec.x is "3"',
    ],
    [
      'in two blocks',
      `onCreate:\n  when: [{ field: spec.x }]\n  configMaps: [{ name: a, reconcile: true }]\n${maps(`name: a, ${when('spec.x', 'notEquals: b')}`)}`,
      'when spec.x is "x"',
    ],
    [
      'on one of them',
      maps('name: a', `name: a, ${when('spec.x', 'equals: b')}`),
      'every pass fails in which the conditions of this one hold',
    ],
    [
      'on the first of them',
      maps(`name: a, ${when('spec.x', 'equals: b')}`, 'name: a'),
      'every pass fails in which the conditions of that one hold',
    ],
  ])('with conditions %s are a warning that says when', (_what, box, message) => {
    const { errors, warnings } = compile(katalogWith(box));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['with other names', maps('name: a', 'name: b')],
    ['in other namespaces', maps('name: a', 'name: a, namespace: other')],
    [
      'that exclude each other',
      maps(`name: a, ${when('spec.x', 'equals: b')}`, `name: a, ${when('spec.x', 'equals: c')}`),
    ],
    [
      'one of them turned round',
      maps(`name: a, ${when('spec.x', 'exists: true')}`, `name: a, ${when('spec.x', 'exists: false')}`),
    ],
    [
      'of templates',
      maps(`name: a, ${when('"{{ .spec.x }}"', 'equals: b')}`, `name: a, ${when('spec.y', 'exists: true')}`),
    ],
    ['by the status', maps(`name: a, ${when('status.x', 'equals: b')}`, `name: a, ${when('status.y', 'equals: c')}`)],
    [
      'of which one is written once',
      `onCreate:\n  configMaps: [{ name: a, ${when('spec.x', 'equals: b')} }]\n${maps(`name: a, ${when('spec.x', 'exists: true')}`)}`,
    ],
    [
      'excluded by a block',
      `onCreate:\n  when: [{ field: spec.x, equals: b }]\n  configMaps: [{ name: a, reconcile: true }]\n${maps(`name: a, ${when('spec.x', 'equals: c')}`)}`,
    ],
  ])('%s are none', (_what, box) => {
    const { errors, warnings } = compile(katalogWith(box));
    expect([...errors, ...warnings]).toEqual([]);
  });
});

describe('entries of two CRDs', () => {
  const two = (first: string, second: string): string =>
    `${katalogWith(first)}    other:\n      apiTypes: { group: demo.orkestra.io, version: v1, kind: Other, plural: others }\n      operatorBox:\n${indent(second, 8)}\n`;

  it.each([
    [
      'in one namespace',
      maps('name: a, namespace: shared'),
      maps('name: a, namespace: shared'),
      ' of another CRD: put',
    ],
    ['of one name', maps('name: a'), maps('name: a'), 'as soon as resources of both are in one namespace'],
    [
      'of a kind without namespaces',
      'onReconcile: { namespaces: [{ name: a }] }',
      'onReconcile: { namespaces: [{ name: a }] }',
      ' of another CRD: put',
    ],
  ])('%s are a warning', (_what, first, second, message) => {
    const { errors, warnings } = compile(two(first, second));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['with names of their own', maps('name: "{{ .metadata.name }}"'), maps('name: "{{ .metadata.name }}"')],
    ['in other namespaces', maps('name: a, namespace: one'), maps('name: a, namespace: two')],
    ['of other kinds', maps('name: a'), 'onReconcile: { namespaces: [{ name: a }] }'],
    ['written once', maps('name: a'), 'onCreate: { configMaps: [{ name: a }] }'],
  ])('%s are none', (_what, first, second) => {
    const { errors, warnings } = compile(two(first, second));
    expect([...errors, ...warnings]).toEqual([]);
  });
});

import { compile, katalogWith } from '../testing/katalog-source';

const status = (...fields: readonly string[]): string =>
  `status:\n  fields:\n${fields.map((field) => `    - { ${field} }`).join('\n')}`;

it.each([
  [
    'an entry that its block excludes',
    'onReconcile:\n  when: [{ field: spec.x, equals: b }]\n  configMaps: [{ name: a, when: [{ field: spec.x, equals: c }] }]',
    'the entry is never there: its conditions and those of its block never hold at once',
  ],
  [
    'an entry whose alternatives are all excluded',
    'onReconcile:\n  when: [{ field: spec.x, greaterThan: 5 }]\n  configMaps: [{ name: a, or: [{ field: spec.x, max: 2 }, { field: spec.x, equals: c }] }]',
    'the entry is never there',
  ],
  [
    'a stage that its block excludes',
    'onReconcile: { configMaps: [{ name: a }] }\nonDelete:\n  ordered: true\n  when: [{ field: spec.x, exists: true }]\n  groups: [{ name: one, when: [{ field: spec.x, exists: false }], configMaps: [{ name: a }] }]',
    'the stage "one" never runs',
  ],
])('%s is an error', (_what, box, message) => {
  const { errors } = compile(katalogWith(box));
  expect(errors).toEqual([expect.stringContaining(message)]);
});

it.each([
  ['one without conditions after it', status('path: a, value: x', 'path: a, value: y')],
  ['one that clears', status('path: a, value: x', 'path: a, value: y, clearOnFalse: true, when: [{ field: spec.x }]')],
])('a status field with %s is a warning', (_what, box) => {
  const { errors, warnings } = compile(katalogWith(box));
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/ status\.a is never seen: the field at line \d+ writes over it/)]);
});

it.each([
  [
    'an entry that its block leaves room for',
    'onReconcile:\n  when: [{ field: spec.x, exists: true }]\n  configMaps: [{ name: a, when: [{ field: spec.x, equals: c }] }]',
  ],
  [
    'a status field with a condition, seen after a failed pass',
    status('path: a, value: x, when: [{ field: spec.x }]', 'path: a, value: y'),
  ],
  [
    'a status field before one with conditions',
    status('path: a, value: x', 'path: a, value: y, when: [{ field: spec.x }]'),
  ],
  ['a status field before a template that may fail', status('path: a, value: x', 'path: a, value: "{{ .spec.a.b }}"')],
  ['status fields of other paths', status('path: a, value: x', 'path: b, value: y')],
])('%s is none', (_what, box) => {
  const { errors, warnings } = compile(katalogWith(box));
  expect([...errors, ...warnings]).toEqual([]);
});

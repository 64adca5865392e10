import fc from 'fast-check';
import { withoutManagedFields } from './managed-fields';

const entry = (manager: string): object => ({
  manager,
  operation: 'Apply',
  fieldsV1: { 'f:metadata': { 'k:{"uid":"a]b"}': { '.': {} } }, 'f:data': { 'f:x\\"]': [] } },
});
const strip = (value: unknown, asked: readonly string[] = []): unknown =>
  JSON.parse(withoutManagedFields(JSON.stringify(value), asked));

it.each([
  [
    'last in metadata',
    { metadata: { name: 'a', managedFields: [entry('x')] }, spec: {} },
    { metadata: { name: 'a' }, spec: {} },
  ],
  ['first in metadata', { metadata: { managedFields: [entry('x')], name: 'a' } }, { metadata: { name: 'a' } }],
  ['alone in metadata', { metadata: { managedFields: [entry('x'), entry('y')] } }, { metadata: {} }],
  ['absent', { metadata: { name: 'a' } }, { metadata: { name: 'a' } }],
])('leaves everything else as it is: %s', (_name, object, expected) => {
  expect(strip(object)).toEqual(expected);
});

it('works on every object of a list', () => {
  const item = (name: string): object => ({ metadata: { name, managedFields: [entry('x')] }, data: { name } });
  expect(strip({ items: [item('a'), item('b')] })).toEqual({
    items: [
      { metadata: { name: 'a' }, data: { name: 'a' } },
      { metadata: { name: 'b' }, data: { name: 'b' } },
    ],
  });
});

it('keeps the entries of an object that has an asked member, and only of that', () => {
  const scaled = { metadata: { name: 'a', managedFields: [entry('x'), entry('scaler')] } };
  const plain = { metadata: { name: 'b', managedFields: [entry('x')] } };
  expect(strip({ items: [scaled, plain] }, ['"manager":"scaler"'])).toEqual({
    items: [scaled, { metadata: { name: 'b' } }],
  });
});

it('leaves text alone that only looks like it, and text that is cut off', () => {
  const data = { data: { page: '"managedFields":[{"manager":"x"}]' } };
  expect(strip(data)).toEqual(data);
  const cut = '{"metadata":{"managedFields":[{"manager":"x"';
  expect(withoutManagedFields(cut, [])).toBe(cut);
});

it('never touches what a user may write into other fields', () => {
  const json = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())));
  fc.assert(
    fc.property(json, json, (labels, data) => {
      const object = { metadata: { labels, managedFields: [entry('x')], name: 'a' }, data };
      expect(strip(object)).toEqual(JSON.parse(JSON.stringify({ metadata: { labels, name: 'a' }, data })));
    }),
  );
});

import { parseFieldSelector } from './field-selector';

it.each([
  ['metadata.name=a', [{ field: 'metadata.name', isEqual: true, value: 'a' }]],
  ['metadata.name==a', [{ field: 'metadata.name', isEqual: true, value: 'a' }]],
  ['x!=a\\,b', [{ field: 'x', isEqual: false, value: 'a,b' }]],
  ['x=\\\\', [{ field: 'x', isEqual: true, value: '\\' }]],
  [',', []],
  ['', []],
])('%j is read', (selector, terms) => {
  expect(parseFieldSelector(selector)).toEqual(terms);
});

it.each([
  ['a', "invalid selector: 'a'; can't understand 'a'"],
  ['metadata.name in (a)', "invalid selector: 'metadata.name in (a)'; can't understand 'metadata.name in (a)'"],
  ['metadata.name=a\\', 'invalid field selector: invalid escape sequence: \\'],
  ['metadata.name=a=b', 'invalid field selector: unescaped character in value: 61'],
])('%j is refused in the words of the real server', (selector, message) => {
  expect(() => parseFieldSelector(selector)).toThrow(message);
});

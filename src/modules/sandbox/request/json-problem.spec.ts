import { depthProblem, jsonProblem } from './json-problem';

it.each([
  ['', 'unexpected end of JSON input'],
  ['{"a":1', 'unexpected end of JSON input'],
  ['hello', "invalid character 'h' looking for beginning of value"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['{} x', "invalid character 'x' after top-level value"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['tru!', "invalid character '!' in literal true (expecting 'e')"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
])('%j is refused in the words of Go', (text, message) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonProblem(text)).toBe(message);
});

it('a text that is nested too deeply is told before it is read', () => {
  expect(depthProblem('['.repeat(10_001))).toBe("invalid character '[' exceeded max depth");
  expect(depthProblem(`${'['.repeat(10_000)}${']'.repeat(10_000)}`)).toBeUndefined();
  expect(depthProblem(`"${'['.repeat(20_000)}"`)).toBeUndefined();
});

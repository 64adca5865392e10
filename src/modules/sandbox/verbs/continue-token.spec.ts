import { decodeContinue, encodeContinue } from './continue-token';

it('a token is that of the real server', () => {
  expect(encodeContinue(236, '/b-fpw4n')).toBe(
    'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MjM2LCJzdGFydCI6Ii9iLWZwdzRuXHUwMDAwIn0',
  );
  expect(decodeContinue(encodeContinue(236, '/n/a'))).toEqual({ revision: 236, start: 'n/a' });
});

it.each([
  ['x', 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
  ['a b', 'invalid continue token: continue key is not valid: illegal base64 data at input byte 1'],
  ['e30', 'invalid continue token: continue key is not valid: server does not recognize this encoded version '],
])('%j is refused', (token, message) => {
  expect(() => decodeContinue(token)).toThrow(message);
});

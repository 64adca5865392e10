import fc from 'fast-check';
import { type ApiStatusError } from '../status';
import { parseLabelSelector } from './label-selector';

const labels = { app: 'web', tier: 'front', size: '3' };

describe('label selectors', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app = web , tier=front', true],
    ['app!=web', false],
    ['missing!=x', true],
    ['app in (web,db)', true],
    ['app in ()', false],
    ['app notin (db)', true],
    ['missing notin (db)', true],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['size>2,size<4', true],
    ['size>3', false],
    ['tier>2', false],
    ['in', false],
    ['app=', false],
    ['app in (,web)', true],
    ['', true],
  ])('%j matches: %s', (selector, expected) => {
    const matches = parseLabelSelector(selector);
    expect(matches === undefined || matches(labels)).toBe(expected);
  });

  it.each([
    ['a===b', "unable to parse requirement: found '=', expected: identifier"],
    ['a in', "unable to parse requirement: found '' expected: '('"],
    ['a in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a,,b', "found ',', expected: identifier after ','"],
    [',', "found ',', expected: !, identifier, or 'end of string'"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['!a=b', "found '=', expected: ',' or 'end of string'"],
    ['a=b,', "found '', expected: identifier after ','"],
    [
      'a>x',
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    ],
  ])('%j is refused in the words of the real server', (selector, message) => {
    expect(() => parseLabelSelector(selector)).toThrow(message);
  });

  it('never looks at the prototype of the labels', () => {
    expect(parseLabelSelector('constructor')?.({})).toBe(false);
    expect(parseLabelSelector('!toString')?.({})).toBe(true);
  });

  it('any text is a selector or a 400', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '=', '!', ',', '(', ')', ' ', '<', '>', 'in', '-') }),
        (text) => {
          try {
            parseLabelSelector(text)?.(labels);
          } catch (error) {
            expect((error as ApiStatusError).status.code).toBe(400);
          }
        },
      ),
    );
  });
});

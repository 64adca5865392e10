import { compareGoText } from './go-bytes';

describe('the order of texts', () => {
  it.each([
    ['a', 'b'],
    ['a', 'ab'],
    ['Z', 'a'],
    ['é', '漢'],
    // UTF-16 has them the other way round.
    ['\uff5e', '\u{1f600}'],
    ['a\uff5e', 'a\u{1f600}'],
    ['\u{1f600}', '\u{1f601}'],
    // The byte 0x80 alone, below every byte that begins a character.
    ['\udc80', 'é'],
    ['\ud800', '\ud801'],
  ])('has %j before %j', (low, high) => {
    expect(compareGoText(low, high)).toBeLessThan(0);
    expect(compareGoText(high, low)).toBeGreaterThan(0);
  });

  it('knows equal ones', () => {
    expect(compareGoText('a\u{1f600}', 'a\u{1f600}')).toBe(0);
  });
});

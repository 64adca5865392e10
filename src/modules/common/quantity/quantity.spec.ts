import fc from 'fast-check';
import { parseQuantity, quantityEquals } from './quantity';

const UNIT = 1_000_000_000n;

describe('parseQuantity', () => {
  it.each([
    ['1', UNIT],
    ['0', 0n],
    ['1000m', UNIT],
    ['1.5', (3n * UNIT) / 2n],
    ['.5', UNIT / 2n],
    ['5.', 5n * UNIT],
    ['+3', 3n * UNIT],
    ['-3', -3n * UNIT],
    ['1k', 1_000n * UNIT],
    ['1Ki', 1_024n * UNIT],
    ['1.5Gi', 1_610_612_736n * UNIT],
    ['1e3', 1_000n * UNIT],
    ['1E3', 1_000n * UNIT],
    ['1E', 10n ** 18n * UNIT],
    ['1e-3', UNIT / 1_000n],
    ['1n', 1n],
    ['0.1n', 1n],
    ['-0.1n', -1n],
    ['1u', 1_000n],
  ])('%s', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected);
  });

  it.each(['', '.', 'm', '1 Gi', '1gi', '1kb', '1e', '1e3Gi', '0x1', '1,5', '--1', '1e999', 'NaN'])(
    'is not %j',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined();
    },
  );

  it('means the same in every unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (amount) => {
        expect(quantityEquals(`${amount}`, `${amount}000m`)).toBe(true);
        expect(quantityEquals(amount, `${amount}e0`)).toBe(true);
        expect(quantityEquals(`${amount}Mi`, `${amount * 1_024}Ki`)).toBe(true);
        expect(quantityEquals(`${amount}M`, `${amount}000k`)).toBe(true);
        expect(quantityEquals(`${amount}`, `${amount + 1}`)).toBe(false);
      }),
    );
  });

  it('grows with the number', () => {
    const decimal = fc
      .tuple(fc.nat(9_999), fc.nat(999))
      .map(([whole, rest]) => `${whole}.${String(rest).padStart(3, '0')}`);
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [left = 0n, right = 0n] = [parseQuantity(a), parseQuantity(b)];
        expect(left < right).toBe(Number(a) < Number(b));
      }),
    );
  });
});

it('texts that are no quantities are equal only when they are the same', () => {
  expect(quantityEquals('x', 'x')).toBe(true);
  expect(quantityEquals('x', 'y')).toBe(false);
});

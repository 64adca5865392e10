import fc from 'fast-check';
import { isLabelValue } from '../ids';
import { inventoryName, labelValue } from './labels';

const subdomain = fc
  .array(fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/), { minLength: 1, maxLength: 12 })
  .map((parts) =>
    parts
      .join('.')
      .slice(0, 253)
      .replace(/[-.]+$/, ''),
  );

describe('labelValue', () => {
  it('keeps what fits', () => {
    expect(labelValue('shop')).toBe('shop');
    expect(labelValue('a'.repeat(63))).toBe('a'.repeat(63));
  });

  it('cuts a longer text and adds its hash, so that two long names stay two values', () => {
    const long = `${'a'.repeat(60)}-one`;
    expect(labelValue(long)).toBe(`${'a'.repeat(54)}-${labelValue(long).slice(-8)}`);
    expect(labelValue(long)).toHaveLength(63);
    expect(labelValue(long)).not.toBe(labelValue(`${'a'.repeat(60)}-two`));
  });

  it('leaves no dash or dot in front of the hash', () => {
    expect(labelValue(`${'a'.repeat(50)}.-.-${'b'.repeat(30)}`)).toMatch(/^a{50}-[0-9a-f]{8}$/);
  });

  it('makes a valid label value of the name of any object', () => {
    fc.assert(
      fc.property(subdomain, (name) => {
        expect(isLabelValue(labelValue(name))).toBe(true);
        expect(labelValue(labelValue(name))).toBe(labelValue(name));
      }),
    );
  });
});

it('the inventory of a CRD is named after it', () => {
  expect(inventoryName('websites', 'demo.orkestra.io')).toBe('orkestra-inventory.websites.demo.orkestra.io');
});

import fc from 'fast-check';
import { isIP } from 'node:net';
import { parseIp } from './ip-address';

describe('parseIp', () => {
  it('reads what the runtime takes for an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        expect(parseIp(text)).toHaveLength(isIP(text) === 4 ? 4 : 16);
      }),
    );
  });

  it('agrees with the runtime about any text of these characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f:.]{0,20}$/), (text) => {
        expect(parseIp(text) !== undefined).toBe(isIP(text) !== 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['::', Array(16).fill(0)],
    ['1.2.3.4', [1, 2, 3, 4]],
    ['::ffff:1.2.3.4', [...Array<number>(10).fill(0), 255, 255, 1, 2, 3, 4]],
    ['fe80::1%eth0', undefined],
    ['01.2.3.4', undefined],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7::8', undefined],
    [':1', undefined],
    ['', undefined],
  ])('%s', (text, bytes) => {
    expect(parseIp(text)).toEqual(bytes);
  });

  it('takes leading zeros where they are allowed', () => {
    expect(parseIp('010.002.0.1', { leadingZeros: true })).toEqual([10, 2, 0, 1]);
  });
});

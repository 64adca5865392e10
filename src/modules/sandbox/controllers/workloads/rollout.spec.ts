import fc from 'fast-check';
import { limitsOf, nextSizes, type SetSize, share } from './rollout';

const rolling = (
  replicas: number,
  maxSurge: number | string,
  maxUnavailable: number | string,
): { readonly [key: string]: never } =>
  ({ replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } }) as never;
const set = (name: string, wanted: number, available = wanted): SetSize => ({
  name,
  wanted,
  replicas: wanted,
  available,
});

it('shares of a whole are rounded to the safe side', () => {
  expect([share('25%', 3, 'up'), share('25%', 3, 'down'), share(2, 3, 'up'), share('x', 3, 'up')]).toEqual([
    1, 0, 2, 0,
  ]);
  expect(limitsOf(rolling(1, 0, '25%'))).toEqual({ desired: 1, maxSurge: 0, maxUnavailable: 1 });
});

it('a first set gets all replicas at once', () => {
  expect(nextSizes({ spec: rolling(3, '25%', '25%'), current: set('new', 0), old: [] })).toEqual(new Map([['new', 3]]));
});

it('old pods that are not available go before those that are', () => {
  const old = [set('sick', 2, 0), set('well', 2, 2)];
  const sizes = nextSizes({ spec: rolling(4, 0, 2), current: set('new', 0, 0), old });
  expect(sizes).toEqual(new Map([['sick', 0]]));
});

it('Recreate empties the old sets first', () => {
  const spec = { replicas: 2, strategy: { type: 'Recreate' } };
  expect(nextSizes({ spec, current: set('new', 0), old: [set('old', 2)] })).toEqual(new Map([['old', 0]]));
  const gone = { ...set('old', 0), replicas: 0 };
  expect(nextSizes({ spec, current: set('new', 0), old: [gone] })).toEqual(new Map([['new', 2]]));
});

it('a rollout ends with all replicas new, and keeps to its limits on the way', () => {
  const amounts = fc.record({
    desired: fc.integer({ min: 1, max: 12 }),
    surge: fc.integer({ min: 0, max: 5 }),
    unavailable: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(amounts, ({ desired, surge, unavailable }) => {
      const spec = rolling(desired, surge, unavailable);
      const { maxSurge, maxUnavailable } = limitsOf(spec);
      let current = set('new', 0);
      let old = set('old', desired);
      for (let step = 0; step < 100; step++) {
        const sizes = nextSizes({ spec, current, old: [old] });
        if (sizes.size === 0) break;
        // New pods become available at once, and the numbers are those of the next look.
        current = set('new', sizes.get('new') ?? current.wanted);
        old = set('old', sizes.get('old') ?? old.wanted);
        expect(current.wanted + old.wanted).toBeLessThanOrEqual(desired + maxSurge);
        expect(current.available + old.available).toBeGreaterThanOrEqual(desired - maxUnavailable);
      }
      expect([current.wanted, old.wanted]).toEqual([desired, 0]);
    }),
  );
});

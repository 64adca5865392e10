import * as fc from 'fast-check';
import { ANNOTATION, type JsonObject, LEASE_NAME, valueAt } from '../../common';
import { type Claim, claimed, holderOf, newLease, readLease, released } from './lease-record';

const NOW = Date.parse('2026-01-01T00:00:00.123Z');
const OURS: Claim = { identity: 'us', katalog: 'shop', durationMs: 15_000 };
const THEIRS: Claim = { identity: 'them', katalog: 'bakery', durationMs: 4_000 };

describe('a new Lease', () => {
  it('has the fields that other electors read, and the name of the Katalog', () => {
    expect(newLease(OURS, 'default', NOW)).toEqual({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: LEASE_NAME, namespace: 'default', annotations: { [ANNOTATION.katalog]: 'shop' } },
      spec: {
        holderIdentity: 'us',
        leaseDurationSeconds: 15,
        acquireTime: '2026-01-01T00:00:00.123000Z',
        renewTime: '2026-01-01T00:00:00.123000Z',
        leaseTransitions: 0,
      },
    });
  });

  it.each([
    [1, 1],
    [1_499, 1],
    [1_500, 2],
    [15_000, 15],
  ])('of %i ms says %i s: the API has whole seconds, and none is not allowed', (durationMs, seconds) => {
    const lease = newLease({ ...OURS, durationMs }, 'default', NOW);
    expect(valueAt(lease, ['spec', 'leaseDurationSeconds'])).toBe(seconds);
  });

  it('is read as it was written', () => {
    const claims = fc.record({
      identity: fc.string({ minLength: 1 }),
      katalog: fc.string({ minLength: 1 }),
      durationMs: fc.integer({ min: 1, max: 3_600 }).map((seconds) => seconds * 1_000),
    });
    fc.assert(
      fc.property(claims, fc.integer({ min: 0, max: 4_000_000_000_000 }), (claim, at) => {
        const lease = newLease(claim, 'default', at);
        const { identity: holder, katalog, durationMs } = claim;
        expect(readLease(lease)).toMatchObject({ object: lease, holder, katalog, durationMs, transitions: 0 });
        expect(Date.parse(readLease(lease).renewTime)).toBe(at);
      }),
    );
  });
});

describe('a Lease that others wrote', () => {
  it.each<[string, JsonObject]>([
    ['no spec', {}],
    ['an empty spec', { spec: {} }],
    ['nulls', { metadata: null, spec: { holderIdentity: null, leaseDurationSeconds: null, renewTime: null } }],
    ['something else as spec', { spec: 'free' }],
  ])('with %s is held by nobody', (_what, object) => {
    expect(readLease(object)).toEqual({
      object,
      holder: '',
      katalog: undefined,
      durationMs: 0,
      transitions: 0,
      renewTime: '',
    });
  });

  it('keeps what we do not know when we claim it', () => {
    const object: JsonObject = {
      ...newLease(THEIRS, 'default', NOW - 60_000),
      metadata: { name: LEASE_NAME, resourceVersion: '7', labels: { a: 'b' }, annotations: { note: 'keep' } },
      status: { future: true },
    };
    const lease = claimed(readLease(object), OURS, NOW);
    expect(lease['status']).toEqual({ future: true });
    expect(lease['metadata']).toEqual({
      name: LEASE_NAME,
      // The guard: of two claims on one state the server lets one through.
      resourceVersion: '7',
      labels: { a: 'b' },
      annotations: { note: 'keep', [ANNOTATION.katalog]: 'shop' },
    });
  });
});

describe('a claim', () => {
  const theirs = readLease(newLease(THEIRS, 'default', NOW - 60_000));

  it('on a Lease of somebody else begins a new hold and counts it', () => {
    const lease = claimed(theirs, OURS, NOW);
    expect(lease['spec']).toEqual({
      holderIdentity: 'us',
      leaseDurationSeconds: 15,
      acquireTime: '2026-01-01T00:00:00.123000Z',
      renewTime: '2026-01-01T00:00:00.123000Z',
      leaseTransitions: 1,
    });
    expect(readLease(lease).katalog).toBe('shop');
  });

  it('on our own moves nothing but the time of the renewal', () => {
    const ours = claimed(theirs, OURS, NOW);
    const renewed = claimed(readLease(ours), OURS, NOW + 2_000);
    expect(renewed).toEqual({
      ...ours,
      spec: { ...(ours['spec'] as JsonObject), renewTime: '2026-01-01T00:00:02.123000Z' },
    });
  });

  it('does not change the record that it is made from', () => {
    const before = structuredClone(theirs);
    claimed(theirs, OURS, NOW);
    released(theirs, NOW);
    expect(theirs).toEqual(before);
  });
});

describe('a Lease that is given up', () => {
  it('has no holder, runs out at once and keeps its count and its guard', () => {
    const ours = {
      ...claimed(readLease(newLease(THEIRS, 'default', NOW)), OURS, NOW),
      metadata: { resourceVersion: '9' },
    };
    const lease = released(readLease(ours), NOW + 1_000);
    expect(readLease(lease)).toMatchObject({ holder: '', durationMs: 1_000, transitions: 1 });
    expect(valueAt(lease, ['metadata', 'resourceVersion'])).toBe('9');
  });
});

it('tells when a holder may be taken for gone: its duration after we last saw it renewed, by our clock', () => {
  const record = readLease(newLease(THEIRS, 'default', NOW - 86_400_000));
  expect(holderOf(record, NOW)).toEqual({ identity: 'them', katalog: 'bakery', expiresAt: NOW + 4_000 });
});

import fc from 'fast-check';
import { type JsonObject, type MutableJsonObject, parseQuantity } from '../../common';
import { builtinSchema } from '../../schema';
import { canonicalQuantity } from './quantity-form';
import { toWireForm, writeNulls } from './wire-form';

function formed(group: string, kind: string, object: JsonObject): JsonObject {
  const draft = structuredClone<MutableJsonObject>(object);
  toWireForm(draft, builtinSchema(group, 'v1', kind)!);
  return draft;
}

describe('the form in which Go writes an object', () => {
  it('lacks empty values that a type leaves out', () => {
    const spec = {
      selector: {},
      minReadySeconds: 0,
      paused: false,
      template: {
        metadata: { creationTimestamp: null, labels: {} },
        spec: { volumes: [], containers: [{ name: 'c', command: [], env: [{ name: 'A', value: '' }] }] },
      },
    };
    expect(formed('apps', 'Deployment', { metadata: { annotations: {} }, spec })).toEqual({
      metadata: {},
      spec: {
        selector: {},
        strategy: {},
        template: { metadata: {}, spec: { containers: [{ name: 'c', env: [{ name: 'A' }], resources: {} }] } },
      },
      status: {},
    });
  });

  it('keeps a zero that was set behind a pointer', () => {
    expect(formed('apps', 'Deployment', { spec: { replicas: 0 } })['spec']).toMatchObject({ replicas: 0 });
  });

  it('has values that a type always writes', () => {
    const status = formed('apps', 'DaemonSet', {})['status'];
    expect(status).toEqual({
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    });
    const role: MutableJsonObject = {};
    writeNulls(role, builtinSchema('rbac.authorization.k8s.io', 'v1', 'Role')!);
    expect(role).toEqual({ rules: null });
  });

  it('writes times to the second, and microseconds where the type has them', () => {
    const time = '2026-01-02T03:04:05.6+00:00';
    const lease = formed('coordination.k8s.io', 'Lease', { spec: { renewTime: time } });
    expect(lease['spec']).toEqual({ renewTime: '2026-01-02T03:04:05.600000Z' });
    expect(formed('', 'Pod', { status: { startTime: time } })['status']).toEqual({ startTime: '2026-01-02T03:04:05Z' });
  });

  it('is reached in one step', () => {
    const once = formed('', 'Service', { spec: { ports: [{ port: 80 }], selector: {} } });
    expect(formed('', 'Service', once)).toEqual(once);
  });
});

describe('the canonical text of a quantity', () => {
  it.each([
    ['1000m', '1'],
    ['0.5', '500m'],
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1500m', '1500m'],
    ['1e3', '1e3'],
    ['2000k', '2M'],
    ['0', '0'],
    ['1024', '1024'],
    ['-1000m', '-1'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it('means the same amount, and is canonical itself', () => {
    const suffix = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e3', 'E2');
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), suffix, (amount, unit) => {
        const text = `${amount}${unit}`;
        const canonical = canonicalQuantity(text) as string;
        expect(parseQuantity(canonical)).toBe(parseQuantity(text));
        expect(canonicalQuantity(canonical)).toBe(canonical);
      }),
    );
  });

  it('leaves other texts alone', () => {
    expect(canonicalQuantity('many')).toBe('many');
    expect(canonicalQuantity(null)).toBeNull();
  });
});

// Spec: runtime §9.
import { ManualClock } from '../../common';
import { CrdHealth } from './crd-health';

let clock: ManualClock;
let health: CrdHealth;

beforeEach(() => {
  clock = new ManualClock();
  health = new CrdHealth(3, clock);
});

function fail(times: number): void {
  for (let time = 0; time < times; time++) health.failedWith(`problem ${time}`);
}

describe('the health of a CRD', () => {
  it('is "not started" and 503 before its workers run', () => {
    expect(health).toMatchObject({
      state: 'not started',
      httpStatus: 503,
      startedAt: 'not started',
      uptime: 'not started',
    });
    expect(health.lastReconcile).toBe('not started');
  });

  it('is pending and 200 until the first success', () => {
    health.workersStarted();
    expect(health).toMatchObject({ state: 'pending', httpStatus: 200, lastReconcile: 'no reconciles yet' });
    health.waited();
    expect(health).toMatchObject({ state: 'pending', totalReconciles: 1 });
    health.succeeded();
    expect(health).toMatchObject({ state: 'healthy', httpStatus: 200, lastReconcile: '2026-01-01T00:00:00Z' });
  });

  it('is degraded and 503 from the threshold of consecutive failures on, and one success recovers it', () => {
    health.workersStarted();
    health.succeeded();
    fail(2);
    expect(health.state).toBe('healthy');
    fail(1);
    expect(health).toMatchObject({ state: 'degraded', httpStatus: 503, consecutiveFails: 3, errorRate: 75 });
    health.succeeded();
    expect(health).toMatchObject({ state: 'healthy', consecutiveFails: 0, errorRate: 60 });
    expect(health.lastError).toBe('problem 0');
  });

  it('counts only failures that follow each other', () => {
    health.workersStarted();
    fail(2);
    health.succeeded();
    fail(2);
    expect(health.state).toBe('healthy');
  });

  it('of a CRD that never succeeded stays pending below the threshold', () => {
    health.workersStarted();
    fail(2);
    expect(health.state).toBe('pending');
    fail(1);
    expect(health.state).toBe('degraded');
  });

  it('is degraded while the CRD is missing, whatever passes say, and pending when it is back', () => {
    health.workersStarted();
    health.succeeded();
    health.vanished();
    expect(health).toMatchObject({ state: 'degraded', missing: true, lastError: 'CRD missing at runtime' });
    health.succeeded();
    expect(health.state).toBe('degraded');
    health.returned();
    expect(health).toMatchObject({ state: 'pending', missing: false, consecutiveFails: 0 });
    health.succeeded();
    expect(health.state).toBe('healthy');
  });

  it('of a CRD that was never there is "not started", with a reason', () => {
    health.vanished();
    expect(health).toMatchObject({ state: 'not started', lastError: 'CRD is not served by the API server' });
  });

  it('starts anew when this process leads again', () => {
    health.workersStarted();
    health.succeeded();
    health.workersStopped();
    expect(health.state).toBe('not started');
    clock.advance(5_000);
    health.workersStarted();
    clock.advance(61_000);
    expect(health).toMatchObject({ state: 'pending', startedAt: '2026-01-01T00:00:05Z', uptime: '1m1s' });
  });
});

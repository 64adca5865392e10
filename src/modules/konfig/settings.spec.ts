import 'reflect-metadata';
import { readSettings } from './settings';

describe('readSettings', () => {
  it('gives the documented defaults for an empty environment', () => {
    const settings = readSettings({});
    expect(settings.http).toEqual({ host: '0.0.0.0', port: 8080 });
    expect(settings.lease).toEqual({ durationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 });
    expect(settings.defaults).toEqual({ resyncMs: 30_000, workers: 3, queueDepth: 0, failureThreshold: 5 });
    expect(settings.namespace).toBe('default');
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('treats an empty variable as not set', () => {
    expect(readSettings({ ORK_NAMESPACE: '', ORK_PORT: '' }).namespace).toBe('default');
  });

  it('splits KATALOG_PATH at commas and trims', () => {
    expect(readSettings({ KATALOG_PATH: 'a.yaml, b.yaml,' }).katalogPaths).toEqual(['a.yaml', 'b.yaml']);
  });

  it.each([
    ['ORK_PORT', 'http'],
    ['DEFAULT_WORKERS', '99'],
    ['LOG_LEVEL', 'loud'],
    ['ORK_PRINT_ACTIVITY', 'maybe'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(name);
  });

  it('refuses a renew deadline that is not shorter than the lease', () => {
    expect(() => readSettings({ LEASE_DURATION: '5', RENEW_DEADLINE: '10' })).toThrow('LEASE_DURATION must be longer');
  });

  it.each([
    ['prod', 'production'],
    ['UAT', 'staging'],
    ['whatever', 'development'],
  ])('normalises ORK_ENV=%s to %s', (written, expected) => {
    expect(readSettings({ ORK_ENV: written }).environment).toBe(expected);
  });
});

import 'reflect-metadata';
import { readSettings } from './settings';

describe('readSettings', () => {
  it('gives the documented defaults for an empty environment', () => {
    const settings = readSettings({});
    expect(settings.http).toEqual({ host: '0.0.0.0', port: 8080, isPortRequested: false });
    expect(settings.lease).toEqual({ durationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 });
    expect(settings.defaults).toEqual({ resyncMs: 30_000, workers: 3, queueDepth: 0, failureThreshold: 5 });
    expect(settings.namespace).toBe('default');
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('treats an empty variable as not set', () => {
    const { namespace, http } = readSettings({ ORK_NAMESPACE: '', ORK_PORT: '' });
    expect(namespace).toBe('default');
    expect(http).toMatchObject({ port: 8080, isPortRequested: false });
  });

  it('tells a port that was asked for from the default, though it be the same', () => {
    expect(readSettings({ ORK_PORT: '8080' }).http).toMatchObject({ port: 8080, isPortRequested: true });
  });

  it('splits KATALOG_PATH at commas and trims', () => {
    expect(readSettings({ KATALOG_PATH: 'a.yaml, b.yaml,' }).katalogPaths).toEqual(['a.yaml', 'b.yaml']);
  });

  it('reads the addresses of runtimes as people write them', () => {
    const of = (value: string): readonly string[] => readSettings({ ORK_RUNTIME_URLS: value }).runtimeUrls;
    expect(of('')).toEqual(['http://localhost:8080']);
    expect(of('a:8080, https://b/x/ ,http://a:8080')).toEqual(['http://a:8080', 'https://b/x']);
  });

  it.each(['ftp://a', 'http://', 'http://me:secret@a'])(
    'refuses the runtime address %s, and does not repeat it',
    (url) => {
      const message =
        'environment: ORK_RUNTIME_URLS: expected addresses such as http://localhost:8080, separated by commas';
      expect(() => readSettings({ ORK_RUNTIME_URLS: url })).toThrow(new Error(message));
    },
  );

  it.each([
    ['ORK_PORT', 'http', 'expected a whole number from 0 to 65535'],
    ['ORK_PORT', '70000', 'expected a whole number from 0 to 65535'],
    ['DEFAULT_RESYNC', '30s', 'expected a whole number from 1 to 86400'],
    ['DEFAULT_WORKERS', '99', 'expected a whole number from 1 to 50'],
    ['DEFAULT_WORKERS', '1.5', 'expected a whole number from 1 to 50'],
    ['LOG_LEVEL', 'loud', 'expected one of debug, info, warn, error'],
    ['ORK_LOG_FORMAT', 'xml', 'expected one of auto, human, json'],
    ['ORK_PRINT_ACTIVITY', 'maybe', 'expected one of 1, t, T, TRUE, true, True, 0, f, F, FALSE, false, False'],
  ])('refuses %s=%s and says what was found and what is allowed', (name, value, allowed) => {
    expect(() => readSettings({ [name]: value })).toThrow(`environment: ${name} is "${value}": ${allowed}`);
  });

  it('names every variable that can not be read at once', () => {
    expect(() => readSettings({ ORK_PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/LOG_LEVEL is "y".*; ORK_PORT is "x"/);
  });

  it.each(['LOG_LEVEL', 'ORK_LOG_FORMAT', 'ORK_PRINT_ACTIVITY', 'DEFAULT_WORKERS', 'KUBEKONFIG'])(
    'treats an empty %s as not set',
    (name) => {
      expect(readSettings({ [name]: '' })).toEqual(readSettings({}));
    },
  );

  it('wants both files of a certificate, and says which is missing', () => {
    expect(() => readSettings({ TLS_CERT: 'a.pem' })).toThrow('TLS_KEY is not set');
    expect(readSettings({ TLS_CERT: 'a.pem', TLS_KEY: 'b.pem' }).tls).toEqual({ certFile: 'a.pem', keyFile: 'b.pem' });
  });

  it('passes the variables on that say where kubectl would look, and no others', () => {
    const { environment } = readSettings({ KUBECONFIG: '/k', HOME: '/h', SECRET: 'x' }).kube;
    expect(environment).toEqual({ KUBECONFIG: '/k', HOME: '/h' });
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

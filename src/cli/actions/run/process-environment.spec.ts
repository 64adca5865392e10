import { processEnvironment, type ProcessSettings } from './process-environment';

const settings: ProcessSettings = {
  options: {},
  files: ['/a.yaml', '/b.yaml'],
  name: 'runtime',
  runtimeUrl: undefined,
  isTerminal: false,
};

describe('what a process is told', () => {
  it('is everything that was decided, and what stood in the environment before', () => {
    expect(processEnvironment(settings, { HOME: '/home/x', SMTP_HOST: 'mail' })).toEqual({
      HOME: '/home/x',
      SMTP_HOST: 'mail',
      KATALOG_PATH: '/a.yaml,/b.yaml',
      ORK_HOST: '127.0.0.1',
      ORK_PRINT_ACTIVITY: 'true',
      ORK_LOG_FORMAT: 'json',
      LOG_LEVEL: 'warn',
    });
  });

  it('has the options of the command line', () => {
    const options = {
      kubeconfig: 'k',
      context: 'c',
      namespace: 'n',
      applyCr: true,
      debug: true,
      requestTimeout: '1m',
    } as const;
    const told = processEnvironment(
      { ...settings, options, runFolder: '/tmp/run' },
      { LOG_LEVEL: 'error', ORK_NAMESPACE: 'x' },
    );
    expect(told).toMatchObject({
      ORK_RUN_FOLDER: '/tmp/run',
      KUBEKONFIG: 'k',
      ORK_KUBE_CONTEXT: 'c',
      ORK_NAMESPACE: 'n',
      ORK_APPLY_CR: 'true',
      ORK_REQUEST_TIMEOUT: '60',
      LOG_LEVEL: 'debug',
    });
  });

  it.each([
    ['a flag', { port: 9000 }, {}, '9000'],
    ['the environment', {}, { ORK_PORT: '9001' }, '9001'],
    ['both: the flag', { port: 9000 }, { ORK_PORT: '9001' }, '9000'],
    ['nobody', {}, {}, undefined],
  ])('is the port that was asked for by %s, for the runtime alone', (_by, options, own, port) => {
    const told = processEnvironment({ ...settings, options }, own);
    expect(told['ORK_PORT']).toBe(port);
    const others = { ...settings, options, name: 'gateway', runtimeUrl: 'http://127.0.0.1:8083' } as const;
    // Set, but to nothing: what stands in `.env` is not theirs either.
    expect(processEnvironment(others, own)).toMatchObject({ ORK_PORT: '', ORK_RUNTIME_URLS: 'http://127.0.0.1:8083' });
  });

  it.each([
    [undefined, '127.0.0.1'],
    ['', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
  ])('is loopback unless another host is named: %j', (host, expected) => {
    expect(processEnvironment(settings, { ORK_HOST: host })['ORK_HOST']).toBe(expected);
  });

  it.each(['soon', '30', '0s', '-1s', '48h'])('is no request timeout of %s', (requestTimeout) => {
    expect(() => processEnvironment({ ...settings, options: { requestTimeout } }, {})).toThrow(
      `--request-timeout ${requestTimeout}: expected a duration from 1s to 24h`,
    );
  });

  it.each([
    [true, undefined, 'human', '1'],
    [true, 'auto', 'human', '1'],
    [true, 'json', 'json', '1'],
    [false, 'human', 'human', undefined],
    [false, 'auto', 'json', undefined],
  ] as const)('at a terminal: %s, --log-format %s: log lines are %s', (isTerminal, logFormat, format, colour) => {
    const options = logFormat === undefined ? {} : { logFormat };
    const told = processEnvironment({ ...settings, options, isTerminal }, {});
    expect(told['ORK_LOG_FORMAT']).toBe(format);
    expect(told['FORCE_COLOR']).toBe(colour);
  });
});

// The life of a process, with a graph and work of the test: what is stopped when, and what the exit code says.
import { connect } from 'node:net';
import { type DynamicModule } from '@nestjs/common';
import { OrkestraError } from '../common';
import { SETTINGS } from '../konfig';
import { type Logger, LOGGER, ProbeState, silentLogger } from '../observability';
import { bootstrap, type ProcessDefinition, type Work } from './bootstrap';

const DRAIN_MS = 20_000;
const GRACE_MS = 30_000;

let steps: string[];
let probes: ProbeState;
let url: string;
let fail: (error: OrkestraError) => void;
let exit: jest.SpyInstance;
let stderr: jest.SpyInstance;
let restoreProcess: () => void;

const logger: Logger = {
  ...silentLogger,
  info: (event, fields) => {
    if (event === 'http.listening') url = String(fields?.['url']);
    steps.push(event);
  },
  error: (event) => void steps.push(event),
};

class TestModule {
  onModuleDestroy(): void {
    steps.push('graph closed');
  }
}

/** No parent listens, and nobody hears of our signals but the process under test. */
function isolateProcess(): () => void {
  const { send, connected, exitCode } = process;
  const before = new Map(['SIGINT', 'SIGTERM', 'disconnect'].map((name) => [name, process.rawListeners(name)]));
  const outputs = [process.stdout, process.stderr].map((stream) => [stream, stream.rawListeners('error')] as const);
  Object.assign(process, { send: undefined, connected: false });
  return () => {
    Object.assign(process, { send, connected, exitCode });
    for (const [name, listeners] of before) {
      for (const listener of process.rawListeners(name)) {
        if (!listeners.includes(listener)) process.off(name, listener as () => void);
      }
    }
    for (const [stream, listeners] of outputs) {
      for (const listener of stream.rawListeners('error')) {
        if (!listeners.includes(listener)) stream.off('error', listener as () => void);
      }
    }
  };
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'hrtime', 'Date'] });
  steps = [];
  probes = new ProbeState();
  restoreProcess = isolateProcess();
  exit = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  restoreProcess();
});

function processWith(work: Partial<Work> = {}): ProcessDefinition {
  return {
    role: 'runtime',
    root: (onFatal): DynamicModule => {
      fail = onFatal;
      const settings = { http: { host: '127.0.0.1', port: 0 }, shutdown: { drainMs: DRAIN_MS, graceMs: GRACE_MS } };
      return {
        module: TestModule,
        providers: [
          { provide: SETTINGS, useValue: settings },
          { provide: LOGGER, useValue: logger },
          { provide: ProbeState, useValue: probes },
        ],
      };
    },
    work: () => ({
      start: () => {
        steps.push(`work starts, started: ${probes.startup}`);
        return Promise.resolve();
      },
      stop: (drainMs) => {
        steps.push(`work stops within ${drainMs}, ${probes.notReady}`);
        return Promise.resolve();
      },
      ...work,
    }),
  };
}

async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await new Promise((resolve) => setImmediate(resolve));
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}

it('binds its port before its work starts, and has started when that did', async () => {
  const running = bootstrap(processWith());
  await until(() => probes.startup);
  expect(steps).toEqual(['http.listening', 'work starts, started: false']);
  expect(probes.notReady).toBeUndefined();
  process.emit('SIGTERM');
  await running;
});

it('stops in order: unready, then the work while its port still answers, then the server and the graph', async () => {
  let answered: boolean | undefined;
  const stop = async (drainMs: number): Promise<void> => {
    answered = await answers();
    steps.push(`work stops within ${drainMs}, ${probes.notReady}`);
  };
  const running = bootstrap(processWith({ stop }));
  await until(() => probes.startup);
  process.emit('SIGTERM');
  await running;
  expect(steps.slice(2)).toEqual([`work stops within ${DRAIN_MS}, stopping`, 'graph closed']);
  expect(answered).toBe(true);
  expect(await answers()).toBe(false);
  expect(process.exitCode).toBe(0);
});

it('drains shortly on Ctrl-C: somebody waits', async () => {
  const running = bootstrap(processWith());
  await until(() => probes.startup);
  process.emit('SIGINT');
  await running;
  expect(steps).toContain('work stops within 700, stopping');
  expect(process.exitCode).toBe(0);
});

it('ends at once on a second signal', async () => {
  const running = bootstrap(processWith());
  await until(() => probes.startup);
  process.emit('SIGINT');
  expect(exit).not.toHaveBeenCalled();
  process.emit('SIGINT');
  expect(exit).toHaveBeenCalledWith(130);
  await running;
});

it('tells its work to stop while that starts, never calls itself started then, and stops it', async () => {
  const start = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      steps.push('work starts');
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  const running = bootstrap(processWith({ start }));
  await until(() => steps.includes('work starts'));
  process.emit('SIGTERM');
  await running;
  expect(probes.startup).toBe(false);
  expect(steps.slice(2)).toEqual([`work stops within ${DRAIN_MS}, stopping`, 'graph closed']);
});

it('stops all that it started when its work fails to start, says why, and ends with 1', async () => {
  const start = (): Promise<void> =>
    Promise.reject(new OrkestraError({ code: 'X', kind: 'UserError', message: 'no cluster' }));
  await bootstrap(processWith({ start }));
  expect(steps).toEqual(['http.listening', `work stops within ${DRAIN_MS}, stopping`, 'graph closed']);
  expect(stderr.mock.calls).toEqual([['error: no cluster\n']]);
  expect(process.exitCode).toBe(1);
});

it('stops in the same order when something fails for good later', async () => {
  const running = bootstrap(processWith());
  await until(() => probes.startup);
  fail(new OrkestraError({ code: 'X', kind: 'UserError', message: 'another Katalog leads' }));
  await running;
  expect(steps.slice(2)).toEqual([`work stops within ${DRAIN_MS}, stopping`, 'graph closed']);
  expect(stderr.mock.calls).toEqual([['error: another Katalog leads\n']]);
  expect(process.exitCode).toBe(1);
});

it.each([
  ['SIGTERM', GRACE_MS, 1],
  ['SIGINT', 1_800, 0],
] as const)('does not wait for a stop that hangs: %s, %i ms, exit code %i', async (signal, graceMs, code) => {
  let end: () => void = () => undefined;
  const running = bootstrap(processWith({ stop: () => new Promise((resolve) => (end = resolve)) }));
  await until(() => probes.startup);
  process.emit(signal);
  await until(() => probes.notReady === 'stopping');
  await jest.advanceTimersByTimeAsync(graceMs - 1);
  expect(exit).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  expect(exit).toHaveBeenCalledWith(code);
  expect(steps).toContain('process.stop-too-slow');
  end();
  await running;
});

it('ends the process shortly after, whatever still lingers', async () => {
  const running = bootstrap(processWith());
  await until(() => probes.startup);
  process.emit('SIGTERM');
  await running;
  expect(exit).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(100);
  expect(exit).toHaveBeenCalledWith();
});

// The life of a process: build the graph, bind the port, start the work, stop in order (DESIGN §4.9).
import { type DynamicModule } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { asOrkestraError, type OrkestraError } from '../common';
import { isDebugRequested, SETTINGS, type Settings } from '../konfig';
import { type Logger, LOGGER, NestLogger, ProbeState } from '../observability';
import { createApp, listen } from './http-server';
import { type Standby, tellParent, tidyUpAfter } from './parent-link';
import { type ProcessRole } from './process-role';
import { onStopSignal, type StopCause } from './stop-signals';
import { stopWithin } from './stop-deadline';

interface StopLimits {
  /** For passes that are running. */
  readonly drainMs: number;
  /** For the whole stop. */
  readonly graceMs: number;
  readonly lateExitCode: number;
}

/** After Ctrl-C somebody waits at a terminal; after the end of the parent nobody reads what is still done. */
const INTERACTIVE: StopLimits = { drainMs: 700, graceMs: 1_800, lateExitCode: 0 };
/** For what outlives the stop, such as a login program that a kubeconfig names and that waits for its user. */
const LINGER_MS = 100;

/** The work of a process beside its HTTP server. */
export interface Work {
  /** Resolves when everything runs. Rejects when it can't. */
  start(signal: AbortSignal): Promise<void>;
  /** After the start, for work that only one process at a time does: resolves when it is known who leads, to another process or to none. */
  standby?(signal: AbortSignal): Promise<Standby | undefined>;
  stop(drainMs: number): Promise<void>;
}

/** One of the three processes: its graph and what it does beside HTTP. */
export interface ProcessDefinition {
  readonly role: ProcessRole;
  /** `fail` ends the process with exit code 1. */
  readonly root: (fail: (error: OrkestraError) => void) => DynamicModule;
  readonly work?: (app: NestFastifyApplication) => Work;
}

/** Runs the process; resolves when it has stopped. `process.exitCode` says how it went. */
export async function bootstrap(definition: ProcessDefinition): Promise<void> {
  // The parent may be gone while we still have lines for it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const stopping = new AbortController();
  const stopped = new Promise<StopCause | OrkestraError>((resolve) => {
    const end = (cause: StopCause | OrkestraError): void => {
      resolve(cause);
      stopping.abort();
    };
    onStopSignal(end);
    run(definition, end, stopping.signal).catch((error: unknown) => end(asOrkestraError(error)));
  });
  const cause = await stopped;
  if (typeof cause !== 'string') report(cause);
  await running.get(definition)?.(cause);
  process.exitCode = typeof cause === 'string' ? 0 : 1;
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** What stops the parts that are started already, in the right order. */
const running = new Map<ProcessDefinition, (cause: StopCause | OrkestraError) => Promise<void>>();

async function run(
  definition: ProcessDefinition,
  fail: (error: OrkestraError) => void,
  signal: AbortSignal,
): Promise<void> {
  const app = await createApp(definition.role, definition.root(fail));
  const logger = app.get<Logger>(LOGGER);
  const settings = app.get<Settings>(SETTINGS);
  const probes = app.get(ProbeState);
  app.useLogger(new NestLogger(logger));
  const work = definition.work?.(app);
  running.set(definition, async (cause) => {
    const isWatched = cause === 'SIGINT' || cause === 'parent';
    const { drainMs, graceMs, lateExitCode } = isWatched ? INTERACTIVE : { ...settings.shutdown, lateExitCode: 1 };
    if (cause === 'parent' && settings.runFolder !== undefined) tidyUpAfter(settings.runFolder);
    const stop = async (): Promise<void> => {
      probes.markStopping();
      await work?.stop(drainMs);
      await app.close();
    };
    await stopWithin(graceMs, stop, () => {
      logger.error('process.stop-too-slow', { graceMs });
      process.exit(lateExitCode);
    });
  });
  if (signal.aborted) return;
  const url = await listen(app);
  logger.info('http.listening', { url });
  tellParent({ type: 'listening', url });
  await work?.start(signal);
  const standby = await work?.standby?.(signal);
  if (signal.aborted) return;
  probes.markStarted();
  tellParent({ type: 'ready', ...(standby === undefined ? {} : { standby }) });
}

function report(error: OrkestraError): void {
  const stack = isDebugRequested() || error.kind === 'Bug' ? stackOf(error) : undefined;
  const { message } = error;
  if (tellParent({ type: 'fatal', message, ...(stack === undefined ? {} : { stack }) })) return;
  process.stderr.write(`error: ${message}\n${stack === undefined ? '' : `${stack}\n`}`);
}

function stackOf(error: OrkestraError): string | undefined {
  return error.cause instanceof Error ? `${error.stack}\ncaused by: ${error.cause.stack}` : error.stack;
}

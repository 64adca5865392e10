// What the processes are told: everything that `ork run` decided goes through the environment that they read anyway.
import { OrkestraError, parseDuration } from '../../../modules/common';
import { type RunOptions } from '../run.types';
import { type ProcessName } from './child-process';

export interface ProcessSettings {
  readonly options: RunOptions;
  /** Absolute. */
  readonly files: readonly string[];
  /** Who is told. */
  readonly name: ProcessName;
  /** Of the kubeconfig that is gone with this run. */
  readonly runFolder?: string;
  /** Where the runtime listens, for those that ask it; undefined for itself. */
  readonly runtimeUrl: string | undefined;
  /** Somebody reads along: colours, and log lines for people. */
  readonly isTerminal: boolean;
}

const LOOPBACK = '127.0.0.1';
/** A port that the environment or `.env` names is the runtime's: the others have their defaults. */
const NOT_SET = '';

export function processEnvironment(settings: ProcessSettings, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { options, files, name, runFolder, runtimeUrl, isTerminal } = settings;
  const format = options.logFormat === undefined || options.logFormat === 'auto' ? undefined : options.logFormat;
  const optional: Readonly<Record<string, string | undefined>> = {
    KUBEKONFIG: options.kubeconfig,
    ORK_KUBE_CONTEXT: options.context,
    ORK_NAMESPACE: options.namespace,
    ORK_REQUEST_TIMEOUT: options.requestTimeout === undefined ? undefined : secondsOf(options.requestTimeout),
    ORK_PORT: name === 'runtime' ? options.port?.toString() : NOT_SET,
    ORK_RUNTIME_URLS: runtimeUrl,
    ORK_RUN_FOLDER: runFolder,
    ORK_APPLY_CR: options.applyCr === true ? 'true' : undefined,
    FORCE_COLOR: isTerminal ? '1' : undefined,
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    ...own,
    KATALOG_PATH: files.join(','),
    // Unasked for, an empty one too, nothing listens where other machines reach it.
    ORK_HOST: own['ORK_HOST'] || LOOPBACK,
    ORK_PRINT_ACTIVITY: 'true',
    ORK_LOG_FORMAT: format ?? (isTerminal ? 'human' : 'json'),
    // The live lines tell what goes well.
    LOG_LEVEL: options.debug === true ? 'debug' : (own['LOG_LEVEL'] ?? 'warn'),
    ...Object.fromEntries(given),
  };
}

/** Whole seconds, as the environment has them; a part of one counts as one. */
function secondsOf(duration: string): string {
  const ms = parseDuration(duration);
  if (ms === undefined || ms <= 0 || ms > 86_400_000) {
    const message = `--request-timeout ${duration}: expected a duration from 1s to 24h, such as 30s or 2m`;
    throw new OrkestraError({ code: 'OPTION_INVALID', kind: 'UserError', message });
  }
  return String(Math.ceil(ms / 1_000));
}

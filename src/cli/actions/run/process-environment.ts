// What the processes are told: everything that `ork run` decided goes through the environment that they read anyway.
import { OrkestraError, parseDuration } from '../../../modules/common';
import { type RunOptions } from '../run.types';

export interface ProcessSettings {
  readonly options: RunOptions;
  /** Absolute. */
  readonly files: readonly string[];
  readonly port: number;
  /** Of the runtime, for those that ask it. */
  readonly runtimePort: number;
  /** Somebody reads along: colours, and log lines for people. */
  readonly isTerminal: boolean;
}

export function processEnvironment(settings: ProcessSettings, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { options, files, port, runtimePort, isTerminal } = settings;
  const host = own['ORK_HOST'] ?? '127.0.0.1';
  const format = options.logFormat === undefined || options.logFormat === 'auto' ? undefined : options.logFormat;
  const optional: Readonly<Record<string, string | undefined>> = {
    KUBEKONFIG: options.kubeconfig,
    ORK_KUBE_CONTEXT: options.context,
    ORK_NAMESPACE: options.namespace,
    ORK_REQUEST_TIMEOUT: options.requestTimeout === undefined ? undefined : secondsOf(options.requestTimeout),
    ORK_APPLY_CR: options.applyCr === true ? 'true' : undefined,
    FORCE_COLOR: isTerminal ? '1' : undefined,
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    ...own,
    KATALOG_PATH: files.join(','),
    ORK_HOST: host,
    ORK_PORT: String(port),
    ORK_RUNTIME_URLS: `http://${reachable(host)}:${runtimePort}`,
    ORK_PRINT_ACTIVITY: 'true',
    ORK_LOG_FORMAT: format ?? (isTerminal ? 'human' : 'json'),
    // The live lines tell what goes well.
    LOG_LEVEL: options.debug === true ? 'debug' : (own['LOG_LEVEL'] ?? 'warn'),
    ...Object.fromEntries(given),
  };
}

/** A host to ask for a process that listens on `host`, from this machine. */
function reachable(host: string): string {
  if (['0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
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

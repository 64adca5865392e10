// `ork run`: checks the Katalog here, then starts the processes and stays until Ctrl-C or until one of them fails.
import pc from 'picocolors';
import { type ParentMessage } from '../../modules/app';
import { formatProblem, OrkestraError, VERSION } from '../../modules/common';
import { type CompiledKatalog } from '../../modules/katalog';
import { compileHere } from '../katalog/compile-here';
import { onClosedOutput } from '../render/closed-output';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { choosePort } from './run/choose-port';
import { ChildProcess, type ProcessName } from './run/child-process';
import { type RunOptions } from './run.types';

const PORTS: Readonly<Record<ProcessName, number>> = { runtime: 8080, gateway: 8443, controlcenter: 8081 };
/** npm passes Ctrl-C on to a process that the terminal has told already. */
const SAME_KEY_MS = 300;

/** Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  if (options.dev === true) throw notYet();
  const { files, katalog, warnings } = compileHere(options.file ?? [], process.cwd());
  print(`${pc.bold('orkestra')} ${VERSION}`);
  print(
    `Katalog   ${katalog.name}, ${count(katalog.crds.length, 'CRD')} (${files.map((file) => shortPath(file)).join(', ')})`,
  );
  for (const warning of warnings) print(`${SYMBOL.warning} ${formatProblem(warning)}`);
  const names: readonly ProcessName[] = options.all === true ? ['runtime', 'gateway', 'controlcenter'] : ['runtime'];
  const ports = await choosePorts(names, options.port);
  const children = names.map(
    (name) => new ChildProcess(name, environment(options, files, ports.get(name) ?? PORTS[name]), names.length > 1),
  );
  return supervise(children, katalog);
}

/** All of them before the first process starts: a port that can't be had leaves nothing behind. */
async function choosePorts(
  names: readonly ProcessName[],
  requested: number | undefined,
): Promise<ReadonlyMap<ProcessName, number>> {
  const ports = new Map<ProcessName, number>();
  for (const name of names) {
    const wanted = name === 'runtime' ? requested : undefined;
    ports.set(name, await choosePort(wanted, PORTS[name], new Set(ports.values())));
  }
  return ports;
}

function supervise(children: readonly ChildProcess[], katalog: CompiledKatalog): Promise<number> {
  let asked: number | undefined;
  const stop = (): void => children.forEach((child) => child.stop());
  const onSignal = (): void => {
    const now = performance.now();
    if (asked === undefined) stop();
    else if (now - asked > SAME_KEY_MS) {
      children.forEach((child) => child.kill());
      process.exit(130);
    } else return;
    asked = now;
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  // `ork run | head`: nobody reads any more, and a crash would leave the children to end by themselves.
  const forget = onClosedOutput([process.stdout, process.stderr], () => {
    if (asked === undefined) onSignal();
  });
  let waiting = children.length;
  for (const child of children) {
    child.onMessage((message) => {
      tell(child.name, message);
      if (message.type === 'ready' && --waiting === 0) printHints(katalog);
    });
  }
  // One that ends takes the others with it: half a product helps nobody.
  const ends = children.map(async (child) => {
    const code = await child.ended;
    if (asked === undefined) stop();
    return code;
  });
  return Promise.all(ends).then((codes) => {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    forget();
    return codes.every((code) => code === 0) ? 0 : 1;
  });
}

const LABELS: Readonly<Record<ProcessName, string>> = {
  runtime: 'Runtime',
  gateway: 'Gateway',
  controlcenter: 'Control',
};

function tell(from: ProcessName, message: ParentMessage): void {
  switch (message.type) {
    case 'cluster':
      print(`Cluster   context ${message.context}, ${message.server}, namespace ${message.namespace}`);
      return;
    case 'listening':
      print(`${LABELS[from].padEnd(9)} ${message.url}${from === 'runtime' ? '/katalog' : ''}`);
      return;
    case 'fatal':
      process.stderr.write(`${pc.red('error:')} ${message.message}\n`);
      if (message.stack !== undefined) process.stderr.write(`${message.stack}\n`);
      return;
    case 'ready':
      return;
    default:
      message satisfies never;
  }
}

function printHints(katalog: CompiledKatalog): void {
  const [first] = katalog.crds;
  if (first === undefined) return;
  const { plural, group } = first.resource;
  const name = group === '' ? plural : `${plural}.${group}`;
  print(`Try       kubectl get ${name}${first.resource.namespaced ? ' -A' : ''}`);
  print('Running; Ctrl-C stops.');
}

/** What the processes read; nothing else of the options reaches them. */
function environment(options: RunOptions, files: readonly string[], port: number): NodeJS.ProcessEnv {
  const isTerminal = process.stdout.isTTY;
  const format = options.logFormat === undefined || options.logFormat === 'auto' ? undefined : options.logFormat;
  const optional: Readonly<Record<string, string | undefined>> = {
    KUBEKONFIG: options.kubeconfig,
    ORK_KUBE_CONTEXT: options.context,
    ORK_NAMESPACE: options.namespace,
    ORK_APPLY_CR: options.applyCr === true ? 'true' : undefined,
    LOG_LEVEL: options.debug === true ? 'debug' : (process.env['LOG_LEVEL'] ?? 'warn'),
    FORCE_COLOR: isTerminal ? '1' : undefined,
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    ...process.env,
    KATALOG_PATH: files.join(','),
    ORK_HOST: process.env['ORK_HOST'] ?? '127.0.0.1',
    ORK_PORT: String(port),
    ORK_PRINT_ACTIVITY: 'true',
    ORK_LOG_FORMAT: format ?? (isTerminal ? 'human' : 'json'),
    ...Object.fromEntries(given),
  };
}

function notYet(): OrkestraError {
  return new OrkestraError({
    code: 'NOT_SUPPORTED',
    kind: 'UserError',
    message: '--dev: the embedded Kubernetes API is not supported yet; name a cluster with --kubeconfig or --context',
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

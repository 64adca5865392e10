// `ork run`: checks the Katalog here, then starts the processes and stays until Ctrl-C or until one of them fails.
import { resolve } from 'node:path';
import pc from 'picocolors';
import { formatProblem, VERSION } from '../../modules/common';
import { portNumber } from '../commands/arguments';
import { compileHere } from '../katalog/compile-here';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { choosePort } from './run/choose-port';
import { ChildProcess, type ProcessName } from './run/child-process';
import { DevSandbox, wantsSandbox } from './run/dev-sandbox';
import { clusterHints, sandboxHints } from './run/hints';
import { processEnvironment } from './run/process-environment';
import { supervise } from './run/supervise';
import { type RunOptions } from './run.types';

const PORTS: Readonly<Record<ProcessName, number>> = { runtime: 8080, gateway: 8443, controlcenter: 8081 };

/** Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const isDev = wantsSandbox(options);
  const { files, katalog, warnings } = compileHere(options.file ?? [], process.cwd());
  const names: readonly ProcessName[] = options.all === true ? ['runtime', 'gateway', 'controlcenter'] : ['runtime'];
  const ports = await choosePorts(names, options);
  print(`${pc.bold('orkestra')} ${VERSION}`);
  print(
    `Katalog   ${katalog.name}, ${count(katalog.crds.length, 'CRD')} (${files.map((file) => shortPath(file)).join(', ')})`,
  );
  for (const warning of warnings) print(`${SYMBOL.warning} ${formatProblem(warning)}`);
  if (!isDev) return runProcesses(options, files, ports, clusterHints(katalog, options));
  return runInSandbox(options, (told, sandbox) => runProcesses(told, files, ports, sandboxHints(katalog, sandbox)));
}

/** The sandbox outlives the processes: the runtime gives its lease back at the end. */
async function runInSandbox(
  options: RunOptions,
  work: (told: RunOptions, sandbox: DevSandbox) => Promise<number>,
): Promise<number> {
  const sandbox = await DevSandbox.start(options);
  try {
    const kept = options.data === undefined ? 'gone when this ends' : `kept in ${shortPath(resolve(options.data))}`;
    print(`Sandbox   a Kubernetes API in this process; what is in it is ${kept}`);
    const { kubeconfig, context } = sandbox;
    return await work({ ...options, kubeconfig, context, applyCr: true }, sandbox);
  } finally {
    await sandbox.stop();
  }
}

type Ports = readonly (readonly [ProcessName, number])[];

function runProcesses(
  options: RunOptions,
  files: readonly string[],
  ports: Ports,
  hints: readonly string[],
): Promise<number> {
  const isTerminal = process.stdout.isTTY;
  const runtimePort = new Map(ports).get('runtime') ?? PORTS.runtime;
  const children = ports.map(([name, port]) => {
    const environment = processEnvironment({ options, files, port, runtimePort, isTerminal }, process.env);
    return new ChildProcess(name, environment, ports.length > 1);
  });
  return supervise(children, hints);
}

/** All of them before anything starts: a port in use leaves nothing half started behind. */
async function choosePorts(names: readonly ProcessName[], options: RunOptions): Promise<Ports> {
  const host = process.env['ORK_HOST'] ?? '127.0.0.1';
  const inherited = process.env['ORK_PORT'] ?? '';
  const requested = options.port ?? (inherited === '' ? undefined : portNumber('ORK_PORT', inherited));
  const taken = new Set<number>();
  const chosen: [ProcessName, number][] = [];
  for (const name of names) {
    const port = await choosePort(host, name === 'runtime' ? requested : undefined, PORTS[name], taken);
    taken.add(port);
    chosen.push([name, port]);
  }
  return chosen;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

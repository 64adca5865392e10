// `ork run`: checks the Katalog here, then starts the processes and stays until Ctrl-C or until one of them fails.
import { resolve } from 'node:path';
import pc from 'picocolors';
import { formatProblem, VERSION } from '../../modules/common';
import { compileHere } from '../katalog/compile-here';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { ChildProcess, type ProcessName } from './run/child-process';
import { DevSandbox, wantsSandbox } from './run/dev-sandbox';
import { clusterHints, sandboxHints } from './run/hints';
import { processEnvironment } from './run/process-environment';
import { type ProcessPlan, supervise } from './run/supervise';
import { type RunOptions } from './run.types';

/** Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const isDev = wantsSandbox(options);
  const { files, katalog, warnings } = compileHere(options.file ?? [], process.cwd());
  print(`${pc.bold('orkestra')} ${VERSION}`);
  print(
    `Katalog   ${katalog.name}, ${count(katalog.crds.length, 'CRD')} (${files.map((file) => shortPath(file)).join(', ')})`,
  );
  for (const warning of warnings) print(`${SYMBOL.warning} ${formatProblem(warning)}`);
  if (!isDev) return runProcesses(options, files, clusterHints(katalog, options));
  return runInSandbox(options, (told, sandbox) => runProcesses(told, files, sandboxHints(katalog, sandbox)));
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

function runProcesses(options: RunOptions, files: readonly string[], hints: readonly string[]): Promise<number> {
  const isTerminal = process.stdout.isTTY;
  const others: readonly ProcessName[] = options.all === true ? ['gateway', 'controlcenter'] : [];
  const plan: ProcessPlan = {
    others,
    start: (name, runtimeUrl) => {
      const environment = processEnvironment({ options, files, name, runtimeUrl, isTerminal }, process.env);
      return new ChildProcess(name, environment, others.length > 0);
    },
  };
  return supervise(plan, hints);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// `ork run`: checks the Katalog here, then starts the processes and stays until Ctrl-C or until one of them fails.
import { resolve } from 'node:path';
import pc from 'picocolors';
import { formatProblem, OrkestraError, VERSION } from '../../modules/common';
import { requireRunnable } from '../../modules/katalog';
import { compileHere } from '../katalog/compile-here';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { ChildProcess, type ProcessName } from './run/child-process';
import { DevSandbox, wantsSandbox } from './run/dev-sandbox';
import { clusterHints, sandboxHints } from './run/hints';
import { Interruption } from './run/interruption';
import { processEnvironment } from './run/process-environment';
import { type ProcessPlan, supervise } from './run/supervise';
import { type RunOptions } from './run.types';

/** Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const interruption = new Interruption();
  try {
    return await runUntil(interruption, options);
  } finally {
    interruption.forget();
  }
}

async function runUntil(interruption: Interruption, options: RunOptions): Promise<number> {
  const isDev = wantsSandbox(options);
  const { files, katalog, warnings, unrunnable } = await compileHere(filesOf(options), process.cwd());
  requireRunnable({ unrunnable });
  print(`${pc.bold('orkestra')} ${VERSION}`);
  print(
    `Katalog   ${katalog.name}, ${count(katalog.crds.length, 'CRD')} (${files.map((file) => shortPath(file)).join(', ')})`,
  );
  for (const warning of warnings) print(`${SYMBOL.warning} ${formatProblem(warning)}`);
  if (!isDev) return supervise(planFor(options, files), clusterHints(katalog, options), interruption);
  return runInSandbox(options, (told, sandbox) =>
    supervise(planFor(told, files, sandbox.folder), sandboxHints(katalog, sandbox), interruption),
  );
}

/** The runtime reads its files itself, whenever it starts; what was on standard input is gone by then. */
function filesOf({ file = [] }: RunOptions): readonly string[] {
  if (!file.includes('-')) return file;
  const message = "run can't read a Katalog from standard input: the runtime loads it again; save it as a file";
  throw new OrkestraError({ code: 'OPTION_INVALID', kind: 'UserError', message });
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

function planFor(options: RunOptions, files: readonly string[], runFolder?: string): ProcessPlan {
  const isTerminal = process.stdout.isTTY;
  const others: readonly ProcessName[] = options.all === true ? ['gateway', 'controlcenter'] : [];
  return {
    others,
    start: (name, runtimeUrl) => {
      const settings = {
        options,
        files,
        name,
        runtimeUrl,
        isTerminal,
        ...(runFolder === undefined ? {} : { runFolder }),
      };
      return new ChildProcess(name, processEnvironment(settings, process.env), others.length > 0);
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

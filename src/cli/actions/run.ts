// `ork run`: checks the Katalog here, then starts the processes and stays until Ctrl-C or until one of them fails.
import pc from 'picocolors';
import { formatProblem, OrkestraError, VERSION } from '../../modules/common';
import { type CompiledKatalog } from '../../modules/katalog';
import { portNumber } from '../commands/arguments';
import { compileHere } from '../katalog/compile-here';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { choosePort } from './run/choose-port';
import { ChildProcess, type ProcessName } from './run/child-process';
import { processEnvironment } from './run/process-environment';
import { supervise } from './run/supervise';
import { type RunOptions } from './run.types';

const PORTS: Readonly<Record<ProcessName, number>> = { runtime: 8080, gateway: 8443, controlcenter: 8081 };

/** Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  if (options.dev === true) throw notYet();
  const { files, katalog, warnings } = compileHere(options.file ?? [], process.cwd());
  const names: readonly ProcessName[] = options.all === true ? ['runtime', 'gateway', 'controlcenter'] : ['runtime'];
  const ports = await choosePorts(names, options);
  print(`${pc.bold('orkestra')} ${VERSION}`);
  print(
    `Katalog   ${katalog.name}, ${count(katalog.crds.length, 'CRD')} (${files.map((file) => shortPath(file)).join(', ')})`,
  );
  for (const warning of warnings) print(`${SYMBOL.warning} ${formatProblem(warning)}`);
  const isTerminal = process.stdout.isTTY;
  const children = ports.map(([name, port]) => {
    const environment = processEnvironment({ options, files, port, isTerminal }, process.env);
    return new ChildProcess(name, environment, names.length > 1);
  });
  return supervise(children, hintsFor(katalog, options));
}

/** All of them before anything starts: a port in use leaves nothing half started behind. */
async function choosePorts(
  names: readonly ProcessName[],
  options: RunOptions,
): Promise<readonly (readonly [ProcessName, number])[]> {
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

/** A command that shows what the operator does, for the same cluster. */
function hintsFor(katalog: CompiledKatalog, { kubeconfig, context }: RunOptions): readonly string[] {
  const [first] = katalog.crds;
  if (first === undefined) return [];
  const { plural, kind, version, group, namespaced } = first.resource;
  // kubectl asks the cluster for the plural of a kind, too.
  const type = first.isPluralGuessed ? [kind.toLowerCase(), version] : [plural];
  const words = ['kubectl', 'get', [...type, ...(group === '' ? [] : [group])].join('.')];
  if (namespaced) words.push('-A');
  if (kubeconfig !== undefined) words.push('--kubeconfig', shellWord(kubeconfig));
  if (context !== undefined) words.push('--context', shellWord(context));
  return [`Try       ${words.join(' ')}`];
}

/** Quoted when a shell would split or expand it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function notYet(): OrkestraError {
  return new OrkestraError({
    code: 'NOT_SUPPORTED',
    kind: 'UserError',
    message: '--dev: the embedded Kubernetes API does not exist yet; name a cluster with --kubeconfig or --context',
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

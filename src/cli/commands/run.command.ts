import { Command, CommandRunner, Option } from 'nest-commander';
import { type RunOptions } from '../actions/run.types';
import { collect } from './list-option';

@Command({ name: 'run', description: 'Run a Katalog against a cluster until Ctrl-C' })
export class RunCommand extends CommandRunner {
  async run(_arguments: string[], options: RunOptions): Promise<void> {
    const { run } = await import('../actions/run.js');
    process.exitCode = await run(options);
  }

  @Option({ flags: '-f, --file <path>', description: 'Katalog file or folder; repeatable (default: ./katalog.yaml)' })
  file(value: string, before?: string[]): string[] {
    return collect(value, before);
  }

  @Option({ flags: '--kubeconfig <file>', description: 'kubeconfig (default: KUBECONFIG, ~/.kube/config, in-cluster)' })
  kubeconfig(value: string): string {
    return value;
  }

  @Option({ flags: '--context <name>', description: 'context of the kubeconfig (default: its current context)' })
  context(value: string): string {
    return value;
  }

  @Option({ flags: '-n, --namespace <name>', description: 'namespace of the lease and the inventories' })
  namespace(value: string): string {
    return value;
  }

  @Option({ flags: '--apply-cr', description: 'first apply crdFile, crFiles and the cr.yaml beside the Katalog' })
  applyCr(): boolean {
    return true;
  }

  @Option({ flags: '--port <number>', description: 'HTTP port of the runtime (default: 8080 or the next free one)' })
  port(value: string): number {
    const port = Number(value);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`--port ${value}: expected a number from 1 to 65535`);
    }
    return port;
  }

  @Option({
    flags: '--log-format <format>',
    description: 'log lines for people or for machines (default: by terminal)',
    choices: ['auto', 'human', 'json'],
  })
  logFormat(value: string): string {
    return value;
  }

  @Option({ flags: '--all', description: 'start the gateway and the control center too' })
  all(): boolean {
    return true;
  }

  @Option({ flags: '--dev', description: 'an embedded Kubernetes API instead of a cluster (not supported yet)' })
  dev(): boolean {
    return true;
  }

  @Option({ flags: '--debug', description: 'debug logs and stack traces' })
  debug(): boolean {
    return true;
  }
}

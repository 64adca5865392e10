import { Command, CommandRunner, Option } from 'nest-commander';
import { type LogFormat, type RunOptions } from '../actions/run.types';
import { collect, nameFileWithOption, oneOf, portNumber, refuseArguments } from './arguments';

const LOG_FORMATS: readonly LogFormat[] = ['auto', 'human', 'json'];

@Command({ name: 'run', description: 'Run a Katalog on a cluster, or without one (--dev), until Ctrl-C' })
export class RunCommand extends CommandRunner {
  async run(words: string[], options: RunOptions): Promise<void> {
    refuseArguments(words, nameFileWithOption);
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

  @Option({ flags: '--request-timeout <duration>', description: 'of one request to the API server (default: 30s)' })
  requestTimeout(value: string): string {
    return value;
  }

  @Option({
    flags: '--apply-cr',
    description: 'first apply crdFile, crFiles, and the crd.yaml and cr.yaml beside the Katalog',
  })
  applyCr(): boolean {
    return true;
  }

  @Option({ flags: '--port <number>', description: 'HTTP port of the runtime (default: 8080 or the next free one)' })
  port(value: string): number {
    return portNumber('--port', value);
  }

  @Option({
    flags: '--log-format <format>',
    description: 'auto, human or json (default: auto, human at a terminal)',
  })
  logFormat(value: string): LogFormat {
    return oneOf('--log-format', value, LOG_FORMATS);
  }

  @Option({ flags: '--all', description: 'start the gateway and the control center too' })
  all(): boolean {
    return true;
  }

  @Option({
    flags: '--dev',
    description:
      'no cluster needed: an embedded Kubernetes API for this run, with --apply-cr; only --kubeconfig or --context change that',
  })
  dev(): boolean {
    return true;
  }

  @Option({ flags: '--data <dir>', description: 'with --dev: keep the objects in this folder (default: in memory)' })
  data(value: string): string {
    return value;
  }

  @Option({ flags: '--debug', description: 'debug logs and stack traces' })
  debug(): boolean {
    return true;
  }
}

// The runtime as users run it: the built process, its environment, its HTTP port.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '../../../src/cli/actions/run/node-flags';
import { type Plane } from './plane';
import { eventually, Hopeless } from './eventually';
import { freePorts } from '../../../scripts/real-servers';
import { ServerProcess } from './server-process';

const MAIN = join(__dirname, '..', '..', '..', 'dist', 'main.runtime.js');

export interface OperatorOptions {
  /** Text of katalog.yaml. */
  readonly katalog: string;
  readonly kubeconfig?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** False: returns as soon as the process runs. */
  readonly waitsForReady?: boolean;
}

export class Operator {
  private constructor(
    readonly process: ServerProcess,
    readonly url: string,
  ) {}

  static async start(plane: Plane, options: OperatorOptions): Promise<Operator> {
    const [port = 0] = await freePorts(1);
    // A port may come again, a folder must not.
    const folder = mkdtempSync(join(plane.folder, 'katalog-'));
    writeFileSync(join(folder, 'katalog.yaml'), options.katalog);
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      KUBEKONFIG: options.kubeconfig ?? plane.kubeconfig,
      KATALOG_PATH: join(folder, 'katalog.yaml'),
      ORK_PORT: String(port),
      ORK_HOST: '127.0.0.1',
      ORK_NAMESPACE: 'default',
      LEASE_DURATION: '4',
      RENEW_DEADLINE: '3',
      RETRY_PERIOD: '1',
      SHUTDOWN_TIMEOUT: '5',
      ...options.env,
    };
    const operator = new Operator(
      new ServerProcess(process.execPath, [...NODE_FLAGS, MAIN], env, folder),
      `http://127.0.0.1:${port}`,
    );
    if (options.waitsForReady === false) return operator;
    try {
      await operator.ready();
    } catch (error) {
      // Nobody else knows of it yet.
      await operator.stop('SIGKILL');
      throw error;
    }
    return operator;
  }

  async ready(): Promise<void> {
    await eventually('the runtime is ready', async () => {
      if (this.process.hasEnded) throw new Hopeless(`the runtime ended: ${this.process.output}`);
      return this.isReady();
    });
  }

  /** Rejects when nothing listens. */
  async isReady(): Promise<boolean> {
    const { status } = await fetch(`${this.url}/ready`);
    return status === 200;
  }

  get output(): string {
    return this.process.output;
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    return (await response.json()) as T;
  }

  /** The value of a metric, summed over its series. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | undefined> {
    return this.process.stop(signal);
  }
}

// Starts the processes and stays with them: says where they can be reached when all run, passes Ctrl-C on, and ends when
// one of them does.
import pc from 'picocolors';
import { type ParentMessage, type Standby } from '../../../modules/app';
import { type ChildProcess, type ProcessName } from './child-process';
import { type Interruption } from './interruption';

const LABELS: Readonly<Record<ProcessName, string>> = {
  runtime: 'Runtime',
  gateway: 'Gateway',
  controlcenter: 'Control',
};

export interface ProcessPlan {
  /** Beside the runtime. They are told where it listens, which is known when it does. */
  readonly others: readonly ProcessName[];
  readonly start: (name: ProcessName, runtimeUrl: string | undefined) => ChildProcess;
}

/** Resolves to the exit code. `hints` are printed when all processes are ready. */
export async function supervise(
  plan: ProcessPlan,
  hints: readonly string[],
  interruption: Interruption,
): Promise<number> {
  if (interruption.signal.aborted) return 0;
  const supervisor = new Supervisor(plan, hints);
  interruption.signal.addEventListener('abort', () => supervisor.stop(), { once: true });
  interruption.onInsist(() => supervisor.kill());
  return supervisor.done();
}

class Supervisor {
  private isStopping = false;
  /** What the runtime said about who leads, if that is another one. */
  private standby: Standby | undefined;
  private readonly addresses = new Map<ProcessName, string>();
  private readonly children: ChildProcess[] = [];
  private readonly ends: Promise<number>[] = [];
  /** Not ready yet. */
  private readonly starting: Set<ProcessName>;
  /** Processes that said why they end. */
  private readonly explained = new Set<ChildProcess>();

  constructor(
    private readonly plan: ProcessPlan,
    private readonly hints: readonly string[],
  ) {
    this.starting = new Set(['runtime', ...plan.others]);
    this.start('runtime');
  }

  async done(): Promise<number> {
    let isFine = true;
    // It grows while the runtime starts.
    for (const end of this.ends) isFine = (await end) === 0 && isFine;
    return isFine ? 0 : 1;
  }

  stop(): void {
    if (this.isStopping) return;
    this.isStopping = true;
    for (const child of this.children) child.stop();
  }

  kill(): void {
    for (const child of this.children) child.kill();
  }

  private start(name: ProcessName, runtimeUrl?: string): void {
    const child = this.plan.start(name, runtimeUrl);
    child.onMessage((message) => this.hear(child, message));
    this.children.push(child);
    this.ends.push(this.end(child));
  }

  /** Its exit code. */
  private async end(child: ChildProcess): Promise<number> {
    const { code, reason } = await child.ended;
    const isExpected = this.isStopping || this.explained.has(child);
    if (code !== 0 && !isExpected) complain(`the ${child.name} ended: ${reason}`);
    // One that ends takes the others with it: half a product helps nobody.
    this.stop();
    return code;
  }

  private hear(child: ChildProcess, message: ParentMessage): void {
    switch (message.type) {
      case 'cluster':
        print(`Cluster   context ${message.context}, ${message.server}, namespace ${message.namespace}`);
        return;
      case 'listening':
        this.addresses.set(child.name, message.url);
        if (child.name === 'runtime' && !this.isStopping) {
          for (const name of this.plan.others) this.start(name, message.url);
        }
        return;
      case 'ready':
        this.starting.delete(child.name);
        this.standby ??= message.standby;
        if (this.starting.size === 0 && !this.isStopping) this.present();
        return;
      case 'fatal':
        this.explained.add(child);
        complain(message.message);
        if (message.stack !== undefined) process.stderr.write(`${message.stack}\n`);
        return;
      default:
        message satisfies never;
    }
  }

  private present(): void {
    for (const { name } of this.children) {
      print(`${LABELS[name].padEnd(9)} ${this.addresses.get(name) ?? ''}${name === 'runtime' ? '/katalog' : ''}`);
    }
    for (const hint of this.hints) print(hint);
    const { standby } = this;
    print(
      standby === undefined
        ? 'Running; Ctrl-C stops.'
        : `Waiting: ${standby.holder} leads (lease ${standby.lease}); this runtime takes over when it stops. Ctrl-C stops.`,
    );
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(message: string): void {
  process.stderr.write(`${pc.red('error:')} ${message}\n`);
}

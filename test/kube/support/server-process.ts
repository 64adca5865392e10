// A program under test or of the control plane: started, its output kept, ended by its process id.
import { type ChildProcess, spawn } from 'node:child_process';

const KEPT_CHARACTERS = 200_000;

export class ServerProcess {
  private text = '';
  private readonly child: ChildProcess;
  readonly ended: Promise<number | undefined>;

  constructor(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env, cwd?: string) {
    this.child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
    const keep = (chunk: Buffer): void => {
      this.text = (this.text + chunk.toString()).slice(-KEPT_CHARACTERS);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => this.child.once('close', (code) => resolve(code ?? undefined)));
  }

  get output(): string {
    return this.text;
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves to the exit code, undefined when a signal ended it. SIGKILL after the deadline. */
  async stop(name: NodeJS.Signals = 'SIGTERM', deadlineMs = 10_000): Promise<number | undefined> {
    if (this.hasEnded) return this.ended;
    this.child.kill(name);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), deadlineMs);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }
}

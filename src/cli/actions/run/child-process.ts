// One process of the product under `ork run`. It gets a process group of its own, so that Ctrl-C reaches it once: from us.
import { type ChildProcess as NodeChild, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pc from 'picocolors';
import { type ParentMessage } from '../../../modules/app';
import { NODE_FLAGS } from './node-flags';

export type ProcessName = 'runtime' | 'gateway' | 'controlcenter';

const PREFIX_WIDTH = 13;
const STOP = 'SIGINT';

export interface ProcessEnd {
  /** 1 when a signal ended it that we did not send. */
  readonly code: number;
  readonly reason: string;
}

export class ChildProcess {
  /** Resolves when it is gone and all that it wrote was passed on. */
  readonly ended: Promise<ProcessEnd>;
  private readonly child: NodeChild;

  constructor(
    readonly name: ProcessName,
    env: NodeJS.ProcessEnv,
    /** Every line begins with the name of the process. */
    isPrefixed: boolean,
  ) {
    const main = join(__dirname, '..', '..', `main.${name}.js`);
    this.child = spawn(process.execPath, [...NODE_FLAGS, main], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const prefix = isPrefixed ? pc.dim(name.padEnd(PREFIX_WIDTH)) : '';
    pass(this.child.stdout, process.stdout, prefix);
    pass(this.child.stderr, process.stderr, prefix);
    this.ended = new Promise((resolve) => {
      this.child.once('error', ({ message }) => resolve({ code: 1, reason: message }));
      this.child.once('close', (code, signal) => {
        const byUs = signal === STOP && this.child.killed ? 0 : 1;
        resolve({ code: code ?? byUs, reason: signal === null ? `exit code ${code}` : `ended by ${signal}` });
      });
    });
  }

  onMessage(listener: (message: ParentMessage) => void): void {
    this.child.on('message', (message) => listener(message as ParentMessage));
  }

  /** Asks it to stop. One that is too young to hear it ends at once: it has done nothing yet. */
  stop(): void {
    this.child.kill(STOP);
  }

  /** Ends it at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}

function pass(from: NodeJS.ReadableStream | null, to: NodeJS.WritableStream, prefix: string): void {
  if (from === null) return;
  createInterface({ input: from }).on('line', (line) => to.write(`${prefix}${line}\n`));
}

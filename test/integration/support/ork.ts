// The built `ork` as its users meet it: a process with an environment, two streams and an exit code.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');
const ORK = join(ROOT, 'dist', 'cli', 'ork.js');
const SAMPLE = join(ROOT, 'examples', 'beginner', '01-hello-website');
const LOOK_MS = 25;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OrkOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Under a terminal of its own; both streams then are one. */
  readonly terminal?: boolean;
}

export class Ork {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  readonly process: ChildProcess;

  constructor(args: readonly string[], { cwd, env = {}, terminal = false }: OrkOptions) {
    const command = [process.execPath, ORK, ...args];
    const [file = '', ...rest] = terminal ? inTerminal(command) : command;
    this.process = spawn(file, rest, {
      cwd,
      // Nothing of the machine that runs the tests: its clusters least of all.
      env: { PATH: process.env['PATH'], HOME: cwd, TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString('utf8')));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
    this.ended = new Promise((resolve) => {
      this.process.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Waits until it printed that; fails when it ended without. */
  async prints(text: string | RegExp): Promise<void> {
    const isPrinted = (): boolean => {
      const all = plain(this.stdout + this.stderr);
      return typeof text === 'string' ? all.includes(text) : text.test(all);
    };
    while (!isPrinted()) {
      const { exitCode, signalCode } = this.process;
      if ((exitCode !== null || signalCode !== null) && !isPrinted()) {
        throw new Error(`ended without ${String(text)}: ${this.stdout}${this.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

export function ork(args: readonly string[], options: OrkOptions): Promise<Ended> {
  return new Ork(args, options).ended;
}

/** Without colours, with plain line ends. */
export function plain(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '').replaceAll('\r\n', '\n');
}

/** `script` of util-linux and that of BSD give a command a terminal, each in its own way. */
function inTerminal(command: readonly string[]): readonly string[] {
  if (process.platform === 'darwin') return ['script', '-q', '/dev/null', ...command];
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  // Without exec the shell in between would take Ctrl-C for itself.
  return ['script', '-qefc', `exec ${quoted}`, '/dev/null'];
}

/** A folder with the sample operator; `change` edits its katalog.yaml. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'ork-cli-'));

  constructor() {
    for (const file of ['katalog.yaml', 'crd.yaml']) this.write(file, readFileSync(join(SAMPLE, file), 'utf8'));
  }

  write(file: string, text: string): string {
    const path = join(this.folder, file);
    writeFileSync(path, text);
    return path;
  }

  change(from: string, to: string): void {
    const text = readFileSync(join(SAMPLE, 'katalog.yaml'), 'utf8');
    if (!text.includes(from)) throw new Error(`the sample does not hold ${from}`);
    this.write('katalog.yaml', text.replace(from, to));
  }

  /** A kubeconfig for an address; returns its file name. */
  kubeconfig(server: string, contexts: readonly string[] = ['test'], file = 'kubeconfig'): string {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server } }],
      users: [{ name: 'test', user: { token: 'the-secret-token' } }],
      contexts: contexts.map((name) => ({ name, context: { cluster: 'test', user: 'test' } })),
      'current-context': contexts[0],
    };
    this.write(file, JSON.stringify(config));
    return file;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

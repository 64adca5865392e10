// Ctrl-C at a run, from its first moment on: the first asks it to stop, the second insists.
import { onClosedOutput } from '../../render/closed-output';

/** npm passes Ctrl-C on to a process that the terminal has told already. */
const SAME_KEY_MS = 300;
const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export class Interruption {
  private readonly stopping = new AbortController();
  /** When somebody asked. */
  private asked: number | undefined;
  private readonly insisted: (() => void)[] = [];
  private readonly forgetOutput: () => void;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
    // `ork run | head`: nobody reads any more, and a crash would leave the children to end by themselves.
    this.forgetOutput = onClosedOutput([process.stdout, process.stderr], () => this.stopping.abort());
  }

  /** Aborted when the run is to stop. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Called before the process ends at once, with exit code 130. */
  onInsist(callback: () => void): void {
    this.insisted.push(callback);
  }

  /** From now on signals do what they do without it. */
  forget(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
    this.forgetOutput();
  }

  private readonly onSignal = (): void => {
    const now = performance.now();
    if (this.asked === undefined) {
      this.asked = now;
      process.stdout.write('Stopping; Ctrl-C again ends at once.\n');
      this.stopping.abort();
    } else if (now - this.asked > SAME_KEY_MS) {
      for (const callback of this.insisted) callback();
      process.exit(INTERRUPTED);
    }
  };
}

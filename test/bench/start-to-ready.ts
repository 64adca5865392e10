// What a newcomer waits for: `npm start` behind its build, from the start of the process until the first CR is Ready.
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ServerProcess } from '../kube/support/server-process';

const ROOT = join(__dirname, '..', '..');
const ROUNDS = 5;
const LOOK_MS = 10;
const LIMIT_MS = 60_000;
const READY = '✓ website default/hello  ready';

/** Milliseconds of each start. */
export async function measureStartToReady(): Promise<readonly number[]> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { orkArguments } = require('../../scripts/sample.js') as {
    orkArguments: (args: string[]) => readonly string[];
  };
  const args = [join(ROOT, 'dist', 'cli', 'ork.js'), ...orkArguments([])];
  const temporary = mkdtempSync(join(tmpdir(), 'ork-bench-'));
  const env = { PATH: process.env['PATH'], HOME: temporary, TMPDIR: temporary, NO_COLOR: '1' };
  const times: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) times.push(await oneStart(args, env));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return times;
}

async function oneStart(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const run = new ServerProcess(process.execPath, args, env, process.cwd());
  try {
    while (!run.output.includes(READY)) {
      if (run.hasEnded || performance.now() - began > LIMIT_MS) throw new Error(`no CR became Ready: ${run.output}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return performance.now() - began;
  } finally {
    await run.stop('SIGINT');
  }
}

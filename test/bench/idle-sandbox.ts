// What an idle sandbox with 200 objects adds to a process, its code included: two processes that differ in it alone.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { rssMiB, untilCalm } from './process-usage';

const ROUNDS = 3;

/** MiB of each round. */
export async function measureIdleSandbox(): Promise<readonly number[]> {
  const added: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    added.push((await restingMiB('sandbox')) - (await restingMiB('nothing')));
  }
  return added;
}

async function restingMiB(what: 'sandbox' | 'nothing'): Promise<number> {
  const child = fork(join(__dirname, 'idle-process.js'), [what]);
  const ended = once(child, 'exit');
  try {
    // One that ends before it rests has said why.
    const said = await Promise.race([once(child, 'message'), ended]);
    if (said[0] !== 'idle') throw new Error(`the process of the memory row ended with ${String(said[0])}`);
    const pid = child.pid ?? 0;
    await untilCalm(pid);
    return rssMiB(pid);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

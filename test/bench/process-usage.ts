// What the kernel says about a process: CPU time of all its threads and of processes that it started, resident memory.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time of the process, of its ended children and of those that still run, seconds. */
export function cpuSeconds(pid: number): number {
  const running = childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child), 0);
  // Fields 14 to 17: utime, stime, cutime, cstime. The name in field 2 may hold blanks.
  const fields = statOf(pid);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND + running;
}

export function rssMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  return own + childrenOf(pid).reduce((sum, child) => sum + rssMiB(child), 0);
}

/** Process ids of programs that this process started, by name. */
export function startedPid(name: string): number {
  const found = childrenOf(process.pid).find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith(`/${name}`),
  );
  if (found === undefined) throw new Error(`${name} does not run`);
  return found;
}

const CALM_STEP_MS = 500;
const CALM_SHARE = 0.1;

/** Waits until the process does next to nothing, at most for the deadline: a server that was just started has work of its own. */
export async function untilCalm(pid: number, deadlineMs = 20_000): Promise<void> {
  const end = Date.now() + deadlineMs;
  for (let before = cpuSeconds(pid); Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, CALM_STEP_MS));
    const now = cpuSeconds(pid);
    if (now - before < (CALM_STEP_MS / 1_000) * CALM_SHARE) return;
    before = now;
  }
}

function statOf(pid: number): readonly string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}

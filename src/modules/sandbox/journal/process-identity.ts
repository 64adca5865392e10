// Which process is meant, though numbers of processes come again: in a container each run may have the same one.
import { readFileSync } from 'node:fs';

/** Fields of /proc/<pid>/stat behind the name of the program, which may hold spaces (proc_pid_stat(5)). */
const START_TIME = 19;

/** The number of a process and, where the system tells, when it started; undefined when there is none. */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0 || !exists(pid)) return undefined;
  const started = startTime(pid);
  return started === undefined ? String(pid) : `${pid} ${started}`;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_TIME];
  } catch {
    // Not Linux, or just gone.
    return undefined;
  }
}

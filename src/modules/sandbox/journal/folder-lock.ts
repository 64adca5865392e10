import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrkestraError } from '../../common';

/** One process at a time has the folder. A lock of a process that is gone counts for nothing. */
export class FolderLock {
  private readonly path: string;

  /** Throws an OrkestraError when another process has it. */
  constructor(folder: string) {
    this.path = join(folder, 'lock');
    if (this.take()) return;
    const owner = Number(readFileSync(this.path, 'utf8'));
    if (isAlive(owner)) {
      throw new OrkestraError({
        code: 'SANDBOX_FOLDER',
        kind: 'UserError',
        message: `${folder} is in use by process ${owner}`,
      });
    }
    rmSync(this.path, { force: true });
    this.take();
  }

  release(): void {
    rmSync(this.path, { force: true });
  }

  private take(): boolean {
    try {
      writeFileSync(this.path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

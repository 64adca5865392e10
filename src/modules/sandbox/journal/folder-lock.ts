// One process at a time has a folder. Each owner takes the next number: `lock-1`, and after an owner that was killed
// `lock-2`. A number is made by one process only, and a lock of another process is never removed while that lives, so that
// two that find the same dead owner cannot both get in.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OrkestraError } from '../../common';
import { processIdentity } from './process-identity';

const NAME = /^lock-(\d{1,9})$/;
/** A lock without an owner is being written, or its writer was killed in between. */
const WRITING_MS = 5_000;

export class FolderLock {
  private readonly path: string;

  /** Throws an OrkestraError when another process has it. */
  constructor(private readonly folder: string) {
    const found = this.numbers();
    this.refuseOthers(found);
    this.path = this.pathOf(Math.max(0, ...found) + 1);
    // EEXIST: another one looked at the same time.
    if (!this.take()) throw inUse(folder, this.ownerOf(this.path));
    try {
      // Who came meanwhile and found less sees this one as we see his: at most one of us stays.
      this.refuseOthers(this.numbers());
    } catch (error) {
      this.release();
      throw error;
    }
    for (const number of found) rmSync(this.pathOf(number), { force: true });
  }

  release(): void {
    rmSync(this.path, { force: true });
  }

  private numbers(): readonly number[] {
    return readdirSync(this.folder).flatMap((name) => {
      const [, number] = NAME.exec(name) ?? [];
      return number === undefined ? [] : [Number(number)];
    });
  }

  private pathOf(number: number): string {
    return join(this.folder, `lock-${number}`);
  }

  private refuseOthers(numbers: readonly number[]): void {
    for (const path of numbers.map((number) => this.pathOf(number))) {
      if (path !== this.path && isHeld(path)) throw inUse(this.folder, this.ownerOf(path));
    }
  }

  /** The number of a process; empty when it is not written yet. */
  private ownerOf(path: string): string {
    return ownerText(path)?.split(' ')[0] ?? '';
  }

  private take(): boolean {
    const owner = processIdentity(process.pid) ?? String(process.pid);
    try {
      writeFileSync(this.path, owner, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}

function isHeld(path: string): boolean {
  const owner = ownerText(path);
  if (owner === undefined) return false;
  if (owner === '') return isYoung(path);
  return processIdentity(Number(owner.split(' ')[0])) === owner;
}

function isYoung(path: string): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return Date.now() - mtimeMs < WRITING_MS;
}

/** Undefined when the lock is gone. */
function ownerText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function inUse(folder: string, owner: string): OrkestraError {
  const who = owner === '' ? 'another process' : `process ${owner}`;
  return new OrkestraError({
    code: 'SANDBOX_FOLDER',
    kind: 'UserError',
    message: `${folder} is in use by ${who}: one run at a time has it`,
  });
}

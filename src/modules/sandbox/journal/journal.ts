// Objects that survive: an append-only file of changes with checksums. A change is written before the writer hears of it,
// so that a killed process loses nothing that it answered; a power cut may. From time to time the file is written anew
// with what is there only.
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { OrkestraError } from '../../common';
import { type StoredChange } from '../storage';
import { FolderLock } from './folder-lock';
import { headerLine, readRecords, recordLine } from './records';

const FILE = 'objects.log';
/** The file is written anew when it has grown by so many bytes, and by as much as it began with. */
const MIN_GROWTH_BYTES = 8 * 1024 * 1024;

/** What was there: the last state of each object, in the order of their changes. */
export interface Recovered {
  readonly revision: number;
  readonly objects: readonly StoredChange[];
}

export class Journal {
  private fd = -1;
  private grown = 0;
  private base = 0;
  /** What was there when the folder was opened; undefined when it was empty. */
  readonly recovered: Recovered | undefined;
  private readonly path: string;
  private readonly lock: FolderLock;
  private live: (() => { readonly revision: number; readonly objects: Iterable<StoredChange> }) | undefined;

  /** Throws an OrkestraError when the folder is in use, cannot be written or holds a damaged file. */
  constructor(folder: string) {
    this.path = join(folder, FILE);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw unusable(`${folder} cannot be made`, cause);
    }
    this.lock = new FolderLock(folder);
    try {
      this.recovered = this.open();
    } catch (cause) {
      this.lock.release();
      throw cause instanceof OrkestraError ? cause : unusable(`${this.path} cannot be used`, cause);
    }
  }

  /** From where all objects come when the file is written anew. */
  source(live: () => { readonly revision: number; readonly objects: Iterable<StoredChange> }): void {
    this.live = live;
  }

  append(change: StoredChange): void {
    if (this.fd < 0) return;
    const line = recordLine(change);
    this.write(line);
    this.grown += line.length;
    if (this.grown > Math.max(MIN_GROWTH_BYTES, this.base) && this.live !== undefined) {
      // Whether or not the source has this change already: written twice it does no harm.
      this.rewrite(this.live());
      this.write(line);
    }
  }

  close(): void {
    if (this.fd < 0) return;
    fsyncSync(this.fd);
    closeSync(this.fd);
    this.fd = -1;
    this.lock.release();
  }

  private open(): Recovered | undefined {
    // What was not renamed is not whole.
    rmSync(`${this.path}.new`, { force: true });
    this.fd = openSync(this.path, 'a+', 0o600);
    const bytes = readFileSync(this.path);
    if (bytes.length === 0) {
      this.write(headerLine(0));
      return undefined;
    }
    const { revision, changes, validBytes, isDamaged } = readRecords(bytes);
    if (isDamaged || validBytes === 0) {
      throw unusable(`${this.path} is damaged at byte ${validBytes}: move it away to begin anew`);
    }
    if (validBytes < bytes.length) ftruncateSync(this.fd, validBytes);
    this.base = validBytes;
    // A header alone: nothing was ever stored.
    return revision === 0 ? undefined : { revision, objects: lastStates(changes) };
  }

  private rewrite({
    revision,
    objects,
  }: {
    readonly revision: number;
    readonly objects: Iterable<StoredChange>;
  }): void {
    const fresh = openSync(`${this.path}.new`, 'w', 0o600);
    let bytes = writeAll(fresh, headerLine(revision));
    for (const change of objects) bytes += writeAll(fresh, recordLine(change));
    fsyncSync(fresh);
    renameSync(`${this.path}.new`, this.path);
    closeSync(this.fd);
    this.fd = fresh;
    this.base = bytes;
    this.grown = 0;
  }

  private write(bytes: Buffer): void {
    writeAll(this.fd, bytes);
  }
}

function writeAll(fd: number, bytes: Buffer): number {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  return bytes.length;
}

function lastStates(changes: readonly StoredChange[]): readonly StoredChange[] {
  const states = new Map<string, StoredChange>();
  for (const change of changes) {
    const path = JSON.stringify([change.resourceId, change.key.namespace, change.key.name]);
    states.delete(path);
    if (change.object !== undefined) states.set(path, change);
  }
  return [...states.values()];
}

function unusable(message: string, cause?: unknown): OrkestraError {
  return new OrkestraError({ code: 'SANDBOX_FOLDER', kind: 'UserError', message, cause });
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderLock } from './folder-lock';
import { processIdentity } from './process-identity';

/** Nothing has so high a number: Linux ends at 2^22. */
const GONE = 2 ** 30;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ork-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const left = (number: number, owner: string): void => writeFileSync(join(folder, `lock-${number}`), owner);

it('has one owner at a time', () => {
  const lock = new FolderLock(folder);
  expect(() => new FolderLock(folder)).toThrow(
    `${folder} is in use by process ${process.pid}: one run at a time has it`,
  );
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  new FolderLock(folder).release();
});

it.each([
  ['is gone', `${GONE} 1`],
  ['is gone, on a system that tells no times', String(GONE)],
  ['had the number of this process, which started later', `${process.pid} 1`],
  ['is no process', 'nonsense'],
])('is taken over from an owner that %s', (_what, owner) => {
  left(1, owner);
  const lock = new FolderLock(folder);
  expect(readdirSync(folder)).toEqual(['lock-2']);
  expect(readFileSync(join(folder, 'lock-2'), 'utf8')).toBe(processIdentity(process.pid));
  lock.release();
});

it('is not taken over while an owner lives, whatever lies beside it', () => {
  left(1, String(processIdentity(process.ppid)));
  left(2, `${GONE} 1`);
  expect(() => new FolderLock(folder)).toThrow(`in use by process ${process.ppid}`);
  expect(readdirSync(folder)).toEqual(['lock-1', 'lock-2']);
});

it('that is being written counts, and one whose writer was killed in between does not', () => {
  left(1, '');
  expect(() => new FolderLock(folder)).toThrow('is in use by another process');
  utimesSync(join(folder, 'lock-1'), 1, 1);
  new FolderLock(folder).release();
});

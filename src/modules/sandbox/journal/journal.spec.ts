import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type StoredChange } from '../storage';
import { Journal } from './journal';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ork-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const change = (name: string, revision: number, data?: string): StoredChange => ({
  resourceId: '/configmaps',
  key: { namespace: 'default', name },
  revision,
  object: data === undefined ? undefined : { metadata: { name }, data },
});

function write(...changes: readonly StoredChange[]): void {
  const journal = new Journal(folder);
  for (const one of changes) journal.append(one);
  journal.close();
}

function recovered(): Journal['recovered'] {
  const journal = new Journal(folder);
  journal.close();
  return journal.recovered;
}

it('an empty folder recovers nothing', () => {
  expect(recovered()).toBeUndefined();
});

it('the last state of each object comes back, with the revision of the last change', () => {
  write(change('a', 101, '1'), change('b', 102, '1'), change('a', 103, '2'), change('b', 104));
  expect(recovered()).toEqual({ revision: 104, objects: [change('a', 103, '2')] });
});

it('a torn last record is dropped, wherever it was torn, and writing goes on behind the others', () => {
  write(change('a', 101, '1'), change('b', 102, 'ä'));
  const bytes = readFileSync(join(folder, 'objects.log'));
  const lastLine = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  fc.assert(
    fc.property(fc.integer({ min: lastLine, max: bytes.length - 1 }), (length) => {
      writeFileSync(join(folder, 'objects.log'), bytes);
      truncateSync(join(folder, 'objects.log'), length);
      expect(recovered()).toEqual({ revision: 101, objects: [change('a', 101, '1')] });
      write(change('c', 105, '3'));
      expect(recovered()).toEqual({ revision: 105, objects: [change('a', 101, '1'), change('c', 105, '3')] });
    }),
  );
});

it('damage in the middle is an error that says where', () => {
  write(change('a', 101, '1'), change('b', 102, '2'));
  const path = join(folder, 'objects.log');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"data":"1"', '"data":"7"'));
  expect(() => new Journal(folder)).toThrow(/objects\.log is damaged at byte \d+/);
});

it('a file of another kind is left alone', () => {
  const path = join(folder, 'objects.log');
  appendFileSync(path, 'hello\n');
  expect(() => new Journal(folder)).toThrow(/is damaged at byte 0/);
  expect(readFileSync(path, 'utf8')).toBe('hello\n');
});

it('the file is written anew with what is there only, and loses no change', () => {
  const journal = new Journal(folder);
  const live = new Map<string, StoredChange>();
  journal.source(() => ({ revision: 100, objects: live.values() }));
  const big = 'x'.repeat(300_000);
  for (let revision = 101; revision < 160; revision++) {
    const one = change(`n${revision % 3}`, revision, `${revision} ${big}`);
    journal.append(one);
    live.set(one.key.name, one);
  }
  journal.close();
  expect(readFileSync(join(folder, 'objects.log')).length).toBeLessThan(59 * 300_000);
  expect(recovered()?.revision).toBe(159);
  expect(
    recovered()
      ?.objects.map(({ revision }) => revision)
      .sort(),
  ).toEqual([157, 158, 159]);
});

it('a folder has one owner at a time, and a dead owner counts for nothing', () => {
  const journal = new Journal(folder);
  expect(() => new Journal(folder)).toThrow(`is in use by process ${process.pid}`);
  journal.close();
  writeFileSync(join(folder, 'lock'), '4194305');
  expect(recovered()).toBeUndefined();
});

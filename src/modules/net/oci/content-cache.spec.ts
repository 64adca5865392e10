import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContentCache } from './content-cache';
import { digestOf } from './digest';
import { parseReference } from './reference';

describe('ContentCache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ork-cache-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const warnings: string[] = [];
  const cache = new ContentCache(join(folder, 'cache'), (message) => warnings.push(message));
  const content = Buffer.from('hello');
  const digest = digestOf(content);

  it('gives what was written, whoever wrote it', async () => {
    expect(await cache.read(digest)).toBeUndefined();
    await Promise.all(Array.from({ length: 20 }, () => cache.write(digest, content)));
    const other = new ContentCache(join(folder, 'cache'), () => undefined);
    expect(await other.read(digest)).toEqual(content);
    expect(readdirSync(join(folder, 'cache/blobs/sha256'))).toEqual([digest.slice(7)]);
  });

  it('throws away what is not what its name says', async () => {
    const file = join(folder, 'cache/blobs/sha256', digest.slice(7));
    writeFileSync(file, 'hell');
    expect(await cache.read(digest)).toBeUndefined();
    expect(readdirSync(join(folder, 'cache/blobs/sha256'))).toEqual([]);
  });

  it('remembers digests of tags, of each its own', async () => {
    await cache.writeTag(parseReference('oci://h:5000/a/b:v1'), digest);
    expect(await cache.digestOfTag(parseReference('oci://h:5000/a/b:v1'))).toBe(digest);
    for (const text of ['oci://h:5000/a/b:V1', 'oci://h:5000/a/b/v1', 'oci://h_5000/a/b:v1x', 'oci://h:5000/a:b']) {
      expect(await cache.digestOfTag(parseReference(text.replace('h_5000', 'h.5000')))).toBeUndefined();
    }
    await cache.writeTag(parseReference('oci://h:5000/a/b/v1:x'), digest);
    expect(await cache.digestOfTag(parseReference('oci://h:5000/a/b:v1'))).toBe(digest);
  });

  it('says so when its folder can not be written, and goes on', async () => {
    writeFileSync(join(folder, 'file'), '');
    const broken = new ContentCache(join(folder, 'file', 'cache'), (message) => warnings.push(message));
    await broken.write(digest, content);
    expect(await broken.read(digest)).toBeUndefined();
    expect(warnings).toEqual([`the cache of packages in ${join(folder, 'file', 'cache')} can't be written (ENOTDIR)`]);
  });
});

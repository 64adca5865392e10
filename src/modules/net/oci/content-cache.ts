// What was pulled, on disk: content under its digest, and which digest a tag had. Several processes may use the folder at
// once: a file gets its name only when it is whole, and what is read is held to its digest, so that a file that broke
// (a full disk, a crash, a hand) is thrown away and pulled again.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseJsonObject } from '../../common';
import { digestOf, digestProblem } from './digest';
import { formatReference, type OciReference } from './reference';

export class ContentCache {
  /** `warn` gets one line when the folder can't be written; pulling goes on without it. */
  constructor(
    readonly folder: string,
    private readonly warn: (message: string) => void,
  ) {}

  /** Undefined when it is not there, or not what its name says. */
  async read(digest: string): Promise<Buffer | undefined> {
    const file = this.contentFile(digest);
    const content = await this.fileOf(file);
    if (content === undefined || digestOf(content) === digest) return content;
    await rm(file, { force: true }).catch(() => undefined);
    return undefined;
  }

  /** The caller has checked the digest. */
  async write(digest: string, content: Uint8Array): Promise<void> {
    await this.put(this.contentFile(digest), content);
  }

  /** The digest that a tag had when it was last asked for. */
  async digestOfTag(reference: OciReference): Promise<string | undefined> {
    const text = (await this.fileOf(this.tagFile(reference)))?.toString('utf8');
    const record = text === undefined ? undefined : parseJsonObject(text);
    const digest = record?.['digest'];
    // File systems that take `v1` and `V1` for the same name would mix up two tags.
    const isOwn = record?.['reference'] === formatReference({ ...reference, digest: undefined });
    return isOwn && typeof digest === 'string' && digestProblem(digest) === undefined ? digest : undefined;
  }

  async writeTag(reference: OciReference, digest: string): Promise<void> {
    const record = { reference: formatReference({ ...reference, digest: undefined }), digest };
    await this.put(this.tagFile(reference), Buffer.from(`${JSON.stringify(record)}\n`));
  }

  private contentFile(digest: string): string {
    const [algorithm = '', hex = ''] = digest.split(':');
    return join(this.folder, 'blobs', algorithm, hex);
  }

  /** No part of a repository begins with `_`: a tag can't be taken for a repository below. */
  private tagFile({ registry, repository, tag = '' }: OciReference): string {
    const host = registry.replace(/[^a-z0-9.-]/g, '_');
    return join(this.folder, 'tags', host, ...repository.split('/'), '_tags', tag);
  }

  private async fileOf(file: string): Promise<Buffer | undefined> {
    try {
      return await readFile(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') this.warn(`${file} can't be read (${code ?? 'unknown'})`);
      return undefined;
    }
  }

  private async put(file: string, content: Uint8Array): Promise<void> {
    const whole = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(whole, content, { flag: 'wx' });
      await rename(whole, file);
    } catch (error) {
      await rm(whole, { force: true }).catch(() => undefined);
      const { code } = error as NodeJS.ErrnoException;
      this.warn(`the cache of packages in ${this.folder} can't be written (${code ?? 'unknown'})`);
    }
  }
}

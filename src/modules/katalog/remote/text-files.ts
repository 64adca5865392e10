// The texts of a folder that a program filled.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { OrkestraError } from '../../common';

/** What a Katalog can name: documents, and values of charts. */
const TEXT = /\.(ya?ml|json)$/;
const MAX_FILES = 5_000;
const MAX_BYTES = 64 * 1_024 * 1_024;

/** Text by path with `/`; links are not followed. Throws a UserError when there is too much. */
export function textFiles(folder: string, what: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let bytes = 0;
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && entry.name !== '.git') visit(path);
      if (!entry.isFile() || !TEXT.test(entry.name)) continue;
      bytes += statSync(path).size;
      if (texts.size >= MAX_FILES || bytes > MAX_BYTES) {
        const message = `${what}: holds more than ${MAX_FILES} files or ${MAX_BYTES / 1_024 / 1_024} MiB of YAML and JSON`;
        throw new OrkestraError({ code: 'SOURCE_TOO_LARGE', kind: 'UserError', message });
      }
      texts.set(relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  };
  visit(folder);
  return texts;
}

// Which files a command means, and their text.
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { OrkestraError } from '../../common';
import { isRemote, STDIN } from './location';
import { MAX_BYTES } from './parse-yaml';

const PIECE = 64 * 1024;
const DEFAULT_FILES = ['katalog.yaml', 'komposer.yaml'];

/**
 * Where to load from: the given values, each a path, a comma list of paths, a URL, `configmap://namespace/name` or `-`
 * for standard input; without any the first default file that exists in `directory`. Paths become absolute; a folder
 * stands for the default file in it. Throws a UserError when there is nothing.
 */
export function resolveKatalogFiles(given: readonly string[], directory: string): readonly string[] {
  const wanted = given
    .flatMap((value) => (isRemote(value) ? [value] : value.split(',')))
    .map((value) => value.trim())
    .filter((value) => value !== '');
  if (wanted.length > 0) return wanted.map((path) => locationOf(path, directory));
  const found = defaultIn(directory);
  if (found !== undefined) return [found];
  throw missing(`no Katalog found: there is no ${DEFAULT_FILES.join(' or ')} in ${directory}; name one with -f <file>`);
}

function locationOf(path: string, directory: string): string {
  if (path === '-') return STDIN;
  return isRemote(path) ? path : fileOrDefault(resolve(directory, path));
}

function fileOrDefault(path: string): string {
  if (!existsSync(path)) throw missing(`${path}: no such file`);
  if (!statSync(path).isDirectory()) return path;
  const found = defaultIn(path);
  if (found === undefined) throw missing(`${path}: the folder holds no ${DEFAULT_FILES.join(' or ')}`);
  return found;
}

function defaultIn(directory: string): string | undefined {
  return DEFAULT_FILES.map((name) => resolve(directory, name)).find((path) => existsSync(path));
}

/**
 * The text of a file; a UserError when it can't be read. Of one that is too large there is as much as the parser needs to
 * say so: a file may also be a device that never ends.
 */
export function readTextFile(path: string): string {
  try {
    return firstBytes(path, MAX_BYTES + 1);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw missing(`${path}: ${code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`}`);
  }
}

/** In pieces: what has no size, such as a pipe, gives what it has. */
function firstBytes(path: string, limit: number): string {
  const handle = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let left = limit; left > 0;) {
      const piece = Buffer.allocUnsafe(Math.min(left, PIECE));
      const length = readSync(handle, piece);
      if (length === 0) break;
      pieces.push(piece.subarray(0, length));
      left -= length;
    }
    return Buffer.concat(pieces).toString('utf8');
  } finally {
    closeSync(handle);
  }
}

function missing(message: string): OrkestraError {
  return new OrkestraError({ code: 'FILE_UNREADABLE', kind: 'UserError', message });
}

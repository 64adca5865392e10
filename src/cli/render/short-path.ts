import { isAbsolute, relative, sep } from 'node:path';

/** A path as one would type it here: relative when it lies below the working directory. A URL stays as it is. */
export function shortPath(path: string, directory: string = process.cwd()): string {
  if (!isAbsolute(path)) return path;
  const short = relative(directory, path);
  return short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}

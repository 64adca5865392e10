import { isAbsolute, relative, sep } from 'node:path';

/** A path as one would type it here: relative when it lies below the working directory. */
export function shortPath(path: string, directory: string = process.cwd()): string {
  const short = relative(directory, path);
  return short === '' || short === '..' || short.startsWith(`..${sep}`) || isAbsolute(short) ? path : short;
}

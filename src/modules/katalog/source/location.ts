// Names of texts. A file of this machine is its absolute path; anything else is a URL, and a file in a package, a clone
// or a rendered chart is the name of that and, after `!/`, its path there.
import { dirname, isAbsolute, resolve } from 'node:path';
import { posix } from 'node:path';

const INSIDE = '!/';

/** Has to be fetched before it can be read. */
export function isRemote(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//.test(location) || location === STDIN;
}

/** What `-f -` reads. */
export const STDIN = '<stdin>';

/** Name of a file in a package; `path` may not lead out of it. Undefined when it does. */
export function inside(container: string, path: string): string | undefined {
  const plain = posix.normalize(path);
  if (posix.isAbsolute(plain) || plain === '..' || plain.startsWith('../')) return undefined;
  return `${container}${INSIDE}${plain}`;
}

/** Container and path of a name as `inside` makes it. */
export function splitInside(location: string): { readonly container: string; readonly path: string } | undefined {
  const at = location.lastIndexOf(INSIDE);
  return at < 0 ? undefined : { container: location.slice(0, at), path: location.slice(at + INSIDE.length) };
}

/**
 * Where `reference`, written in the text at `base`, leads. Undefined when it would lead out of a package, or from a
 * remote text to a file of this machine.
 */
export function locationFrom(base: string, reference: string): string | undefined {
  if (isRemote(reference)) return reference;
  const package_ = splitInside(base);
  if (package_ !== undefined) return inside(package_.container, posix.join(posix.dirname(package_.path), reference));
  if (base === STDIN) return resolve(reference);
  if (!isRemote(base)) return resolve(dirname(base), reference);
  if (isAbsolute(reference)) return undefined;
  if (!/^https?:/.test(base)) return inside(base, reference);
  return new URL(reference, base).href;
}

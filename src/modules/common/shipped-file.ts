import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The path of a file or folder that ships with the product and is read or started at run time: a table, a worker thread.
 * `place` counts from `src`, and from `dist`, which is laid out alike. The code that asks may be packed into a bundle
 * anywhere below `dist`, so it is looked for upwards from `folder`, its `__dirname`.
 *
 * @throws Error when no folder above has it: the package is incomplete.
 */
export function shippedFile(folder: string, place: string): string {
  for (let above = folder; ; above = dirname(above)) {
    const candidate = join(above, place);
    if (existsSync(candidate)) return candidate;
    if (above === dirname(above)) throw new Error(`the package is incomplete: ${place} is missing`);
  }
}

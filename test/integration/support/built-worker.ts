// Worker threads run JavaScript files: one is packed from its source for a spec, as the build makes it for a release.
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '..', '..', '..');
/** Inside the checkout, so that the worker finds its packages. */
const FOLDER = join(ROOT, 'node_modules', '.cache', 'orkestra-spec');

export interface BuiltWorker {
  readonly file: string;
  remove(): void;
}

/** `source` counts from `src/modules`. */
export function buildWorker(source: string): BuiltWorker {
  const folder = join(FOLDER, `${process.pid}-${source.replace(/\W+/g, '-')}`);
  const file = join(folder, 'worker.js');
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(ROOT, 'src', 'modules', source)],
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

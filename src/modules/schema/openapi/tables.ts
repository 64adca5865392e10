// The recorded tables: read and unpacked when they are first asked for. They stand beside this file in the sources and at
// the same place below dist; the packed command line lies elsewhere in dist, so the folder is looked for upwards.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const PLACE = join('modules', 'schema', 'openapi', 'tables');

/** The unpacked content of a table. */
export function readTable(name: 'types.br' | 'v2.br' | 'v3.br'): Buffer {
  return brotliDecompressSync(readFileSync(join(tablesFolder(), name)));
}

function tablesFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, PLACE);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`the folder ${PLACE} with the OpenAPI tables is missing`);
  }
}

// The recorded tables: read and unpacked when they are first asked for.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { shippedFile } from '../../common';

/** The unpacked content of a table. */
export function readTable(name: 'types.br' | 'v2.br' | 'v3.br'): Buffer {
  return brotliDecompressSync(readFileSync(shippedFile(__dirname, `modules/schema/openapi/tables/${name}`)));
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..');

/** Reads a file of the repository. */
export function repositoryFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

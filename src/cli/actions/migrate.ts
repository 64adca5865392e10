// `ork migrate`: files in canonical spelling, as a diff or written.
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import pc from 'picocolors';
import { KatalogInvalidError, OrkestraError, type Problem } from '../../modules/common';
import { migrateText, readTextFile, resolveKatalogFiles } from '../../modules/katalog';
import { shortPath } from '../render/short-path';
import { count, SYMBOL } from '../render/symbols';
import { unifiedDiff } from '../render/unified-diff';

export interface MigrateOptions {
  /** Else the difference is shown and no file changes. */
  readonly write: boolean;
}

interface Rewritten {
  readonly file: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly spellings: number;
}

/**
 * The text to print. Throws KatalogInvalidError with the problems of all files, or a UserError when a file can't be read
 * or written; after a problem no file was changed.
 */
export function migrate(given: readonly string[], directory: string, { write }: MigrateOptions): string {
  const problems: Problem[] = [];
  const rewritten = resolveKatalogFiles(given, directory).map((file): Rewritten => {
    const name = shortPath(file, directory);
    const before = readTextFile(file);
    const { text, problems: found } = migrateText(before, name);
    problems.push(...found.errors);
    return { file, name, before, after: text, spellings: found.warnings.length };
  });
  if (problems.length > 0) throw new KatalogInvalidError(problems);
  return rewritten.map((file) => (write ? written(file) : shown(file))).join('');
}

function isCanonical({ before, after }: Rewritten): boolean {
  return before === after;
}

function nothingToDo({ name }: Rewritten): string {
  return `${SYMBOL.ok} ${name} has no deprecated spelling\n`;
}

function shown(file: Rewritten): string {
  if (isCanonical(file)) return nothingToDo(file);
  const { name, before, after, spellings } = file;
  const hint = pc.dim(`# ${count(spellings, 'deprecated spelling')}; --write changes the file`);
  return `${unifiedDiff(before, after, [name, `${name} (canonical)`])}${hint}\n`;
}

function written(file: Rewritten): string {
  if (isCanonical(file)) return nothingToDo(file);
  replaceFile(file.file, file.after);
  return `${SYMBOL.ok} ${file.name}: ${count(file.spellings, 'spelling')} rewritten\n`;
}

/** In one step, so that nobody ever reads half of it; a link stays a link, and the mode stays. */
function replaceFile(link: string, text: string): void {
  let temporary: string | undefined;
  try {
    const file = realpathSync(link);
    temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
    const { mode } = statSync(file);
    const handle = openSync(temporary, 'wx', mode);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // The mask of the process may have taken bits away.
    chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    const { code = 'unknown problem' } = error as NodeJS.ErrnoException;
    throw new OrkestraError({ code: 'FILE_UNWRITABLE', kind: 'UserError', message: `can't write ${link} (${code})` });
  }
}

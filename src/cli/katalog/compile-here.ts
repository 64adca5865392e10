// Commands name files as one would type them: in problems and on the screen.
import { KatalogInvalidError, type Problem } from '../../modules/common';
import { type CompiledKatalog, compileKatalog, resolveKatalogFiles } from '../../modules/katalog';
import { shortPath } from '../render/short-path';

export interface CompiledHere {
  /** Absolute. */
  readonly files: readonly string[];
  readonly katalog: CompiledKatalog;
  readonly warnings: readonly Problem[];
  /** What this version can't run. */
  readonly unrunnable: readonly Problem[];
}

/** Throws KatalogInvalidError with every problem, or a UserError when a file can't be read. */
export function compileHere(given: readonly string[], directory: string): CompiledHere {
  const shorten = (problem: Problem): Problem => ({
    ...problem,
    // It may name another place of the same file.
    message: problem.message.replaceAll(problem.position.file, shortPath(problem.position.file, directory)),
    position: { ...problem.position, file: shortPath(problem.position.file, directory) },
  });
  const files = resolveKatalogFiles(given, directory);
  try {
    const katalog = compileKatalog(files);
    const { warnings, unrunnable } = katalog;
    return { files, katalog, warnings: warnings.map(shorten), unrunnable: unrunnable.map(shorten) };
  } catch (error) {
    if (error instanceof KatalogInvalidError) {
      throw new KatalogInvalidError(error.problems.map(shorten), error.warnings.map(shorten));
    }
    throw error;
  }
}

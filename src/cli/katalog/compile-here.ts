// Commands name files as one would type them: in problems and on the screen.
import { KatalogInvalidError, type Problem, type SourcePosition } from '../../modules/common';
import {
  type CompiledKatalog,
  isMotifFile,
  loadKatalog,
  loadMotif,
  type MotifSummary,
  resolveKatalogFiles,
  type SourceFetcher,
} from '../../modules/katalog';
import { shortPath } from '../render/short-path';

export interface CompiledHere {
  /** Absolute. */
  readonly files: readonly string[];
  readonly katalog: CompiledKatalog;
  readonly warnings: readonly Problem[];
  /** What this version can't run. */
  readonly unrunnable: readonly Problem[];
}

const fetcher: SourceFetcher = async (request, signal) => {
  const { fetchSource } = await import('../actions/fetch-source.js');
  return fetchSource(request, signal);
};

/**
 * `given`: what `-f` takes. Rejects with KatalogInvalidError with every problem, or with a UserError when a source can't
 * be read.
 */
export async function compileHere(given: readonly string[], directory: string): Promise<CompiledHere> {
  const files = resolveKatalogFiles(given, directory);
  const shorten = (problem: Problem): Problem => shortened(problem, directory);
  try {
    const signal = new AbortController().signal;
    const katalog = await loadKatalog(files, { fetcher, signal, environment: process.env });
    const { warnings, unrunnable } = katalog;
    return { files, katalog, warnings: warnings.map(shorten), unrunnable: unrunnable.map(shorten) };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    throw new KatalogInvalidError(error.problems.map(shorten), error.warnings.map(shorten));
  }
}

/** A Motif on its own, when `given` names one and nothing else; undefined for everything else. Rejects as compileHere. */
export async function motifHere(given: readonly string[], directory: string): Promise<LoadedMotif | undefined> {
  const [file, ...more] = resolveKatalogFiles(given, directory);
  if (file === undefined || more.length > 0 || !isMotifFile(file)) return undefined;
  const shorten = (problem: Problem): Problem => shortened(problem, directory);
  try {
    const signal = new AbortController().signal;
    const { motif, warnings, unrunnable } = await loadMotif(file, { fetcher, signal, environment: process.env });
    return { motif, warnings: warnings.map(shorten), unrunnable: unrunnable.map(shorten) };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    throw new KatalogInvalidError(error.problems.map(shorten), error.warnings.map(shorten));
  }
}

export interface LoadedMotif {
  readonly motif: MotifSummary;
  readonly warnings: readonly Problem[];
  /** What this version can't run. */
  readonly unrunnable: readonly Problem[];
}

function shortened(problem: Problem, directory: string): Problem {
  const position = shortPosition(problem.position, directory);
  // It may name another place of the same file.
  return { ...problem, message: problem.message.replaceAll(problem.position.file, position.file), position };
}

function shortPosition({ usedAt, ...position }: SourcePosition, directory: string): SourcePosition {
  const short = { ...position, file: shortPath(position.file, directory) };
  return usedAt === undefined ? short : { ...short, usedAt: shortPosition(usedAt, directory) };
}

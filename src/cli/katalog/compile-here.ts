// Commands name files as one would type them: in problems and on the screen.
import { KatalogInvalidError, type Problem, type SourcePosition } from '../../modules/common';
import {
  type CompiledKatalog,
  loadKatalog,
  loadMotif,
  type MotifSummary,
  resolveKatalogFiles,
  type SourceFetcher,
} from '../../modules/katalog';
import { shortPath } from '../render/short-path';

/** Of a file without errors. */
export interface Found {
  readonly warnings: readonly Problem[];
  /** What this version can't run. */
  readonly unrunnable: readonly Problem[];
}

export interface CompiledHere extends Found {
  /** Absolute. */
  readonly files: readonly string[];
  readonly katalog: CompiledKatalog;
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
  return inWords(directory, async () => {
    const signal = new AbortController().signal;
    const katalog = await loadKatalog(files, { fetcher, signal, environment: process.env });
    return { files, katalog, warnings: katalog.warnings, unrunnable: katalog.unrunnable };
  });
}

/** A Motif on its own. `file`: absolute. Rejects as compileHere. */
export async function motifHere(file: string, directory: string): Promise<LoadedMotif> {
  return inWords(directory, () => {
    const signal = new AbortController().signal;
    return loadMotif(file, { fetcher, signal, environment: process.env });
  });
}

/** What `work` finds, with short names of files; also what it rejects with. */
export async function inWords<T extends Found>(directory: string, work: () => T | Promise<T>): Promise<T> {
  const shorten = (problem: Problem): Problem => shortened(problem, directory);
  try {
    const found = await work();
    return { ...found, warnings: found.warnings.map(shorten), unrunnable: found.unrunnable.map(shorten) };
  } catch (error) {
    if (!(error instanceof KatalogInvalidError)) throw error;
    throw new KatalogInvalidError(error.problems.map(shorten), error.warnings.map(shorten));
  }
}

export interface LoadedMotif extends Found {
  readonly motif: MotifSummary;
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

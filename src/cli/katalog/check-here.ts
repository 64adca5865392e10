// What `ork validate` checks: Katalogs and Komposers as the one Katalog that they make, every other file for itself.
import { KatalogInvalidError, type Problem, ProblemList } from '../../modules/common';
import { checkSuite, otherFileKind, resolveKatalogFiles, type SuiteSummary } from '../../modules/katalog';
import { type CompiledHere, compileHere, type Found, inWords, type LoadedMotif, motifHere } from './compile-here';

export interface CheckedSuite extends Found {
  readonly suite: SuiteSummary;
}

/** One part of what was named, in the order of the files. */
export type CheckedPart = CompiledHere | LoadedMotif | CheckedSuite;

export interface CheckOptions {
  /** A Simulate file need not name resources. */
  readonly withoutCr?: boolean;
}

/**
 * `given`: what `-f` takes. Rejects with KatalogInvalidError with the problems of all files, or with a UserError when a
 * source can't be read.
 */
export async function checkHere(
  given: readonly string[],
  directory: string,
  options: CheckOptions = {},
): Promise<readonly CheckedPart[]> {
  const work = partsOf(resolveKatalogFiles(given, directory), directory, options);
  const parts: CheckedPart[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const check of work) {
    try {
      parts.push(await check());
    } catch (error) {
      if (!(error instanceof KatalogInvalidError)) throw error;
      problems.push(...error.problems);
      warnings.push(...error.warnings);
    }
  }
  if (problems.length > 0) throw new KatalogInvalidError(problems, warnings);
  return parts;
}

function partsOf(
  files: readonly string[],
  directory: string,
  options: CheckOptions,
): readonly (() => Promise<CheckedPart>)[] {
  const katalogs: string[] = [];
  const others = files.flatMap((file): readonly (() => Promise<CheckedPart>)[] => {
    const kind = otherFileKind(file);
    if (kind === 'Motif') return [() => motifHere(file, directory)];
    if (kind !== undefined) return [() => inWords(directory, () => suiteHere(file, kind, options))];
    katalogs.push(file);
    return [];
  });
  return katalogs.length === 0 ? others : [() => compileHere(katalogs, directory), ...others];
}

function suiteHere(file: string, kind: SuiteSummary['kind'], options: CheckOptions): CheckedSuite {
  const problems = new ProblemList();
  const suite = checkSuite(file, kind, problems, options);
  const { errors, warnings, unrunnable } = problems;
  if (suite === undefined || problems.hasErrors) throw new KatalogInvalidError(errors, warnings);
  return { suite, warnings, unrunnable };
}

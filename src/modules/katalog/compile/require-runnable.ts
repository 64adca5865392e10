import { KatalogInvalidError, type Problem } from '../../common';

/**
 * What every process calls before it works with a Katalog: what the language has and this version can't run is refused
 * by name and position, never left out of a run (ADR 21).
 *
 * @throws KatalogInvalidError with each part that can't run.
 */
export function requireRunnable({ unrunnable }: { readonly unrunnable: readonly Problem[] }): void {
  if (unrunnable.length > 0) throw new KatalogInvalidError(unrunnable);
}

// Cases one after the other: what `npm run fuzz:katalog` does in each of its processes, and `npm test` with a few.
import { checkCase, type Failure } from './check-case';
import { minimise } from './minimise';
import { type Case, caseOf } from './mutants';
import { copyProjects } from './projects';

export interface Cases {
  /** An empty folder for the files of the cases. */
  readonly folder: string;
  readonly seed: number;
  /** Their numbers. */
  readonly from: number;
  readonly until: number;
  readonly step: number;
}

export interface Counts {
  compiled: number;
  refused: number;
  failed: number;
}

/** One failing case for people. */
export interface Finding {
  readonly kind: string;
  readonly text: string;
}

/** `begun` hears of each case before it runs, `found` of each failure, in a text that says how to have it again. */
export async function fuzzKatalogs(
  { folder, seed, from, until, step }: Cases,
  begun: (number: number) => void,
  found: (finding: Finding) => void,
): Promise<Counts> {
  const counts: Counts = { compiled: 0, refused: 0, failed: 0 };
  const shown = new Set<string>();
  const projects = copyProjects(folder);
  for (let number = from; number < until; number += step) {
    begun(number);
    const one = caseOf(projects, seed, number);
    const { failures, outcome } = await checkCase(one);
    counts[failures.length > 0 ? 'failed' : outcome]++;
    for (const failure of failures) {
      if (shown.has(failure.kind)) continue;
      shown.add(failure.kind);
      found({ kind: failure.kind, text: await describe(one, failure, `--seed ${seed} --case ${number}`, folder) });
    }
  }
  return counts;
}

async function describe(one: Case, failure: Failure, again: string, folder: string): Promise<string> {
  const text = await minimise(one.text, async (shorter) => {
    const { failures } = await checkCase({ ...one, text: shorter });
    return failures.some(({ kind }) => kind === failure.kind);
  });
  const lines = text.split('\n').map((line) => `  | ${line.length > 300 ? `${line.slice(0, 300)}…` : line}`);
  const about = `${one.project.name}/${one.file} (${one.changes.join(', ')})`;
  const detail = failure.detail.replaceAll(folder, '').slice(0, 1_500);
  return [`${failure.kind}`, `  npm run fuzz:katalog -- ${again}: ${about}`, `  ${detail}`, ...lines].join('\n');
}

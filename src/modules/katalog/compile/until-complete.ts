// Work that never waits, repeated until nothing is missing that it reads.
import { OrkestraError, ProblemList } from '../../common';
import { FetchedTexts, type SourceFetcher } from '../source/fetched-texts';
import { type ExpandContext } from '../source/read-tree';

/** Imports in imports in imports. */
const MAX_ROUNDS = 16;

/** Where texts come from. */
export interface Sources {
  readonly fetcher: SourceFetcher;
  readonly signal: AbortSignal;
  /** Environment variables that imports may name, and that say where the gateway is. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * What `work` gives when every text that it asks for is there. Between the rounds the missing ones are fetched; the
 * problems are those of the last round.
 */
export async function untilComplete<T>(
  { fetcher, signal, environment }: Sources,
  work: (context: ExpandContext) => T,
): Promise<{ readonly result: T; readonly context: ExpandContext }> {
  const texts = new FetchedTexts(environment);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const context = { texts, problems: new ProblemList() };
    const result = work(context);
    if (texts.isComplete) return { result, context };
    await texts.fetch(fetcher, signal);
  }
  const message = `imports lead to imports more than ${MAX_ROUNDS} times over`;
  throw new OrkestraError({ code: 'IMPORTS_TOO_DEEP', kind: 'UserError', message });
}

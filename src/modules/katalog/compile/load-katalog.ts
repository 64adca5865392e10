// From anywhere to a CompiledKatalog: expanded as far as the texts reach, then what was missing is fetched, until
// nothing is missing. The expansion itself never waits.
import { OrkestraError, ProblemList } from '../../common';
import { type ExpandedKatalog, expandKatalog } from '../expand/expand-katalog';
import { FetchedTexts, type SourceFetcher } from '../source/fetched-texts';
import { type ExpandContext } from '../source/read-tree';
import { compileExpanded, type CompileKatalogOptions } from './compile-katalog';
import { type CompiledKatalog } from './compiled-katalog';

/** Imports in imports in imports. */
const MAX_ROUNDS = 16;

export interface LoadKatalogOptions extends CompileKatalogOptions {
  readonly fetcher: SourceFetcher;
  readonly signal: AbortSignal;
  /** Environment variables that imports may name, and that say where the gateway is. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * `locations`: absolute paths, URLs, `configmap://namespace/name`, or standard input. Rejects with KatalogInvalidError
 * with every problem, with a UserError when an entry file can't be read, and when the signal aborts.
 */
export async function loadKatalog(
  locations: readonly string[],
  { fetcher, signal, environment, ...options }: LoadKatalogOptions,
): Promise<CompiledKatalog> {
  const { expanded, context } = await expandCompletely(locations, new FetchedTexts(environment), (texts) =>
    texts.fetch(fetcher, signal),
  );
  const gatewayEndpoint = environment['ORK_GATEWAY_ENDPOINT'];
  return compileExpanded(expanded, locations, context, { gatewayEndpoint, ...options });
}

interface Expansion {
  readonly expanded: ExpandedKatalog;
  readonly context: ExpandContext;
}

async function expandCompletely(
  locations: readonly string[],
  texts: FetchedTexts,
  fetch: (texts: FetchedTexts) => Promise<void>,
): Promise<Expansion> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const context = { texts, problems: new ProblemList() };
    const expanded = expandKatalog(locations, context);
    if (texts.isComplete) return { expanded, context };
    await fetch(texts);
  }
  const message = `imports lead to imports more than ${MAX_ROUNDS} times over`;
  throw new OrkestraError({ code: 'IMPORTS_TOO_DEEP', kind: 'UserError', message });
}

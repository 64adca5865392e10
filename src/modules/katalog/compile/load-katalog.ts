// From anywhere to a CompiledKatalog: expanded as far as the texts reach, then what was missing is fetched, until
// nothing is missing. The expansion itself never waits.
import { expandKatalog } from '../expand/expand-katalog';
import { compileExpanded, type CompileKatalogOptions } from './compile-katalog';
import { type CompiledKatalog } from './compiled-katalog';
import { type Sources, untilComplete } from './until-complete';

export type LoadKatalogOptions = CompileKatalogOptions & Sources;

/**
 * `locations`: absolute paths, URLs, `configmap://namespace/name`, or standard input. Rejects with KatalogInvalidError
 * with every problem, with a UserError when an entry file can't be read, and when the signal aborts.
 */
export async function loadKatalog(
  locations: readonly string[],
  { fetcher, signal, environment, ...options }: LoadKatalogOptions,
): Promise<CompiledKatalog> {
  const sources = { fetcher, signal, environment };
  const { result, context } = await untilComplete(sources, (each) => expandKatalog(locations, each));
  const gatewayEndpoint = environment['ORK_GATEWAY_ENDPOINT'];
  return compileExpanded(result, locations, context, { gatewayEndpoint, ...options });
}

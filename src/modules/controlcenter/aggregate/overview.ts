// What all runtimes say about themselves, at one moment. One runtime that is away takes nothing from the others.
import { type CrdSummary, type CrSummary, type KatalogView } from '../../kordinator/http/contract';
import { type RuntimeReader } from './runtime-reader';

/** One CRD of a runtime with its custom resources. */
export interface CrdOverview {
  readonly crd: CrdSummary;
  readonly crs: readonly CrSummary[];
  /** Why `crs` can't be told; undefined when they were. */
  readonly problem: string | undefined;
}

/** One runtime: what it answered, or why it did not. */
export type RuntimeOverview =
  | { readonly url: string; readonly katalog: KatalogView; readonly crds: readonly CrdOverview[] }
  | { readonly url: string; readonly problem: string };

/** All of them, in the order of `readers`. Never rejects. */
export function readOverviews(readers: readonly RuntimeReader[]): Promise<readonly RuntimeOverview[]> {
  return Promise.all(readers.map(readOverview));
}

async function readOverview(reader: RuntimeReader): Promise<RuntimeOverview> {
  const { url } = reader;
  try {
    const katalog = await reader.katalog();
    const crds = await Promise.all(katalog.crds.map((crd) => readCrd(reader, crd)));
    return { url, katalog, crds };
  } catch (error) {
    return { url, problem: messageOf(error) };
  }
}

async function readCrd(reader: RuntimeReader, crd: CrdSummary): Promise<CrdOverview> {
  if (!crd.endpoints.infoEnabled) return { crd, crs: [], problem: 'the Katalog switches this view off' };
  try {
    return { crd, crs: (await reader.crs(crd.name)).items, problem: undefined };
  } catch (error) {
    return { crd, crs: [], problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// Entry files to the one Katalog that is compiled: everything that stands in other files is in its place, and every
// value knows where it was written.
import { type MapNode, type ProblemList } from '../../common';
import { komposerOrKatalog } from './komposer/compose';
import { fetchCrdFiles } from './crd-files';
import { mergeDocuments } from './merge-documents';
import { expandMotifs } from './motif/expand-motifs';
import { runnableDocuments } from '../source/load-document';
import { parseYamlDocuments } from '../source/parse-yaml';
import { type ExpandContext } from '../source/read-tree';

export interface ExpandedKatalog {
  /** Decoded next; undefined when nothing is left to decode. */
  readonly root: MapNode | undefined;
  /** The documents of the entry files as written. */
  readonly written: readonly MapNode[];
}

/** Throws an OrkestraError when an entry file can't be read; everything else is a problem. */
export function expandKatalog(locations: readonly string[], context: ExpandContext): ExpandedKatalog {
  const written = locations.flatMap((location) => entryDocuments(location, context));
  const katalogs = written.flatMap((root) => komposerOrKatalog(root, context) ?? []);
  const merged = mergeDocuments(katalogs, context.problems);
  if (merged === undefined) return { root: undefined, written };
  fetchCrdFiles(merged, context);
  return { root: expandMotifs(merged, context), written };
}

function entryDocuments(location: string, { texts, problems }: ExpandContext): readonly MapNode[] {
  const text = texts.read(location);
  if (text === undefined) return [];
  const broken = countOf(problems);
  const documents = parseYamlDocuments(text, location, problems);
  return countOf(problems) > broken ? [] : runnableDocuments(documents, location, problems);
}

function countOf({ errors }: ProblemList): number {
  return errors.length;
}

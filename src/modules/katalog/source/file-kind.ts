import { ProblemList } from '../../common';
import { isRemote } from './location';
import { parseYamlDocuments } from './parse-yaml';
import { readTextFile } from './read-files';
import { textAt } from './tree';

/** Kinds of files that are no operator: nothing runs them as one. */
const KINDS = ['Motif', 'Simulate', 'E2E'] as const;
export type OtherFileKind = (typeof KINDS)[number];

/** Which of them a file of this machine is; undefined for everything else, also for what can't be parsed. */
export function otherFileKind(location: string): OtherFileKind | undefined {
  if (isRemote(location)) return undefined;
  const text = readTextFile(location);
  // Most files are Katalogs and need not be parsed twice.
  if (!KINDS.some((kind) => text.includes(kind))) return undefined;
  const [root] = parseYamlDocuments(text, location, new ProblemList());
  const written = textAt(root, 'kind');
  return KINDS.find((kind) => kind === written);
}

import { ProblemList } from '../../common';
import { isRemote } from './location';
import { parseYamlDocuments } from './parse-yaml';
import { readTextFile } from './read-files';
import { textAt } from './tree';

/** Kinds of files that are no operator, and what is told where one of them should run. */
export const OTHER_KINDS = {
  Motif: 'a Motif is a building block: it is used through "imports" and cannot run alone',
  E2E: 'an E2E suite is not a Katalog',
  Simulate: 'a Simulate file is not a Katalog',
} as const;
export type OtherFileKind = keyof typeof OTHER_KINDS;

const KINDS = Object.keys(OTHER_KINDS) as readonly OtherFileKind[];

export function isOtherKind(kind: string): kind is OtherFileKind {
  return Object.hasOwn(OTHER_KINDS, kind);
}

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

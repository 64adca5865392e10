// A text by its location to its documents, with what is wrong told at the place that asked for it.
import { type MapNode, OrkestraError, type ProblemList, type SourceNode } from '../../common';
import { CODE } from '../validate/codes';
import { parseYamlDocuments } from './parse-yaml';
import { type SourceTexts } from './source-texts';

/** What every step of the expansion needs. */
export interface ExpandContext {
  readonly texts: SourceTexts;
  readonly problems: ProblemList;
}

/**
 * The documents at a location; `from` is the value that names it, and everything in them is used there. Undefined after
 * a problem, and while the text has to be fetched.
 */
export function readDocuments(
  location: string | undefined,
  from: SourceNode,
  { texts, problems }: ExpandContext,
): readonly SourceNode[] | undefined {
  if (location === undefined) {
    problemAt(from, `"${from.kind === 'scalar' ? from.text : ''}" leads out of the package that names it`, problems);
    return undefined;
  }
  const text = attempt(from, problems, () => texts.read(location));
  if (text === undefined) return undefined;
  const broken = problems.errors.length;
  const documents = parseYamlDocuments(text, location, problems, from.position);
  return problems.errors.length > broken ? undefined : documents;
}

/** As readDocuments, for a text that has to be one map. */
export function readMap(location: string | undefined, from: SourceNode, context: ExpandContext): MapNode | undefined {
  const documents = readDocuments(location, from, context);
  if (documents === undefined) return undefined;
  const [root, ...more] = documents;
  if (root?.kind === 'map' && more.length === 0) return root;
  problemAt(from, `${location ?? ''}: expected one document that is a map`, context.problems);
  return undefined;
}

/** What `work` gives; a source that can't be had is a problem at `from`. */
export function attempt<T>(from: SourceNode, problems: ProblemList, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OrkestraError)) throw error;
    problemAt(from, error.message, problems);
    return undefined;
  }
}

/** The key that names the source begins the message: `include: a.yaml: no such file`. */
function problemAt({ position, path }: SourceNode, message: string, problems: ProblemList): void {
  const key = /([^.[\]]+)(?:\[\d+\])*$/.exec(path)?.[1] ?? '';
  const text = key === '' ? message : `${key}: ${message}`;
  problems.add({ severity: 'error', code: CODE.source, message: text, position, path });
}

// A Motif by its import: its file, read and checked for itself.
import { type MapNode, type ProblemList, type SourceNode } from '../../../common';
import { normalise } from '../../generations';
import { type MotifHead, motifHeadField, type MotifImport, type MotifInput } from '../../model/motif.fields';
import { checkApiVersion } from '../../source/load-document';
import { type ExpandContext, readMap } from '../../source/read-tree';
import { textAt } from '../../source/tree';
import { CODE } from '../../validate/codes';
import { expandIncludes } from '../include/expand-includes';
import { MOTIF_INCLUDES } from '../include/include-table';
import { declaredInputs } from './bindings';
import { motifLocation } from './motif-source';

export interface LoadedMotif {
  readonly name: string;
  readonly location: string;
  /** With everything that it includes. */
  readonly root: MapNode;
  readonly head: MotifHead;
  readonly inputs: ReadonlyMap<string, MotifInput>;
}

/** Undefined after a problem, and while something has to be fetched. `within`: locations of the Motifs around it. */
export function loadMotif(
  fields: MotifImport,
  within: readonly string[],
  context: ExpandContext,
): LoadedMotif | undefined {
  const { problems } = context;
  const location = motifLocation(fields, context, (at, message) => motifProblem(problems, at, message));
  if (location === undefined || fields.motif === undefined) return undefined;
  const { node } = fields.motif;
  if (within.includes(location)) {
    const circle = [...within.slice(within.indexOf(location)), location].join(' -> ');
    return motifProblem(problems, node, `Motifs go round in a circle: ${circle}`);
  }
  const root = readMap(location, node, context);
  return root === undefined ? undefined : checkedMotif(root, location, context);
}

/** The document as a Motif; undefined when it is none, which is a problem. */
export function checkedMotif(written: MapNode, location: string, context: ExpandContext): LoadedMotif | undefined {
  const { problems } = context;
  const kind = textAt(written, 'kind');
  if (kind !== 'Motif') {
    const found = kind === undefined ? 'no kind' : `"${kind}"`;
    return motifProblem(
      problems,
      written.entries.get('kind')?.value ?? written,
      `expected kind: Motif, found ${found}`,
    );
  }
  checkApiVersion(written, problems);
  const root = expandIncludes(normalise(written, problems), MOTIF_INCLUDES, context);
  const head = motifHeadField.decode(root, { problems });
  const name = head?.metadata?.name?.text;
  if (head === undefined || name === undefined) return undefined;
  return { name, location, root, head, inputs: declaredInputs(head, problems) };
}

export function motifProblem(
  problems: ProblemList,
  { position, path }: SourceNode,
  message: string,
  severity: 'error' | 'warning' = 'error',
): undefined {
  problems.add({ severity, code: CODE.motif, message, position, path });
  return undefined;
}

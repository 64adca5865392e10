// A text to its documents that Orkestra runs. YAML is parsed first, then `kind` is looked at: a comment or a quoted kind
// fools nobody.
import { API_VERSION, didYouMean, type MapNode, ProblemList, type SourceNode } from '../../common';
import { normalise } from '../generations';
import { CODE } from '../validate/codes';
import { isOtherKind, OTHER_KINDS } from './file-kind';
import { textAt } from './tree';

const RUNNABLE = ['Katalog', 'Komposer'];

/** The Katalogs and Komposers of a text, in canonical spelling; what is wrong goes to the problems. */
export function runnableDocuments(
  documents: readonly SourceNode[],
  file: string,
  problems: ProblemList,
): readonly MapNode[] {
  const own = new ProblemList();
  const found = documents.filter((root): root is MapNode => isRunnable(root, own));
  if (found.length === 0 && !own.hasErrors) {
    const message = documents.length === 0 ? 'the file is empty: expected kind: Katalog' : 'the file holds no Katalog';
    own.add({ severity: 'error', code: CODE.kind, message, position: { file, line: 1, column: 1 }, path: '' });
  }
  const canonical = found.map((root) => normalise(root, own));
  problems.addAll(own);
  return canonical;
}

/** A Kubernetes manifest beside the Katalog, by its API group. */
function isForeign(root: MapNode, kind: string): boolean {
  const group = textAt(root, 'apiVersion') ?? '';
  return (
    group !== '' && kind !== '' && !RUNNABLE.includes(kind) && !isOtherKind(kind) && !group.startsWith('orkestra.')
  );
}

function isRunnable(root: SourceNode, problems: ProblemList): boolean {
  if (root.kind !== 'map') {
    const message = 'expected a map with apiVersion, kind, metadata and spec';
    problems.add({ severity: 'error', code: CODE.kind, message, position: root.position, path: '' });
    return false;
  }
  const kind = root.entries.get('kind')?.value;
  const written = textAt(root, 'kind') ?? '';
  if (isForeign(root, written)) {
    const message = `skipped: a ${written} is not a document of Orkestra`;
    problems.add({ severity: 'warning', code: CODE.foreignDocument, message, position: root.position, path: 'kind' });
    return false;
  }
  if (!RUNNABLE.includes(written)) {
    const message = isOtherKind(written)
      ? OTHER_KINDS[written]
      : `expected kind: Katalog, found ${written === '' ? 'no kind' : `"${written}"`}${didYouMean(written, RUNNABLE)}`;
    problems.add({ severity: 'error', code: CODE.kind, message, position: (kind ?? root).position, path: 'kind' });
    return false;
  }
  checkApiVersion(root, problems);
  return true;
}

/** Also of Motifs. */
export function checkApiVersion(root: MapNode, problems: ProblemList): void {
  const version = root.entries.get('apiVersion')?.value;
  if (version?.kind !== 'scalar' || version.value === null || version.text === API_VERSION) return;
  const message = `unknown apiVersion "${version.text}"; this version reads ${API_VERSION}`;
  problems.add({ severity: 'error', code: CODE.apiVersion, message, position: version.position, path: 'apiVersion' });
}

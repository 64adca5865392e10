// A file to its one Katalog document. YAML is parsed first, then `kind` is looked at: a comment or a quoted kind fools
// nobody.
import { API_VERSION, didYouMean, type MapNode, ProblemList, type SourceNode, type SourcePosition } from '../../common';
import { katalogField, type KatalogFile } from '../model/katalog.fields';
import { CODE } from '../validate/codes';
import { parseYamlDocuments } from './parse-yaml';
import { readTextFile } from './read-files';

const OTHER_KINDS: Readonly<Record<string, string>> = {
  Komposer: 'a Komposer is not supported yet',
  Motif: 'a Motif is a building block: it is used through "imports" and cannot run alone',
  E2E: 'an E2E suite is not a Katalog',
  Simulate: 'a Simulate file is not a Katalog',
};

export interface LoadedDocument {
  readonly file: string;
  readonly root: MapNode;
  readonly katalog: KatalogFile;
}

/** The Katalogs of a file; what is wrong goes to the problems. */
export function loadDocuments(file: string, problems: ProblemList): readonly LoadedDocument[] {
  const own = new ProblemList();
  const documents = parseYamlDocuments(readTextFile(file), file, own);
  const katalogs = documents.flatMap((root) => loadDocument(file, root, own));
  if (katalogs.length === 0 && !own.hasErrors) {
    const message = documents.length === 0 ? 'the file is empty: expected kind: Katalog' : 'the file holds no Katalog';
    own.add({ severity: 'error', code: CODE.kind, message, position: { file, line: 1, column: 1 }, path: '' });
  }
  problems.addAll(own);
  return katalogs;
}

/** Where the key of a CRD stands in the file. */
export function crdPosition({ root }: LoadedDocument, key: string): SourcePosition | undefined {
  const spec = root.entries.get('spec')?.value;
  const crds = spec?.kind === 'map' ? spec.entries.get('crds')?.value : undefined;
  return crds?.kind === 'map' ? crds.entries.get(key)?.keyPosition : undefined;
}

function loadDocument(file: string, root: SourceNode, problems: ProblemList): readonly LoadedDocument[] {
  if (root.kind !== 'map') {
    problems.add({
      severity: 'error',
      code: CODE.kind,
      message: 'expected a map with apiVersion, kind, metadata and spec',
      position: root.position,
      path: '',
    });
    return [];
  }
  if (!isKatalog(root, problems)) return [];
  const katalog = katalogField.decode(root, { problems });
  return katalog === undefined ? [] : [{ file, root, katalog }];
}

/** A Kubernetes manifest beside the Katalog, by its API group. */
function isForeign(root: MapNode, kind: string): boolean {
  const version = root.entries.get('apiVersion')?.value;
  const text = version?.kind === 'scalar' ? version.text : '';
  return text !== '' && kind !== '' && kind !== 'Katalog' && !(kind in OTHER_KINDS) && !text.startsWith('orkestra.');
}

function isKatalog(root: MapNode, problems: ProblemList): boolean {
  const kind = root.entries.get('kind')?.value;
  const written = kind?.kind === 'scalar' ? kind.text : '';
  if (isForeign(root, written)) {
    const message = `skipped: a ${written} is not a document of Orkestra`;
    problems.add({ severity: 'warning', code: CODE.foreignDocument, message, position: root.position, path: 'kind' });
    return false;
  }
  if (written !== 'Katalog') {
    const message =
      OTHER_KINDS[written] ??
      `expected kind: Katalog, found ${written === '' ? 'no kind' : `"${written}"`}${didYouMean(written, ['Katalog'])}`;
    problems.add({ severity: 'error', code: CODE.kind, message, position: (kind ?? root).position, path: 'kind' });
    return false;
  }
  const version = root.entries.get('apiVersion')?.value;
  if (version?.kind === 'scalar' && version.text !== API_VERSION) {
    const message = `unknown apiVersion "${version.text}"; this version reads ${API_VERSION}`;
    problems.add({ severity: 'error', code: CODE.apiVersion, message, position: version.position, path: 'apiVersion' });
  }
  return true;
}

// A file to its one Katalog document. YAML is parsed first, then `kind` is looked at: a comment or a quoted kind fools
// nobody.
import { API_VERSION, didYouMean, type MapNode, type ProblemList, type SourceNode } from '../../common';
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
  const documents = parseYamlDocuments(readTextFile(file), file, problems);
  if (documents.length === 0 && !problems.hasErrors) {
    problems.add({
      severity: 'error',
      code: CODE.kind,
      message: 'the file is empty: expected kind: Katalog',
      position: { file, line: 1, column: 1 },
      path: '',
    });
  }
  return documents.flatMap((root) => loadDocument(file, root, problems));
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

function isKatalog(root: MapNode, problems: ProblemList): boolean {
  const kind = root.entries.get('kind')?.value;
  const written = kind?.kind === 'scalar' ? kind.text : '';
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

// Files to one CompiledKatalog. All problems are collected; any error means that nothing starts.
import { isDnsLabel, KatalogInvalidError, ProblemList, sha256Hex, stableStringify } from '../../common';
import { loadDocuments, type LoadedDocument } from '../source/load-document';
import { toJson } from '../source/to-json';
import { CODE } from '../validate/codes';
import { checkUniqueGvk, orderByDependency } from '../validate/crd-rules';
import { compileCrd, type CompileDefaults } from './compile-crd';
import { type CompiledCrd, type CompiledKatalog } from './compiled-katalog';

export interface CompileKatalogOptions {
  readonly defaults?: Partial<CompileDefaults>;
  readonly clusterName?: string;
}

const DEFAULTS: CompileDefaults = { workers: 3, resyncMs: 30_000, queueDepth: 0, failureThreshold: 5 };

/** Throws KatalogInvalidError with every problem, or a UserError when a file can't be read. */
export function compileKatalog(files: readonly string[], options: CompileKatalogOptions = {}): CompiledKatalog {
  const problems = new ProblemList();
  const documents = files.flatMap((file) => loadDocuments(file, problems));
  const defaults = { ...DEFAULTS, ...options.defaults };
  const compiled = new Map<string, CompiledCrd>();
  const places = new Map<string, string>();
  for (const document of documents) compileDocument(document, { problems, defaults, compiled, places });
  const crds = [...compiled.values()];
  checkUniqueGvk(crds, problems);
  const ordered = orderByDependency(crds, problems);
  if (problems.hasErrors) throw new KatalogInvalidError(problems.errors);
  const [first] = documents;
  if (first === undefined) throw new KatalogInvalidError([]);
  return Object.freeze({
    name: first.katalog.metadata?.name?.text ?? '',
    namespace: first.katalog.metadata?.namespace?.text ?? 'default',
    metadata: metadataOf(first, options.clusterName),
    hash: sha256Hex(
      stableStringify([
        ...documents.map(({ root }) => toJson(root)),
        ...crds.map(({ crdManifest }) => crdManifest?.object ?? null),
      ]),
    ),
    crds: Object.freeze(ordered),
    warnings: problems.warnings,
    files,
  });
}

interface Accumulator {
  readonly problems: ProblemList;
  readonly defaults: CompileDefaults;
  readonly compiled: Map<string, CompiledCrd>;
  readonly places: Map<string, string>;
}

function compileDocument(document: LoadedDocument, to: Accumulator): void {
  for (const [key, entry] of document.katalog.spec?.crds ?? []) {
    const name = key.replace(/ /g, '').toLowerCase();
    const { position, path } = entry.node;
    if (!isDnsLabel(name)) {
      to.problems.add({
        severity: 'error',
        code: CODE.name,
        message: `"${key}" is not a name for a CRD: expected lower-case letters, digits and "-"`,
        position,
        path,
      });
      continue;
    }
    if (entry.enabled === false) continue;
    const earlier = to.places.get(name);
    if (earlier !== undefined) {
      to.problems.add({
        severity: 'error',
        code: CODE.duplicateCrd,
        message: `CRD "${name}" is declared in ${earlier} already`,
        position,
        path,
      });
      continue;
    }
    to.places.set(name, document.file);
    const crd = compileCrd(name, entry, { document, problems: to.problems, options: {}, defaults: to.defaults });
    if (crd !== undefined) to.compiled.set(name, Object.freeze(crd));
  }
}

function metadataOf({ katalog }: LoadedDocument, clusterName: string | undefined): CompiledKatalog['metadata'] {
  const { metadata } = katalog;
  return {
    description: metadata?.description?.text,
    version: metadata?.version?.text,
    author: metadata?.author?.text,
    license: metadata?.license?.text,
    clusterName: metadata?.clusterName?.text ?? clusterName,
    createdBy: metadata?.createdBy?.text ?? 'operator',
  };
}

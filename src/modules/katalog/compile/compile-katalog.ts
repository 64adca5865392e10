// Files to one CompiledKatalog. All problems are collected; any error means that nothing starts.
import {
  formatPosition,
  isDnsLabel,
  type JsonObject,
  KatalogInvalidError,
  ProblemList,
  sha256Hex,
  type SourcePosition,
  stableStringify,
} from '../../common';
import { type CompileOptions, type FunctionRegistry } from '../../expression';
import { crdPosition, loadDocuments, type LoadedDocument } from '../source/load-document';
import { toJsonObject } from '../source/to-json';
import { CODE } from '../validate/codes';
import { checkDependencies, checkUniqueGvk, orderByDependency } from '../validate/crd-rules';
import { compileNotes } from './compile-notes';
import { compileCrd, type CompileDefaults, crdName } from './compile-crd';
import { checkFinalizer } from './crd-settings';
import { type CompiledCrd, type CompiledKatalog } from './compiled-katalog';

/** What the process adds to the files. */
export interface CompileKatalogOptions {
  readonly defaults?: Partial<CompileDefaults>;
  readonly clusterName?: string;
  /** What templates may call beside the notes of the Katalog; default: every built-in function. */
  readonly functions?: FunctionRegistry;
}

const DEFAULTS: CompileDefaults = { workers: 3, resyncMs: 30_000, queueDepth: 0, failureThreshold: 5 };

/** Throws KatalogInvalidError with every problem, or a UserError when a file can't be read. */
export function compileKatalog(files: readonly string[], options: CompileKatalogOptions = {}): CompiledKatalog {
  const problems = new ProblemList();
  const documents = files.flatMap((file) => loadDocuments(file, problems));
  const defaults = { ...DEFAULTS, ...options.defaults };
  const compiled = new Map<string, CompiledCrd>();
  const declared = new Map<string, Declaration>();
  const { functions, notes } = compileNotes(documents, problems, options.functions);
  for (const document of documents) {
    compileDocument(document, { problems, defaults, compiled, declared, options: { functions } });
  }
  const crds = [...compiled.values()];
  checkUniqueGvk(crds, problems);
  checkDependencies(crds, new Map([...declared].map(([name, { isEnabled }]) => [name, isEnabled])), problems);
  const ordered = orderByDependency(crds, problems);
  if (problems.hasErrors) throw new KatalogInvalidError(problems.errors);
  const [first] = documents;
  if (first === undefined) throw new KatalogInvalidError([]);
  const written = documents.map(({ root }) => toJsonObject(root));
  return Object.freeze({
    name: first.katalog.metadata?.name?.text ?? '',
    namespace: first.katalog.metadata?.namespace?.text ?? 'default',
    metadata: metadataOf(first, options.clusterName),
    hash: hashOf(written, crds, notes),
    crds: Object.freeze(ordered),
    notes: Object.freeze(notes),
    warnings: problems.warnings,
    unrunnable: problems.unrunnable,
    documents: written,
    files,
  });
}

/** Over everything that was read: notes may stand in a file of their own. */
function hashOf(written: readonly JsonObject[], crds: readonly CompiledCrd[], notes: CompiledKatalog['notes']): string {
  const manifests = crds.map(({ crdManifest }) => crdManifest?.object ?? null);
  return sha256Hex(
    stableStringify([...written, ...manifests, ...notes.map(({ name, expression }) => [name, expression])]),
  );
}

interface Accumulator {
  readonly problems: ProblemList;
  readonly defaults: CompileDefaults;
  readonly compiled: Map<string, CompiledCrd>;
  readonly declared: Map<string, Declaration>;
  readonly options: CompileOptions;
}

interface Declaration {
  readonly isEnabled: boolean;
  readonly position: SourcePosition;
}

function compileDocument(document: LoadedDocument, to: Accumulator): void {
  const { spec } = document.katalog;
  const crds = spec?.node.entries.get('crds')?.value;
  if (spec !== undefined && crds?.kind === 'map' && crds.entries.size === 0) {
    const { position, path } = spec.node;
    to.problems.add({ severity: 'error', code: CODE.name, message: 'spec.crds holds no CRD', position, path });
  }
  for (const finalizer of spec?.finalizers ?? []) checkFinalizer(finalizer, to.problems);
  for (const [key, entry] of spec?.crds ?? []) {
    const name = crdName(key);
    const { path } = entry.node;
    const position = crdPosition(document, key) ?? entry.node.position;
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
    const earlier = to.declared.get(name);
    if (earlier !== undefined) {
      to.problems.add({
        severity: 'error',
        code: CODE.duplicateCrd,
        message: `CRD "${name}" is declared at ${formatPosition(earlier.position)} already`,
        position,
        path,
      });
      continue;
    }
    to.declared.set(name, { isEnabled: entry.enabled !== false, position });
    if (entry.enabled === false) continue;
    const { problems, options, defaults } = to;
    const crd = compileCrd(name, entry, { document, problems, options, defaults });
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

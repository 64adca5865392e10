// Files to one CompiledKatalog. All problems are collected; any error means that nothing starts.
import { dirname, isAbsolute } from 'node:path';
import {
  type JsonObject,
  KatalogInvalidError,
  type MapNode,
  ProblemList,
  sha256Hex,
  stableStringify,
} from '../../common';
import { type FunctionRegistry } from '../../expression';
import { type ProfileUse } from '../../resources';
import { type Field } from '../../schema';
import { expandKatalog, type ExpandedKatalog } from '../expand/expand-katalog';
import { katalogField, type KatalogFile, namespaceOf } from '../model/katalog.fields';
import { komposerField } from '../model/komposer.fields';
import { TypedJson } from '../model/typed-json';
import { type ExpandContext } from '../source/read-tree';
import { localTexts, type SourceTexts } from '../source/source-texts';
import { textAt } from '../source/tree';
import { checkCustomKinds } from '../validate/custom-kinds';
import { compileProfiles, usesByCrd } from '../profiles/compile-profiles';
import { declaredRights } from '../rbac/declared-rights';
import { gatewayRulesOf } from '../rbac/gateway-rules';
import { checkDependencies, checkUniqueGvk, orderByDependency } from '../validate/crd-rules';
import { checkSharedObjects } from '../validate/duplicates';
import { checkSharedTexts } from './check-texts';
import { validateKatalog } from '../validate/validate-katalog';
import { compileNotes } from './compile-notes';
import { compileCrd, type CompileDefaults, type CrdContext } from './compile-crd';
import { declareCrd, kindsOf } from './declared-crds';
import { checkFinalizer } from './crd-settings';
import { type CompiledCrd, type CompiledKatalog } from './compiled-katalog';

/** What the process adds to the files. */
export interface CompileKatalogOptions {
  readonly defaults?: Partial<CompileDefaults>;
  readonly clusterName?: string;
  /** Where the gateway is when the Katalog does not say it. */
  readonly gatewayEndpoint?: string | undefined;
  /** What templates may call beside the notes of the Katalog; default: every built-in function. */
  readonly functions?: FunctionRegistry;
}

const DEFAULTS: CompileDefaults = { workers: 3, resyncMs: 30_000, queueDepth: 0, failureThreshold: 5 };

/**
 * From the files of this machine only; see loadKatalog for everything else. Throws KatalogInvalidError with every
 * problem, or a UserError when a file can't be read.
 */
export function compileKatalog(files: readonly string[], options: CompileKatalogOptions = {}): CompiledKatalog {
  const context = { texts: localTexts, problems: new ProblemList() };
  return compileExpanded(expandKatalog(files, context), files, context, options);
}

/** The last step: no text is read any more but those that the expansion asked for. Throws KatalogInvalidError. */
export function compileExpanded(
  { root, written }: ExpandedKatalog,
  files: readonly string[],
  { problems, texts }: ExpandContext,
  options: CompileKatalogOptions,
): CompiledKatalog {
  const katalog = root === undefined ? undefined : katalogField.decode(root, { problems });
  if (root === undefined || katalog === undefined) throw new KatalogInvalidError(problems.errors, problems.warnings);
  const { functions, notes } = compileNotes(root, katalog, { problems, functions: options.functions });
  const defaults = { ...DEFAULTS, ...options.defaults };
  const json = new TypedJson(folderOf(files));
  const { registry, profiles } = compileProfiles(katalog.profiles, json, problems);
  const shared = { problems, options: { functions }, profiles: registry, profileUses: [] as ProfileUse[] };
  const crds = compileCrds(katalog, texts, { ...shared, katalog, json, defaults });
  checkSharedTexts(root, { ...shared, forceConflict: true, workloads: [], kindOf: () => undefined });
  const knowsGateway = options.gatewayEndpoint !== undefined;
  validateKatalog(katalog, problems, { ...shared, queueDepth: defaults.queueDepth, knowsGateway });
  const isEnabled = new Map([...(katalog.spec?.crds ?? [])].map(([name, { enabled }]) => [name, enabled !== false]));
  checkUniqueGvk(crds, problems);
  checkSharedObjects(crds, problems);
  checkCustomKinds(crds, problems);
  checkDependencies(crds, isEnabled, problems);
  const ordered = orderByDependency(crds, problems);
  if (problems.hasErrors) throw new KatalogInvalidError(problems.errors, problems.warnings);
  const expanded = json.object(root, katalogField);
  return Object.freeze({
    name: katalog.metadata?.name?.text ?? '',
    namespace: namespaceOf(katalog),
    metadata: metadataOf(katalog, options.clusterName),
    hash: hashOf(expanded, crds),
    crds: Object.freeze(ordered),
    notes: Object.freeze(notes),
    profiles: Object.freeze(profiles),
    profileUses: Object.freeze(usesByCrd(shared.profileUses)),
    declaredRights: declaredRights(katalog),
    gatewayRules: gatewayRulesOf(katalog, crds),
    warnings: problems.warnings,
    unrunnable: problems.unrunnable,
    documents: written.map((document) => json.object(document, fieldOf(document))),
    expanded,
    files,
  });
}

/** Of the first file: where a text that is printed is most likely written to. */
function folderOf([first = '']: readonly string[]): string {
  return isAbsolute(first) ? dirname(first) : process.cwd();
}

function fieldOf(document: MapNode): Field<unknown> {
  return textAt(document, 'kind') === 'Komposer' ? komposerField : katalogField;
}

/** Over everything that was read: also manifests and notes that stand in files of their own. */
function hashOf(expanded: JsonObject, crds: readonly CompiledCrd[]): string {
  return sha256Hex(stableStringify([expanded, ...crds.map(({ crdManifest }) => crdManifest?.object ?? null)]));
}

function compileCrds(
  { spec }: KatalogFile,
  texts: SourceTexts,
  context: Omit<CrdContext, 'kindOf'>,
): readonly CompiledCrd[] {
  const { problems } = context;
  for (const finalizer of spec?.finalizers ?? []) checkFinalizer(finalizer, problems);
  const declared = [...(spec?.crds ?? [])]
    .filter(([, { enabled }]) => enabled !== false)
    .map(([name, entry]) => ({ name, entry, crd: declareCrd(entry, texts, problems) }));
  const kindOf = kindsOf(declared.map(({ crd }) => crd));
  return declared
    .flatMap(({ name, entry, crd }) => compileCrd(name, entry, crd, { ...context, kindOf }) ?? [])
    .map((crd) => Object.freeze(crd));
}

function metadataOf({ metadata }: KatalogFile, clusterName: string | undefined): CompiledKatalog['metadata'] {
  return {
    description: metadata?.description?.text,
    version: metadata?.version?.text,
    author: metadata?.author?.text,
    license: metadata?.license?.text,
    clusterName: metadata?.clusterName?.text ?? clusterName,
    createdBy: metadata?.createdBy?.text ?? 'operator',
  };
}

// One CRD entry to CompiledCrd: identity, settings with their source, blocks, status.
import { type Gvk, gvkString, type ProblemList } from '../../common';
import { type CompileOptions, type DataPath, normalisePaths, UNKNOWN } from '../../expression';
import { type ResourceType } from '../../kube';
import {
  type CompiledEntry,
  type EntryFacts,
  type KindFacts,
  type KnownKind,
  type ProfileRegistry,
  type ProfileUse,
} from '../../resources';
import { type CrdEntry, crdField } from '../model/crd.fields';
import { type KatalogFile, namespaceOf } from '../model/katalog.fields';
import { crdName } from '../expand/merge-documents';
import { reconcilerProfiles } from '../profiles/reconciler-profiles';
import { type TypedJson } from '../model/typed-json';
import { checkEntries } from '../validate/entry-rules';
import { checkEntryTexts } from './check-texts';
import { compileBlock, compileDeletion, workloadsOf } from './compile-blocks';
import { compileStatus } from './compile-status';
import { type CompiledCrd, type CustomKind, type Setting } from './compiled-katalog';
import { staysBehind } from './child-resources';
import { type CrdManifest } from './crd-file';
import { watchNamespace } from './crd-identity';
import { dataType } from './data-types';
import { type DeclaredCrd } from './declared-crds';
import { compileLabels, crFilesOf, finalizersOf, selectorsOf } from './crd-settings';

export interface CompileDefaults {
  readonly workers: number;
  readonly resyncMs: number;
  readonly queueDepth: number;
  readonly failureThreshold: number;
}

export interface CrdContext {
  readonly katalog: KatalogFile;
  /** What the CRDs of the Katalog tell of a kind. */
  readonly kindOf: (kind: Gvk) => KnownKind | undefined;
  readonly problems: ProblemList;
  readonly json: TypedJson;
  readonly options: CompileOptions;
  readonly defaults: CompileDefaults;
  readonly profiles: ProfileRegistry;
  readonly profileUses: ProfileUse[];
}

/** Undefined when so much is wrong that nothing can be said about the rest; the problems say what. */
export function compileCrd(
  name: string,
  entry: CrdEntry,
  { manifest, resource, isLost, isPluralGuessed }: DeclaredCrd,
  outer: CrdContext,
): CompiledCrd | undefined {
  const { problems, katalog } = outer;
  const options = { ...outer.options, data: isLost ? UNKNOWN : dataType(entry, resource, manifest?.schema) };
  const context = { ...outer, options };
  const box = compileBox(entry, manifest, context);
  const declared = {
    labels: compileLabels(entry, problems, options),
    finalizers: finalizersOf(entry, katalog, problems),
    ...selectorsOf(entry, problems),
    crFiles: crFilesOf(entry, problems),
  };
  if (resource === undefined) return undefined;
  return {
    ...identityOf(name, entry, resource),
    katalogNamespace: entry.katalogNamespace?.text ?? namespaceOf(katalog),
    definition: outer.json.object(entry.node, crdField),
    isPluralGuessed,
    crdManifest: manifest === undefined ? undefined : { file: manifest.file, object: manifest.object },
    watchNamespace: watchNamespace(entry, resource, problems),
    dependsOn: dependenciesOf(entry),
    ...settings(entry, context),
    endpoints: endpointsOf(entry),
    ...declared,
    ...box,
    ...factsOf(box, declared.labels, resource, context.kindOf),
  };
}

type Box = Pick<CompiledCrd, 'onCreate' | 'onReconcile' | 'onDelete' | 'status'>;

/** Blocks and status, and what holds between their entries. */
function compileBox(entry: CrdEntry, manifest: CrdManifest | undefined, context: CrdContext): Box {
  const { problems, options, profiles, profileUses, kindOf } = context;
  const box = entry.operatorBox;
  const blocks = {
    problems,
    options,
    profiles,
    profileUses,
    kindOf,
    forceConflict: entry.forceConflict ?? true,
    workloads: workloadsOf([box?.onCreate, box?.onReconcile]),
  };
  const compiled = {
    onCreate: compileBlock(box?.onCreate, 'onCreate', blocks),
    onReconcile: compileBlock(box?.onReconcile, 'onReconcile', blocks),
    onDelete: compileDeletion(box?.onDelete, blocks),
    status: compileStatus(entry, manifest, problems, options),
  };
  checkEntries({ ...compiled, problems });
  checkEntryTexts(entry, blocks);
  return compiled;
}

type Identity = Pick<CompiledCrd, 'name' | 'description' | 'position' | 'gvk' | 'resource'>;

function identityOf(name: string, entry: CrdEntry, resource: ResourceType): Identity {
  const { group, version, kind } = resource;
  const gvk = { group, version, kind };
  const description = entry.description?.text ?? `${kind} CRD, GVK: ${gvkString(gvk)}`;
  return { name, description, position: entry.node.position, gvk, resource };
}

type Facts = Pick<
  CompiledCrd,
  'needsFinalizer' | 'childKinds' | 'customKinds' | 'reads' | 'uniqueFields' | 'templateCount'
>;

/** What the engine has to know of the whole box before it runs an entry of it. */
function factsOf(
  { onCreate, onReconcile, onDelete, status }: Box,
  labels: CompiledCrd['labels'],
  resource: ResourceType,
  kindOf: CrdContext['kindOf'],
): Facts {
  const entries = [...onCreate.entries, ...onReconcile.entries];
  const deleted = (onDelete?.stages ?? []).flatMap((stage) => stage.entries);
  const conditions = [onCreate, onReconcile, ...(onDelete === undefined ? [] : [onDelete, ...onDelete.stages])].map(
    (block) => block.conditions,
  );
  const readers = [
    ...entries,
    ...conditions,
    ...status.fields.flatMap((field) => [field.value, field.conditions]),
    ...labels.map(({ value }) => value),
  ];
  const conditioned = [...entries, ...status.fields].map((part) => part.conditions);
  const customKinds = customKindsOf([...entries, ...deleted], kindOf);
  return {
    needsFinalizer:
      deleted.length > 0 ||
      entries.some((item) => mayLeaveNamespace(item, resource)) ||
      customKinds.some((kind) => kind.resource !== undefined && staysBehind(kind.resource, resource)),
    childKinds: distinctKinds([...entries, ...deleted].map(({ facts }) => facts)),
    customKinds,
    reads: normalisePaths(readers.flatMap(({ reads }) => reads)),
    uniqueFields: distinctPaths([...conditions, ...conditioned].flatMap(({ uniqueFields }) => uniqueFields)),
    templateCount:
      entries.reduce((sum, { templateCount }) => sum + templateCount, 0) +
      status.fields.filter(({ value }) => !value.isStatic).length,
  };
}

type DependsOn = NonNullable<CrdEntry['dependsOn']>;

function isNameList(dependsOn: DependsOn): dependsOn is Extract<DependsOn, readonly unknown[]> {
  return Array.isArray(dependsOn);
}

function dependenciesOf(entry: CrdEntry): CompiledCrd['dependsOn'] {
  const { dependsOn } = entry;
  if (dependsOn === undefined) return [];
  if (isNameList(dependsOn)) {
    return dependsOn.map(({ text, node }) => ({ name: crdName(text), condition: 'started', position: node.position }));
  }
  return [...dependsOn].map(([name, { condition, position }]) => ({
    name: crdName(name),
    condition: condition ?? 'started',
    position,
  }));
}

function settings(
  entry: CrdEntry,
  { defaults, profiles }: CrdContext,
): Pick<CompiledCrd, 'workers' | 'resyncMs' | 'maxQueueDepth' | 'failureThreshold'> {
  const reconciler = entry.operatorBox?.reconciler;
  const profile = profiles.find(reconcilerProfiles, reconciler?.profile?.text ?? '')?.values;
  const setting = (inline: number | undefined, fromProfile: number | undefined, fallback: number): Setting<number> => {
    const value = inline ?? fromProfile;
    return value === undefined ? { value: fallback, source: 'default' } : { value, source: 'configured' };
  };
  return {
    workers: setting(reconciler?.workers, profile?.workers, defaults.workers),
    resyncMs: setting(reconciler?.resync, profile?.resyncMs, defaults.resyncMs),
    maxQueueDepth: setting(reconciler?.queue?.maxDepth, profile?.maxDepth, defaults.queueDepth),
    failureThreshold: reconciler?.queue?.failureThreshold ?? defaults.failureThreshold,
  };
}

function endpointsOf(entry: CrdEntry): CompiledCrd['endpoints'] {
  const enabled = entry.endpoints?.enabled ?? true;
  return {
    enabled,
    health: enabled && (entry.endpoints?.health ?? true),
    info: enabled && (entry.endpoints?.info ?? true),
  };
}

/** Engine contract §3.3: children that garbage collection can't reach need our finalizer. */
function mayLeaveNamespace({ namespace, copy, facts }: CompiledEntry, owner: ResourceType): boolean {
  if (!owner.namespaced) return false;
  if (isKnown(facts) && staysBehind(facts.resource, owner)) return true;
  if ((copy?.targetNamespaces.length ?? 0) > 0) return true;
  return namespace !== undefined && namespace.source.replace(/\s/g, '') !== '{{.metadata.namespace}}';
}

function distinctPaths(paths: readonly DataPath[]): readonly DataPath[] {
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}

function isKnown(facts: EntryFacts): facts is KindFacts {
  return 'plural' in facts.resource;
}

function distinctKinds(facts: readonly EntryFacts[]): readonly KindFacts[] {
  const known = facts.filter(isKnown);
  return [...new Map(known.map((kind) => [`${kind.listKey} ${gvkString(kind.resource)}`, kind])).values()];
}

function customKindsOf(entries: readonly CompiledEntry[], kindOf: CrdContext['kindOf']): readonly CustomKind[] {
  // An entry of onDelete that has an id needs no kind.
  const open = entries.filter(({ facts }) => !isKnown(facts) && facts.resource.kind !== '');
  const kinds = open.map(({ facts, position }): [string, CustomKind] => {
    const { group, version, kind } = facts.resource;
    const gvk = { group, version, kind };
    return [gvkString(gvk), { gvk, position, resource: kindOf(gvk)?.resource }];
  });
  return [...new Map([...kinds].reverse()).values()].reverse();
}

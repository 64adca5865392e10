// One CRD entry to CompiledCrd: identity, settings with their source, blocks, status.
import { isDnsLabel, isDnsSubdomain, type ProblemList, type SourceText } from '../../common';
import { compileText, type CompileOptions, normalisePaths } from '../../expression';
import { type ResourceType } from '../../kube';
import { type KindFacts } from '../../resources';
import { type CrdEntry } from '../model/crd.fields';
import { type LoadedDocument } from '../source/load-document';
import { CODE } from '../validate/codes';
import { checkEntries } from '../validate/entry-rules';
import { resolve, dirname } from 'node:path';
import { compileBlock, compileDeletion, workloadsOf } from './compile-blocks';
import { compileStatus } from './compile-status';
import { type CompiledCrd, type Setting } from './compiled-katalog';
import { type CrdManifest, readCrdFile } from './crd-file';

export interface CompileDefaults {
  readonly workers: number;
  readonly resyncMs: number;
  readonly queueDepth: number;
  readonly failureThreshold: number;
}

export interface CrdContext {
  readonly document: LoadedDocument;
  readonly problems: ProblemList;
  readonly options: CompileOptions;
  readonly defaults: CompileDefaults;
}

const PROFILES = {
  'high-throughput': { workers: 10, resyncMs: 5 * 60_000, maxDepth: 1_000 },
  conservative: { workers: 2, resyncMs: 60_000, maxDepth: 100 },
  development: { workers: 1, resyncMs: 30_000, maxDepth: 50 },
} as const;

/** Undefined when so much is wrong that nothing can be said about the rest; the problems say what. */
export function compileCrd(name: string, entry: CrdEntry, context: CrdContext): CompiledCrd | undefined {
  const { problems, options } = context;
  const manifest =
    entry.crdFile === undefined ? undefined : readCrdFile(entry.crdFile, context.document.file, problems);
  if (entry.crdFile !== undefined && manifest === undefined) return undefined;
  const resource = resourceOf(entry, manifest, problems);
  const box = entry.operatorBox;
  const blocks = {
    problems,
    options,
    forceConflict: entry.forceConflict ?? true,
    workloads: workloadsOf([box?.onCreate, box?.onReconcile]),
  };
  const onCreate = compileBlock(box?.onCreate, 'onCreate', blocks);
  const onReconcile = compileBlock(box?.onReconcile, 'onReconcile', blocks);
  const onDelete = compileDeletion(box?.onDelete, blocks);
  const status = compileStatus(entry, manifest, problems, options);
  checkEntries({ onCreate, onReconcile, status, problems });
  if (resource === undefined) return undefined;
  const entries = [...onCreate.entries, ...onReconcile.entries];
  const labels = compileLabels(entry, problems, options);
  const gvk = { group: resource.group, version: resource.version, kind: resource.kind };
  const parts = [
    ...entries,
    onCreate.conditions,
    onReconcile.conditions,
    ...status.fields.flatMap((field) => [field.value, field.conditions]),
    ...labels.map(({ value }) => value),
  ];
  return {
    name,
    description:
      entry.description?.text ??
      `${resource.kind} CRD, GVK: ${resource.group}/${resource.version}, Kind=${resource.kind}`,
    position: entry.node.position,
    gvk,
    resource,
    crdManifest: manifest === undefined ? undefined : { file: manifest.file, object: manifest.object },
    crFiles: (entry.crFiles ?? []).map(({ text }) => resolve(dirname(context.document.file), text)),
    watchNamespace: watchNamespace(entry, resource, problems),
    labelSelector: selectorText(entry.labelSelector),
    fieldSelector: selectorText(entry.fieldSelector),
    dependsOn: dependenciesOf(entry),
    ...settings(entry, context.defaults),
    endpoints: endpointsOf(entry),
    labels,
    finalizers: [
      ...new Set(
        [...(box?.finalizers ?? []), ...(context.document.katalog.spec?.finalizers ?? [])].map(({ text }) => text),
      ),
    ],
    needsFinalizer:
      onDelete !== undefined ||
      entries.some((item) => mayLeaveNamespace(item.namespace?.source, item.copy !== undefined, item.facts, resource)),
    onCreate,
    onReconcile,
    onDelete,
    status,
    childKinds: distinctKinds(entries.map(({ facts }) => facts)),
    reads: normalisePaths(parts.flatMap(({ reads }) => reads)),
    templateCount:
      entries.reduce((sum, { templateCount }) => sum + templateCount, 0) +
      status.fields.filter(({ value }) => !value.isStatic).length,
  };
}

function resourceOf(
  entry: CrdEntry,
  manifest: CrdManifest | undefined,
  problems: ProblemList,
): ResourceType | undefined {
  if (manifest !== undefined) {
    const { group, version, kind, plural, namespaced } = manifest;
    return { group, version, kind, plural, namespaced };
  }
  const { group, version, kind } = entry.apiTypes ?? {};
  const at = (entry.apiTypes ?? entry).node;
  const missing = Object.entries({ group, version, kind })
    .filter(([, value]) => value === undefined || value.text === '')
    .map(([key]) => key);
  if (missing.length > 0 || group === undefined || version === undefined || kind === undefined) {
    const message =
      entry.apiTypes === undefined
        ? 'an entry needs "apiTypes" (group, version, kind) or "crdFile"'
        : `apiTypes: ${missing.join(', ')} missing`;
    problems.add({ severity: 'error', code: CODE.apiTypes, message, position: at.position, path: at.path });
    return undefined;
  }
  checkNames(group, version, kind, problems);
  return {
    group: group.text,
    version: version.text,
    kind: kind.text,
    plural: pluralOf(entry, kind, problems),
    namespaced: entry.namespaced ?? true,
  };
}

function checkNames(group: SourceText, version: SourceText, kind: SourceText, problems: ProblemList): void {
  const report = (source: SourceText, message: string): void =>
    problems.add({
      severity: 'error',
      code: CODE.apiTypes,
      message,
      position: source.node.position,
      path: source.node.path,
    });
  if (!isDnsSubdomain(group.text) || !group.text.includes('.')) {
    report(group, `expected an API group such as shop.example.org, found "${group.text}"`);
  }
  if (!/^v[0-9]+((alpha|beta)[0-9]+)?$/.test(version.text)) {
    report(version, `expected a version such as v1 or v1beta2, found "${version.text}"`);
  }
  if (!/^[A-Z][A-Za-z0-9]*$/.test(kind.text)) report(kind, `expected a kind such as Website, found "${kind.text}"`);
}

function pluralOf(entry: CrdEntry, kind: SourceText, problems: ProblemList): string {
  const plural = entry.apiTypes?.plural;
  if (plural !== undefined) {
    if (!isDnsLabel(plural.text)) {
      problems.add({
        severity: 'error',
        code: CODE.apiTypes,
        message: `expected a plural such as websites, found "${plural.text}"`,
        position: plural.node.position,
        path: plural.node.path,
      });
    }
    return plural.text;
  }
  const guess = `${kind.text.toLowerCase()}s`;
  const message = `apiTypes.plural is missing and there is no crdFile: "${guess}" is a guess; write it`;
  problems.add({
    severity: 'error',
    code: CODE.pluralGuessed,
    message,
    position: kind.node.position,
    path: kind.node.path,
  });
  return guess;
}

function watchNamespace(entry: CrdEntry, resource: ResourceType, problems: ProblemList): string | undefined {
  if (entry.namespace === undefined || resource.namespaced) return entry.namespace?.text;
  const { position, path } = entry.namespace.node;
  problems.add({
    severity: 'warning',
    code: CODE.scope,
    message: `${resource.kind} is cluster-scoped: "namespace" has no effect`,
    position,
    path,
  });
  return undefined;
}

function selectorText(selector: ReadonlyMap<string, SourceText> | undefined): string | undefined {
  if (selector === undefined || selector.size === 0) return undefined;
  return [...selector].map(([key, value]) => `${key}=${value.text}`).join(',');
}

function dependenciesOf(entry: CrdEntry): CompiledCrd['dependsOn'] {
  const { dependsOn } = entry;
  if (dependsOn === undefined) return [];
  if (!(dependsOn instanceof Map)) {
    return (dependsOn as readonly SourceText[]).map(({ text }) => ({ name: text, condition: 'started' }));
  }
  return [
    ...(dependsOn as ReadonlyMap<
      string,
      'started' | 'healthy' | { readonly condition: 'started' | 'healthy' | undefined }
    >),
  ].map(([name, value]) => ({
    name,
    condition: typeof value === 'string' ? value : (value.condition ?? 'started'),
  }));
}

function settings(
  entry: CrdEntry,
  defaults: CompileDefaults,
): Pick<CompiledCrd, 'workers' | 'resyncMs' | 'maxQueueDepth' | 'failureThreshold'> {
  const reconciler = entry.operatorBox?.reconciler;
  const profile = reconciler?.profile === undefined ? undefined : PROFILES[reconciler.profile];
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

function compileLabels(entry: CrdEntry, problems: ProblemList, options: CompileOptions): CompiledCrd['labels'] {
  return [...(entry.labels ?? [])].map(([key, value]) => {
    if (!/^([a-z0-9.-]+\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(key)) {
      problems.add({
        severity: 'error',
        code: CODE.label,
        message: `"${key}" is not a label key (and keys are never templates)`,
        position: value.node.position,
        path: value.node.path,
      });
    }
    return { key, value: compileText(value, problems, options) };
  });
}

/** Engine contract §3.3: children that garbage collection can't reach need our finalizer. */
function mayLeaveNamespace(
  namespace: string | undefined,
  copies: boolean,
  facts: KindFacts,
  owner: ResourceType,
): boolean {
  if (!owner.namespaced) return false;
  if (!facts.resource.namespaced || copies) return true;
  return namespace !== undefined && namespace.replace(/\s/g, '') !== '{{.metadata.namespace}}';
}

function distinctKinds(facts: readonly KindFacts[]): readonly KindFacts[] {
  return [...new Map(facts.map((kind) => [kind.listKey, kind])).values()];
}

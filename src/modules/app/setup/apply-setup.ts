// `--apply-cr`: the CRD manifests, then the CRs, are applied before the lanes start (DESIGN decision 15).
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';
import { type Gvk, isJsonArray, isJsonObject, type JsonObject, OrkestraError, scalarText, valueAt } from '../../common';
import { type CompiledKatalog, type PolicyRule, readManifests } from '../../katalog';
import {
  type ClusterConfig,
  CUSTOM_RESOURCE_DEFINITIONS,
  Discovery,
  type KubeApi,
  type ResourceType,
} from '../../kube';

const FIELD_MANAGER = 'ork';
const ESTABLISHED_MS = 30_000;
const LOOK_MS = 100;

export interface Setup {
  readonly katalog: CompiledKatalog;
  readonly api: KubeApi;
  readonly cluster: ClusterConfig;
  readonly note: (text: string) => void;
}

/**
 * Applies the CRDs: each crdFile, and the crd.yaml beside the first Katalog file. Rejects with a UserError that names the
 * file; what was applied before stays.
 */
export async function applyCrds({ katalog, api, note }: Setup, signal: AbortSignal): Promise<void> {
  for (const { file, object } of crdManifests(katalog)) {
    const name = scalarText(valueAt(object, ['metadata', 'name']));
    await named(file, () => apply(api, CUSTOM_RESOURCE_DEFINITIONS, undefined, name, object, signal));
    await established(api, name, file, signal);
    note(`applied CRD ${name}`);
  }
}

/** The resources that `applyCrds` will make known: nobody serves them before, and their rights are checked first. */
export function announcedResources(katalog: CompiledKatalog): readonly ResourceType[] {
  return crdManifests(katalog).flatMap(({ object }) => {
    const text = (...path: readonly string[]): string => scalarText(valueAt(object, ['spec', ...path]));
    const versions = valueAt(object, ['spec', 'versions']);
    const names = isJsonArray(versions) ? versions.map((one) => scalarText(valueAt(one, ['name']))) : [];
    return names.map((version) => ({
      group: text('group'),
      version,
      kind: text('names', 'kind'),
      plural: text('names', 'plural'),
      namespaced: text('scope') !== 'Cluster',
    }));
  });
}

/**
 * What `applyCrds` and `applyCrs` need beside the rights of the runtime: an apply of a missing object asks for both verbs,
 * and a definition is looked at until it is established. A kind that nobody serves is left out: its apply says so.
 */
export async function setupRules({ katalog, api }: Pick<Setup, 'katalog' | 'api'>): Promise<readonly PolicyRule[]> {
  const rules = new Map<string, PolicyRule>();
  const need = ({ group, plural }: ResourceType, verbs: readonly string[]): void => {
    rules.set(`${group}/${plural}`, { apiGroups: [group], resources: [plural], verbs });
  };
  const announced = announcedResources(katalog);
  const discovery = new Discovery(api);
  for (const { object } of crManifests(katalog)) {
    const gvk = gvkOf(object);
    const isOf = ({ group, version, kind }: ResourceType): boolean =>
      group === gvk.group && version === gvk.version && kind === gvk.kind;
    const resource = announced.find(isOf) ?? (await discovery.resourceFor(gvk));
    if (resource !== undefined) need(resource, ['create', 'patch']);
  }
  if (crdManifests(katalog).length > 0) need(CUSTOM_RESOURCE_DEFINITIONS, ['get', 'create', 'patch']);
  return [...rules.values()];
}

/** Applies crFiles and the cr.yaml beside the first Katalog file; rejects like `applyCrds`. */
export async function applyCrs({ katalog, api, cluster, note }: Setup, signal: AbortSignal): Promise<void> {
  const discovery = new Discovery(api);
  for (const { file, object } of crManifests(katalog)) {
    const what = await named(file, () => applyObject(api, discovery, object, cluster, signal));
    note(`applied ${what} (${basename(file)})`);
  }
}

interface Manifest {
  readonly file: string;
  readonly object: JsonObject;
}

function crdManifests(katalog: CompiledKatalog): readonly Manifest[] {
  const named = katalog.crds.flatMap(({ crdManifest }) => crdManifest ?? []);
  const isKnown = new Set(named.map(({ file }) => file));
  const others = beside(katalog, 'crd.yaml').filter((file) => !isKnown.has(file));
  return [
    ...named,
    ...others.flatMap((file) =>
      readManifests(file)
        .filter(isCrd)
        .map((object) => ({ file, object })),
    ),
  ];
}

function crManifests(katalog: CompiledKatalog): readonly Manifest[] {
  const files = new Set([...katalog.crds.flatMap(({ crFiles }) => crFiles), ...beside(katalog, 'cr.yaml')]);
  return [...files].flatMap((file) => readManifests(file).map((object) => ({ file, object })));
}

function isCrd(object: JsonObject): boolean {
  return object['kind'] === CUSTOM_RESOURCE_DEFINITIONS.kind;
}

/** The file of that name in the folder of the first Katalog file, if there is one. */
function beside({ files: [first] }: CompiledKatalog, name: string): readonly string[] {
  const file = first === undefined ? undefined : join(dirname(first), name);
  return file !== undefined && existsSync(file) ? [file] : [];
}

async function applyObject(
  api: KubeApi,
  discovery: Discovery,
  object: JsonObject,
  cluster: ClusterConfig,
  signal: AbortSignal,
): Promise<string> {
  const gvk = gvkOf(object);
  const resource = await discovery.resourceFor(gvk);
  if (resource === undefined) throw new Error(`the API server serves no ${gvk.kind} of ${gvk.group}/${gvk.version}`);
  const name = scalarText(valueAt(object, ['metadata', 'name']));
  const written = scalarText(valueAt(object, ['metadata', 'namespace']));
  const namespace = resource.namespaced ? written || (cluster.namespace ?? 'default') : undefined;
  await apply(api, resource, namespace, name, object, signal);
  return `${gvk.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function gvkOf(object: JsonObject): Gvk {
  const [group, version] = scalarText(object['apiVersion']).split('/', 2);
  const kind = scalarText(object['kind']);
  return version === undefined ? { group: '', version: group ?? '', kind } : { group: group ?? '', version, kind };
}

async function apply(
  api: KubeApi,
  resource: ResourceType,
  namespace: string | undefined,
  name: string,
  object: JsonObject,
  signal: AbortSignal,
): Promise<void> {
  const ref = { resource, name, ...(namespace === undefined ? {} : { namespace }) };
  await api.apply(ref, object, { fieldManager: FIELD_MANAGER, force: true, fieldValidation: 'Strict' }, { signal });
}

async function established(api: KubeApi, name: string, file: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + ESTABLISHED_MS;
  for (;;) {
    const crd = await named(file, () => api.get({ resource: CUSTOM_RESOURCE_DEFINITIONS, name }, { signal }));
    if (hasCondition(crd, 'Established')) return;
    if (performance.now() > deadline) {
      throw failure(file, `the API server didn't establish ${name} within ${ESTABLISHED_MS / 1_000} s`);
    }
    await pause(LOOK_MS, undefined, { signal });
  }
}

function hasCondition(object: JsonObject, type: string): boolean {
  const conditions = valueAt(object, ['status', 'conditions']);
  if (!isJsonArray(conditions)) return false;
  return conditions.filter(isJsonObject).some((one) => one['type'] === type && one['status'] === 'True');
}

async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(file, error instanceof Error ? error.message : String(error), error);
  }
}

function failure(file: string, message: string, cause?: unknown): OrkestraError {
  return new OrkestraError({ code: 'APPLY_FAILED', kind: 'UserError', message: `${file}: ${message}`, cause });
}

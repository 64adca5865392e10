// `--apply-cr`: the CRD manifests, then the CRs, are applied before the lanes start (DESIGN decision 15).
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { basename, dirname, join } from 'node:path';
import { type Gvk, isJsonArray, isJsonObject, type JsonObject, OrkestraError, scalarText, valueAt } from '../../common';
import { type CompiledKatalog, readManifests } from '../../katalog';
import { type ClusterConfig, Discovery, type KubeApi, type ResourceType } from '../../kube';

const FIELD_MANAGER = 'ork';
const ESTABLISHED_MS = 30_000;
const LOOK_MS = 100;
const CRDS: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
};

/** Rejects with a UserError that names the file; what was applied before stays. */
export async function applySetup(
  katalog: CompiledKatalog,
  api: KubeApi,
  cluster: ClusterConfig,
  note: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { crdManifest } of katalog.crds) {
    if (crdManifest === undefined) continue;
    const name = scalarText(valueAt(crdManifest.object, ['metadata', 'name']));
    await named(crdManifest.file, () => apply(api, CRDS, undefined, name, crdManifest.object, signal));
    await established(api, name, crdManifest.file, signal);
    note(`applied CRD ${name}`);
  }
  const discovery = new Discovery(api);
  for (const file of manifestFiles(katalog)) {
    for (const object of readManifests(file)) {
      const what = await named(file, () => applyObject(api, discovery, object, cluster, signal));
      note(`applied ${what} (${basename(file)})`);
    }
  }
}

/** crFiles of each CRD in order, then the cr.yaml beside the first Katalog file. */
function manifestFiles(katalog: CompiledKatalog): readonly string[] {
  const files = new Set(katalog.crds.flatMap(({ crFiles }) => crFiles));
  const [first] = katalog.files;
  const beside = first === undefined ? undefined : join(dirname(first), 'cr.yaml');
  if (beside !== undefined && existsSync(beside)) files.add(beside);
  return [...files];
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
    const crd = await named(file, () => api.get({ resource: CRDS, name }, { signal }));
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

// The Katalog as JSON for people: as it was written, and with every default beside what was written (spec: runtime §18.1).
// Both are shown without authentication, so literals that look like credentials are hidden: see hide-secrets.ts.
import { formatDuration, isJsonObject, type JsonObject, type JsonValue } from '../../common';
import { type CompiledCrd, type CompiledKatalog } from '../compile/compiled-katalog';
import { hideSecrets } from './hide-secrets';

/** The document; several as a List, in the order of the files. */
export function rawKatalog({ documents }: Pick<CompiledKatalog, 'documents'>): JsonValue {
  const [first, ...more] = documents;
  if (first !== undefined && more.length === 0) return hideSecrets(first);
  return { apiVersion: 'v1', kind: 'List', items: documents.map(hideSecrets) };
}

/** One entry of spec.crds as written. */
export function rawCrd({ definition }: Pick<CompiledCrd, 'definition'>): JsonValue {
  return hideSecrets(definition);
}

/** One Katalog of all documents: the enabled CRDs in dependency order. */
export function enrichedKatalog({ name, namespace, metadata, crds, documents }: CompiledKatalog): JsonValue {
  const [first] = documents;
  const { metadata: written, ...rest } = first ?? {};
  const { createdBy, clusterName } = metadata;
  return hideSecrets({
    ...rest,
    metadata: {
      ...objectOf(written),
      name,
      namespace,
      createdBy,
      ...(clusterName === undefined ? {} : { clusterName }),
    },
    spec: { crds: Object.fromEntries(crds.map((crd) => [crd.name, withDefaults(crd)])) },
  });
}

/** One enabled CRD with its defaults. */
export function enrichedCrd(crd: CompiledCrd): JsonValue {
  return hideSecrets(withDefaults(crd));
}

function withDefaults(crd: CompiledCrd): JsonObject {
  const { definition, gvk, resource, endpoints, dependsOn } = crd;
  const box = objectOf(definition['operatorBox']);
  return {
    ...definition,
    enabled: true,
    description: crd.description,
    mode: 'dynamic',
    apiTypes: { ...objectOf(definition['apiTypes']), ...gvk, plural: resource.plural },
    namespaced: resource.namespaced,
    dependsOn: Object.fromEntries(dependsOn.map(({ name, condition }) => [name, { condition }])),
    endpoints: { ...endpoints },
    forceConflict: definition['forceConflict'] ?? true,
    ignoreStatusPatch: definition['ignoreStatusPatch'] ?? false,
    ignoreObservedGeneration: definition['ignoreObservedGeneration'] ?? false,
    operatorBox: {
      ...box,
      finalizers: crd.finalizers,
      reconciler: reconcilerOf(crd, objectOf(box['reconciler'])),
      status: { ...objectOf(box['status']), conditions: crd.status.conditions },
    },
  };
}

/** Values of a profile stand beside its name. */
function reconcilerOf(crd: CompiledCrd, written: JsonObject): JsonObject {
  return {
    ...written,
    workers: crd.workers.value,
    resync: formatDuration(crd.resyncMs.value),
    queue: { maxDepth: crd.maxQueueDepth.value, failureThreshold: crd.failureThreshold },
  };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

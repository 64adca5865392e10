// What an inventory ConfigMap says: every kind of child ever written for a CRD, and which removed entries had asked
// that their objects stay (engine contract §3.1, §3.2). One for each CRD; nothing in it belongs to a single CR.
import {
  isJsonObject,
  inventoryName,
  type JsonObject,
  type JsonValue,
  LABEL,
  labelValue,
  parseJson,
  stableStringify,
} from '../../common';
import { type KubeObject, type ResourceType } from '../../kube';

export interface InventoryRecord {
  readonly crd: ResourceType;
  readonly kinds: readonly ResourceType[];
  /** Entry ids, as they stand in the entry label. */
  readonly retained: readonly string[];
  /** CRs may carry our finalizer. */
  readonly usesFinalizer: boolean;
  /** Finalizers that the Katalog declared: they are ours to take off, also when the CRD left the Katalog. */
  readonly finalizers: readonly string[];
}

export const CONFIG_MAPS: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
};
const KEY = 'inventory.json';

/** Undefined when the object can't be read: better none than a wrong one. */
export function readInventory(object: KubeObject): InventoryRecord | undefined {
  const data = object['data'];
  const text = isJsonObject(data) ? data[KEY] : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const value = parseJson(text);
    if (!isJsonObject(value)) return undefined;
    const crd = readType(value['crd']);
    if (crd === undefined) return undefined;
    const kinds = Array.isArray(value['kinds']) ? value['kinds'] : [];
    return {
      crd,
      kinds: kinds.map((kind) => readType(kind as JsonValue)).filter((kind) => kind !== undefined),
      retained: texts(value['retained']),
      usesFinalizer: value['usesFinalizer'] === true,
      finalizers: texts(value['finalizers']),
    };
  } catch {
    return undefined;
  }
}

/** What both say together: nothing that was ever written is forgotten. */
export function uniteInventories(a: InventoryRecord, b: InventoryRecord): InventoryRecord {
  // Of a kind that both know the second is newer: its version is the one that is used now.
  const kinds = [...b.kinds, ...a.kinds.filter((kind) => !b.kinds.some((known) => sameType(known, kind)))];
  return {
    crd: a.crd,
    kinds: sortedTypes(kinds),
    retained: union(a.retained, b.retained),
    usesFinalizer: a.usesFinalizer || b.usesFinalizer,
    finalizers: union(a.finalizers, b.finalizers),
  };
}

export function sortedTypes(kinds: readonly ResourceType[]): readonly ResourceType[] {
  return [...kinds].sort((a, b) => (`${a.plural}.${a.group}` < `${b.plural}.${b.group}` ? -1 : 1));
}

export function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

export function inventoryText(record: InventoryRecord): string {
  return stableStringify(record as unknown as JsonObject);
}

export function inventoryData(record: InventoryRecord): JsonObject {
  return { [KEY]: inventoryText(record) };
}

export function inventoryLabels(katalog: string): JsonObject {
  return { [LABEL.inventory]: 'true', [LABEL.katalog]: labelValue(katalog) };
}

export function newInventory(record: InventoryRecord, namespace: string, katalog: string): JsonObject {
  const name = inventoryName(record.crd.plural, record.crd.group);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: inventoryLabels(katalog) },
    data: inventoryData(record),
  };
}

export function sameType(a: ResourceType, b: ResourceType): boolean {
  return a.group === b.group && a.plural === b.plural;
}

function texts(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function readType(value: JsonValue | undefined): ResourceType | undefined {
  if (!isJsonObject(value)) return undefined;
  const { group, version, kind, plural, namespaced } = value;
  if (typeof group !== 'string' || typeof version !== 'string' || typeof kind !== 'string') return undefined;
  if (typeof plural !== 'string' || typeof namespaced !== 'boolean') return undefined;
  return { group, version, kind, plural, namespaced };
}

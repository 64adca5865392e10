// The inventories of this Katalog: read at start, grown before the first write of a kind, shrunk when nothing is left.
import { inventoryName, LABEL, labelValue } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type Fence, type KubeApi, type KubeObject, type ResourceType } from '../../kube';
import { type Inventory } from '../../reconciler';
import {
  CONFIG_MAPS,
  inventoryData,
  inventoryText,
  type InventoryRecord,
  newInventory,
  readInventory,
  sameType,
} from './inventory-record';

export interface InventoryPorts {
  readonly api: KubeApi;
  readonly fence: Fence;
  readonly namespace: string;
  readonly katalog: string;
  /** Starts the informer of a kind and waits for it. */
  readonly open: (resource: ResourceType, signal: AbortSignal) => Promise<void>;
}

interface Stored {
  readonly record: InventoryRecord;
  readonly resourceVersion: string | undefined;
}

export class InventoryStore {
  private readonly stored = new Map<string, Stored>();

  constructor(private readonly ports: InventoryPorts) {}

  /** One list, by both labels. */
  async load(signal: AbortSignal): Promise<void> {
    const { api, namespace, katalog } = this.ports;
    const labelSelector = `${LABEL.inventory}=true,${LABEL.katalog}=${labelValue(katalog)}`;
    const { items } = await api.list({ resource: CONFIG_MAPS, namespace, labelSelector }, { signal });
    this.stored.clear();
    for (const item of items) this.keep(item);
  }

  record(crd: ResourceType): InventoryRecord | undefined {
    return this.stored.get(nameOf(crd))?.record;
  }

  all(): readonly InventoryRecord[] {
    return [...this.stored.values()].map(({ record }) => record);
  }

  /** The view of one CRD that the reconciler gets. */
  of(crd: CompiledCrd): Inventory {
    const retained = (entryId: string): boolean => this.record(crd.resource)?.retained.includes(entryId) === true;
    return {
      has: (resource) => this.record(crd.resource)?.kinds.some((kind) => sameType(kind, resource)) === true,
      ensure: (resource, _namespace, signal) => this.grow(crd.resource, [resource], signal),
      retains: retained,
    };
  }

  /** Makes the inventory of a CRD say at least what the compiled CRD may write. */
  async cover(crd: CompiledCrd, signal: AbortSignal): Promise<void> {
    const entries = [...crd.onCreate.entries, ...crd.onReconcile.entries];
    const retained = entries
      .filter(({ deletionPolicy }) => deletionPolicy === 'retain')
      .map(({ id }) => labelValue(id));
    const declared = new Set(entries.map(({ id }) => labelValue(id)));
    const known = this.record(crd.resource);
    // An entry that is declared and doesn't retain any more is forgotten; one that left keeps its word.
    const kept = (known?.retained ?? []).filter((id) => !declared.has(id));
    const kinds = known?.kinds ?? [];
    const added = crd.childKinds
      .map(({ resource }) => resource)
      .filter((kind) => !kinds.some((item) => sameType(item, kind)));
    await this.write(
      {
        crd: crd.resource,
        kinds: sorted([...kinds, ...added]),
        retained: [...new Set([...kept, ...retained])].sort(),
        usesFinalizer: crd.needsFinalizer || known?.usesFinalizer === true,
      },
      signal,
    );
  }

  /** Takes kinds off that have no object left. */
  async shrink(crd: ResourceType, gone: readonly ResourceType[], signal: AbortSignal): Promise<void> {
    const known = this.record(crd);
    if (known === undefined || gone.length === 0) return;
    await this.write(
      { ...known, kinds: known.kinds.filter((kind) => !gone.some((item) => sameType(item, kind))) },
      signal,
    );
  }

  private async grow(crd: ResourceType, kinds: readonly ResourceType[], signal: AbortSignal): Promise<void> {
    const known = this.record(crd) ?? { crd, kinds: [], retained: [], usesFinalizer: false };
    const added = kinds.filter((kind) => !known.kinds.some((item) => sameType(item, kind)));
    await this.write({ ...known, kinds: sorted([...known.kinds, ...added]) }, signal);
    for (const kind of added) await this.ports.open(kind, signal);
  }

  private async write(record: InventoryRecord, signal: AbortSignal): Promise<void> {
    const { api, fence, namespace, katalog } = this.ports;
    const known = this.stored.get(nameOf(record.crd));
    if (known !== undefined && inventoryText(known.record) === inventoryText(record)) return;
    const options = { signal, fence };
    if (known === undefined) {
      this.keep(await api.create(CONFIG_MAPS, namespace, newInventory(record, namespace, katalog), options));
      return;
    }
    const ref = { resource: CONFIG_MAPS, namespace, name: nameOf(record.crd) };
    const body = { metadata: { resourceVersion: known.resourceVersion }, data: inventoryData(record) };
    this.keep(await api.patch(ref, { type: 'merge', body }, options));
  }

  private keep(object: KubeObject): void {
    const record = readInventory(object);
    if (record === undefined) return;
    this.stored.set(nameOf(record.crd), { record, resourceVersion: object.metadata.resourceVersion });
  }
}

function nameOf(crd: ResourceType): string {
  return inventoryName(crd.plural, crd.group);
}

function sorted(kinds: readonly ResourceType[]): readonly ResourceType[] {
  return [...kinds].sort((a, b) => (`${a.plural}.${a.group}` < `${b.plural}.${b.group}` ? -1 : 1));
}

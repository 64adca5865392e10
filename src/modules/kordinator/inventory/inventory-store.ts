// The inventories of this Katalog: read at start, grown before the first write of a kind, shrunk when nothing is left.
// Writes go one after the other: they are few, and each carries the version that it was decided on.
import { inventoryName, LABEL, labelValue } from '../../common';
import { childResources, type CompiledCrd } from '../../katalog';
import { type Fence, isConflict, isNotFound, type KubeApi, type KubeObject, type ResourceType } from '../../kube';
import { type Inventory, type UnobservedKind } from '../../reconciler';
import {
  CONFIG_MAPS,
  inventoryData,
  inventoryLabels,
  inventoryText,
  type InventoryRecord,
  newInventory,
  readInventory,
  sameType,
  sortedTypes,
  uniteInventories,
} from './inventory-record';

export interface InventoryPorts {
  readonly api: KubeApi;
  readonly fence: Fence;
  readonly namespace: string;
  readonly katalog: string;
  /** Starts the informer of a kind and waits for it. */
  readonly open: (resource: ResourceType, signal: AbortSignal) => Promise<void>;
  /** Whether the objects of a kind can be seen; undefined when they can. */
  readonly unobserved: (resource: ResourceType) => UnobservedKind | undefined;
}

interface Stored {
  readonly record: InventoryRecord;
  readonly resourceVersion: string | undefined;
  /** Found by the list of the next start. */
  readonly isLabelled: boolean;
}

type Change = (known: InventoryRecord) => InventoryRecord;

/** Each write is tried so often when somebody else writes the same ConfigMap. */
const MAX_ATTEMPTS = 4;

export class InventoryStore {
  private readonly stored = new Map<string, Stored>();
  private tail: Promise<unknown> = Promise.resolve();

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
    const kinds = (): readonly ResourceType[] => this.record(crd.resource)?.kinds ?? [];
    return {
      has: (resource) =>
        kinds().some((kind) => sameType(kind, resource)) && this.ports.unobserved(resource) === undefined,
      ensure: (resource, _namespace, signal) => this.grow(crd.resource, resource, signal),
      retains: (entryId) => this.record(crd.resource)?.retained.includes(entryId) === true,
      unobserved: () => {
        for (const kind of kinds()) {
          const unseen = this.ports.unobserved(kind);
          if (unseen !== undefined) return unseen;
        }
        return undefined;
      },
    };
  }

  /** Makes the inventory of a CRD say at least what the compiled CRD may write. */
  async cover(crd: CompiledCrd, signal: AbortSignal): Promise<void> {
    const entries = [...crd.onCreate.entries, ...crd.onReconcile.entries];
    const retained = entries
      .filter(({ deletionPolicy }) => deletionPolicy === 'retain')
      .map(({ id }) => labelValue(id));
    const declared = new Set(entries.map(({ id }) => labelValue(id)));
    const change: Change = (known) =>
      uniteInventories(
        // An entry that is declared and doesn't retain any more is forgotten; one that left keeps its word.
        { ...known, retained: known.retained.filter((id) => !declared.has(id)) },
        {
          crd: crd.resource,
          kinds: childResources(crd),
          retained,
          // Kinds that are not served yet may turn out to be cluster-scoped.
          usesFinalizer: crd.needsFinalizer || crd.customKinds.some((kind) => kind.resource === undefined),
          finalizers: crd.finalizers,
        },
      );
    await this.write(crd.resource, change, signal);
  }

  /** Takes kinds off that have no object left. */
  async shrink(crd: ResourceType, gone: readonly ResourceType[], signal: AbortSignal): Promise<void> {
    if (gone.length === 0 || this.record(crd) === undefined) return;
    const isGone = (kind: ResourceType): boolean => gone.some((item) => sameType(item, kind));
    await this.write(crd, (known) => ({ ...known, kinds: known.kinds.filter((kind) => !isGone(kind)) }), signal);
  }

  /** No CR of a CRD that left the Katalog carries a finalizer of ours any more. */
  async released(crd: ResourceType, signal: AbortSignal): Promise<void> {
    await this.write(crd, (known) => ({ ...known, usesFinalizer: false, finalizers: [] }), signal);
  }

  private async grow(crd: ResourceType, kind: ResourceType, signal: AbortSignal): Promise<void> {
    const change: Change = (known) => ({
      ...known,
      kinds: known.kinds.some((item) => sameType(item, kind)) ? known.kinds : sortedTypes([...known.kinds, kind]),
    });
    await this.write(crd, change, signal);
    await this.ports.open(kind, signal);
  }

  private write(crd: ResourceType, change: Change, signal: AbortSignal): Promise<void> {
    const turn = this.tail.then(() => this.attempts(crd, change, signal));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  private async attempts(crd: ResourceType, change: Change, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.attempt(crd, change, signal);
        return;
      } catch (error) {
        // Another Katalog's name on it, an edit by hand, a deleted ConfigMap: read again, add to what is there.
        if (attempt === MAX_ATTEMPTS || !(isConflict(error) || isNotFound(error))) throw error;
        await this.refresh(crd, signal);
      }
    }
  }

  private async attempt(crd: ResourceType, change: Change, signal: AbortSignal): Promise<void> {
    const { api, fence, namespace, katalog } = this.ports;
    const known = this.stored.get(nameOf(crd));
    const before = known?.record ?? emptyRecord(crd);
    const record = change(before);
    const options = { signal, fence };
    if (known === undefined) {
      this.keep(await api.create(CONFIG_MAPS, namespace, newInventory(record, namespace, katalog), options));
      return;
    }
    if (known.isLabelled && inventoryText(before) === inventoryText(record)) return;
    const ref = { resource: CONFIG_MAPS, namespace, name: nameOf(crd) };
    const metadata = { resourceVersion: known.resourceVersion, labels: inventoryLabels(katalog) };
    this.keep(await api.patch(ref, { type: 'merge', body: { metadata, data: inventoryData(record) } }, options));
  }

  private async refresh(crd: ResourceType, signal: AbortSignal): Promise<void> {
    const { api, namespace } = this.ports;
    const name = nameOf(crd);
    try {
      const object = await api.get({ resource: CONFIG_MAPS, namespace, name }, { signal });
      this.remember(object, readInventory(object) ?? emptyRecord(crd));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      this.stored.delete(name);
    }
  }

  private keep(object: KubeObject): void {
    const record = readInventory(object);
    if (record !== undefined) this.remember(object, record);
  }

  private remember({ metadata }: KubeObject, record: InventoryRecord): void {
    const wanted = Object.entries(inventoryLabels(this.ports.katalog));
    const isLabelled = wanted.every(([key, value]) => metadata.labels?.[key] === value);
    this.stored.set(nameOf(record.crd), { record, resourceVersion: metadata.resourceVersion, isLabelled });
  }
}

function emptyRecord(crd: ResourceType): InventoryRecord {
  return { crd, kinds: [], retained: [], usesFinalizer: false, finalizers: [] };
}

function nameOf(crd: ResourceType): string {
  return inventoryName(crd.plural, crd.group);
}

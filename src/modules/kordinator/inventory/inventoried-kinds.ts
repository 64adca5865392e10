// Every kind that was ever written stays watched, so that orphans of a changed Katalog are found (engine contract §3.1).
import { LABEL } from '../../common';
import { childResources, type CompiledCrd } from '../../katalog';
import { type ResourceType, type SharedInformer } from '../../kube';
import { type UnobservedKind } from '../../reconciler';
import { type ChildCaches } from '../children/child-caches';
import { type Lane } from '../lanes/lane';
import { CR_UID_INDEX } from '../lanes/lane-roster';
import { isRefused, missingRule, settled } from '../sync-or-refuse';
import { sameType } from './inventory-record';
import { type InventoryStore } from './inventory-store';

export class InventoriedKinds {
  private readonly refused = new Set<string>();

  constructor(
    private readonly inventories: InventoryStore,
    private readonly children: ChildCaches,
    /** A kind can't be seen, with the rule that is missing. Told once for each kind. */
    private readonly onRefused: (problem: string) => void,
  ) {}

  /** Opens the caches of all of them and waits until each is filled, or can't be. */
  async observe(signal: AbortSignal): Promise<void> {
    const kinds = this.inventories.all().flatMap((record) => record.kinds);
    await Promise.all(
      kinds.map(async (kind) => {
        const informer = this.children.open(kind);
        await settled(informer, signal);
        // Missing rights for what left the Katalog are a warning, never a failed start (engine contract §8).
        const refusal = this.unobserved(kind)?.refusal;
        if (refusal === undefined || signal.aborted || this.refused.has(nameOf(kind))) return;
        this.refused.add(nameOf(kind));
        this.onRefused(refusal);
      }),
    );
  }

  unobserved(kind: ResourceType): UnobservedKind | undefined {
    const informer = this.children.informer(kind);
    if (informer !== undefined && (informer.hasSynced || informer.isMissing)) return undefined;
    const { lastError } = informer ?? {};
    const refusal = informer !== undefined && isRefused(lastError) ? missingRule(lastError, informer) : undefined;
    return { kind: nameOf(kind), refusal };
  }

  /** Takes kinds off an inventory that are not declared any more and of which no object is left. */
  async shrink(lanes: readonly Lane[], signal: AbortSignal): Promise<void> {
    for (const { crd, crs } of lanes) {
      const record = this.inventories.record(crd.resource);
      if (record === undefined || !crs.hasSynced) continue;
      const gone = record.kinds.filter((kind) => !isDeclared(crd, kind) && !this.hasChildren(crs, kind));
      await this.inventories.shrink(crd.resource, gone, signal);
    }
  }

  private hasChildren(crs: SharedInformer, kind: ResourceType): boolean {
    const informer = this.children.informer(kind);
    if (informer?.hasSynced !== true) return informer?.isMissing !== true;
    for (const child of informer.store.values()) {
      const uid = child.metadata.labels?.[LABEL.ownerUid];
      if (uid !== undefined && crs.store.byIndex(CR_UID_INDEX, uid).length > 0) return true;
    }
    return false;
  }
}

function isDeclared(crd: CompiledCrd, kind: ResourceType): boolean {
  const isNamed = crd.customKinds.some(({ gvk }) => gvk.group === kind.group && gvk.kind === kind.kind);
  return isNamed || childResources(crd).some((resource) => sameType(resource, kind));
}

function nameOf({ plural, group }: ResourceType): string {
  return group === '' ? plural : `${plural}.${group}`;
}

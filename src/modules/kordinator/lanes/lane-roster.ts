// Makes the lanes and knows which of them a change belongs to.
import { type Clock, type Gvk, gvkString, objectKey } from '../../common';
import { type CompiledCrd } from '../../katalog';
import { type Fence, type InformerFactory, keyOf, type KubeObject } from '../../kube';
import { type Logger } from '../../observability';
import { type ReconcilerFactory, uniqueIndices } from '../../reconciler';
import { type Announcer } from '../activity';
import { type ChildCaches, ownerHint } from '../children/child-caches';
import { type KindDiscovery } from '../children/kind-discovery';
import { type SourceWatches } from '../children/source-watches';
import { type InventoryStore } from '../inventory/inventory-store';
import { type KordinatorMetrics } from '../kordinator.metrics';
import { CrdHealth } from './crd-health';
import { Lane } from './lane';

export const CR_UID_INDEX = 'uid';

export interface RosterPorts {
  readonly factory: InformerFactory;
  readonly children: ChildCaches;
  readonly sources: SourceWatches;
  readonly kinds: KindDiscovery;
  readonly inventories: InventoryStore;
  readonly fence: Fence;
  readonly reconcilers: ReconcilerFactory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: KordinatorMetrics;
  readonly announcer: Announcer;
}

export class LaneRoster {
  private readonly made: Lane[] = [];

  constructor(private readonly ports: RosterPorts) {}

  /** Retired ones too. */
  get all(): readonly Lane[] {
    return this.made;
  }

  /** The lanes of the Katalog's CRDs, in dependency order. */
  get lanes(): readonly Lane[] {
    return this.made.filter(({ isRetired }) => !isRetired);
  }

  add(crd: CompiledCrd, isRetired: boolean): Lane {
    const { factory, children, inventories, sources, kinds, fence, clock, logger, metrics, announcer } = this.ports;
    const unique = uniqueIndices(crd);
    const crs = factory.informer(
      {
        resource: crd.resource,
        ...(crd.watchNamespace === undefined ? {} : { namespace: crd.watchNamespace }),
        ...(crd.labelSelector === undefined ? {} : { labelSelector: crd.labelSelector }),
        ...(crd.fieldSelector === undefined ? {} : { fieldSelector: crd.fieldSelector }),
      },
      { indices: { [CR_UID_INDEX]: uidOf, ...unique }, transform: withoutManagedFields },
    );
    const laneSources = sources.forLane((key) => lane.enqueue(key));
    crs.onEvent(({ type, object }) => {
      if (type === 'deleted') laneSources.release(keyOf(object));
    });
    // Another CR came to the same value, or gave it up: what `unique` says of this one changed.
    for (const index of Object.keys(unique)) crs.store.onCompany(index, (key) => lane.enqueue(key));
    const ports = {
      fence,
      crs,
      children,
      sources: laneSources,
      kinds,
      inventory: inventories.of(crd),
      logger: logger.child({ crd: crd.name }),
      activity: (activity: Parameters<Announcer['activity']>[0]) => announcer.activity(activity),
    };
    const reconciler = this.ports.reconcilers(crd, ports, isRetired ? 'deletionOnly' : 'full');
    const health = new CrdHealth(crd.failureThreshold, clock);
    const lane = new Lane(crd, { crs, reconciler, health, metrics, logger }, isRetired);
    this.made.push(lane);
    return lane;
  }

  /** Resolves `dependsOn` to lanes, after all were added. */
  connect(): void {
    for (const lane of this.made) {
      lane.dependencies = lane.crd.dependsOn.flatMap(({ name, condition }) => {
        const other = this.made.find(({ crd }) => crd.name === name);
        return other === undefined ? [] : [{ name, condition, lane: other }];
      });
    }
  }

  /** What is known of a kind became something else: every CR whose entries name it is looked at. */
  enqueueUsers(kind: Gvk): void {
    for (const lane of this.made) {
      if (lane.crd.customKinds.some(({ gvk }) => gvkString(gvk) === gvkString(kind))) lane.enqueueAll();
    }
  }

  /** A child changed: its owner is looked at. */
  enqueueOwner(child: KubeObject): void {
    const { controller, uid } = ownerHint(child);
    for (const lane of this.made) {
      const { gvk, resource } = lane.crd;
      if (controller?.kind === gvk.kind && controller.group === gvk.group) {
        lane.enqueue(objectKey(resource.namespaced ? child.metadata.namespace : undefined, controller.name));
      } else if (controller === undefined && uid !== undefined) {
        for (const cr of lane.crs.store.byIndex(CR_UID_INDEX, uid)) lane.enqueue(keyOf(cr));
      }
    }
  }
}

function uidOf(object: KubeObject): readonly string[] {
  return object.metadata.uid === undefined ? [] : [object.metadata.uid];
}

/** The largest part of a small CR, and nobody asks for it. */
function withoutManagedFields(object: KubeObject): KubeObject {
  if (object.metadata.managedFields === undefined) return object;
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}

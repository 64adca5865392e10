// One informer for each kind of child, for everything that is one by its labels, shared by all lanes.
import { LABEL, type ObjectKey } from '../../common';
import {
  type InformerEvent,
  type InformerFactory,
  type KubeObject,
  type ResourceType,
  type SharedInformer,
} from '../../kube';
import {
  ASKED_ENTRIES,
  CHILD_SELECTOR,
  type ChildSource,
  isCached,
  type ObservedChild,
  reduceChild,
} from '../../reconciler';

const OWNER_INDEX = 'owner-uid';
const NONE: readonly ObservedChild[] = [];

interface Cache {
  readonly resource: ResourceType;
  readonly informer: SharedInformer;
}

export class ChildCaches implements ChildSource {
  private readonly caches = new Map<string, Cache>();
  /** The same by the very ResourceType that asks: a pass looks up every child, and compiled facts never change. */
  private readonly known = new Map<ResourceType, Cache>();

  constructor(
    private readonly factory: InformerFactory,
    private readonly onChange: (child: KubeObject, event: InformerEvent['type']) => void,
    private readonly onPresence: (resource: ResourceType) => void = () => undefined,
  ) {}

  /** Starts the informer of a kind if it doesn't run yet. */
  open(resource: ResourceType): SharedInformer {
    const id = idOf(resource);
    const known = this.caches.get(id);
    if (known !== undefined) return known.informer;
    const informer = this.factory.informer(
      { resource, labelSelector: CHILD_SELECTOR, managedFieldsWith: ASKED_ENTRIES },
      { transform: reduceChild, indices: { [OWNER_INDEX]: ownerUids } },
    );
    informer.onEvent((event) => this.onChange(event.object, event.type));
    informer.onPresence(() => this.onPresence(resource));
    this.caches.set(id, { resource, informer });
    return informer;
  }

  all(): readonly SharedInformer[] {
    return [...this.caches.values()].map(({ informer }) => informer);
  }

  isOpen(resource: ResourceType): boolean {
    return this.caches.has(idOf(resource));
  }

  informer(resource: ResourceType): SharedInformer | undefined {
    return this.caches.get(idOf(resource))?.informer;
  }

  ofOwner(ownerUid: string): readonly ObservedChild[] {
    let found: ObservedChild[] | undefined;
    for (const { resource, informer } of this.caches.values()) {
      for (const object of informer.store.byIndex(OWNER_INDEX, ownerUid)) (found ??= []).push({ resource, object });
    }
    return found ?? NONE;
  }

  get(resource: ResourceType, key: ObjectKey): KubeObject | undefined {
    return this.cacheOf(resource)?.informer.store.get(key);
  }

  observeWrite(resource: ResourceType, object: KubeObject): void {
    // An object that lost a label is not in this cache: the watch would tell its end, not its change.
    if (!isCached(object)) return;
    this.cacheOf(resource)?.informer.observeWrite(object);
  }

  observeDelete(resource: ResourceType, key: ObjectKey, uid: string): void {
    this.cacheOf(resource)?.informer.observeDelete(key, uid);
  }

  private cacheOf(resource: ResourceType): Cache | undefined {
    const known = this.known.get(resource);
    if (known !== undefined) return known;
    const cache = this.caches.get(idOf(resource));
    if (cache !== undefined) this.known.set(resource, cache);
    return cache;
  }
}

function ownerUids(object: KubeObject): readonly string[] {
  const uid = object.metadata.labels?.[LABEL.ownerUid];
  return uid === undefined ? [] : [uid];
}

function idOf(resource: ResourceType): string {
  return `${resource.plural}.${resource.group}`;
}

/** Where the owner of a child is to be looked for: by its controller reference, else by the uid label. */
export interface OwnerHint {
  readonly controller: { readonly group: string; readonly kind: string; readonly name: string } | undefined;
  readonly uid: string | undefined;
}

export function ownerHint(child: KubeObject): OwnerHint {
  const reference = child.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const uid = child.metadata.labels?.[LABEL.ownerUid];
  if (reference === undefined) return { controller: undefined, uid };
  const [group = '', version] = reference.apiVersion.split('/');
  return {
    controller: {
      group: version === undefined ? '' : group,
      kind: reference.kind,
      name: reference.name,
    },
    uid,
  };
}

// Follows all objects of one resource: lists them, then watches; a watch that ends is opened again where it stopped.
import { type KubeApi, type KubeObject, type ResourceType } from '../../kube';

/** Called for each object that is there, changes or goes. */
export type FeedListener = (resource: ResourceType, object: KubeObject, isGone: boolean) => void;

export interface FeedLife {
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** Asked when a watch has ended: whether to go on. */
  readonly isWanted: () => boolean;
}

/** Runs until it is ended, is not wanted any more, or the resource is not served any more (a 404 then). */
export async function followObjects(
  api: KubeApi,
  resource: ResourceType,
  { signal, isWanted }: FeedLife,
  tell: FeedListener,
): Promise<void> {
  const known = new Map<string, KubeObject>();
  do {
    const { items, metadata } = await api.list({ resource });
    const left = new Map(known);
    for (const object of items) {
      left.delete(idOf(object));
      known.set(idOf(object), object);
      tell(resource, object, false);
    }
    for (const [id, object] of left) {
      known.delete(id);
      tell(resource, object, true);
    }
    await follow(api, resource, metadata.resourceVersion ?? '0', signal, (object, isGone) => {
      if (isGone) known.delete(idOf(object));
      else known.set(idOf(object), object);
      tell(resource, object, isGone);
    });
  } while (!signal.aborted && isWanted());
}

async function follow(
  api: KubeApi,
  resource: ResourceType,
  resourceVersion: string,
  signal: AbortSignal,
  tell: (object: KubeObject, isGone: boolean) => void,
): Promise<void> {
  for await (const event of api.watch({ resource, resourceVersion }, { signal })) {
    if (event.type === 'ERROR') return;
    if (event.type !== 'BOOKMARK') tell(event.object, event.type === 'DELETED');
  }
}

function idOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

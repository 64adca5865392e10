// Follows all objects of one resource: lists them, then watches; a watch that ends is opened again where it stopped.
import { type KubeApi, type KubeObject, type ResourceType } from '../../kube';

/** Called for each object that is there, changes or goes. */
export type FeedListener = (resource: ResourceType, object: KubeObject, isGone: boolean) => void;

/** Runs until the signal aborts or the resource is not served any more. */
export async function followObjects(
  api: KubeApi,
  resource: ResourceType,
  signal: AbortSignal,
  tell: FeedListener,
): Promise<void> {
  const known = new Map<string, KubeObject>();
  while (!signal.aborted) {
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
  }
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

// A guard refused: the object is not what the cache shows. Its watch may be late, or half open and silent for minutes,
// so the pass doesn't wait for it: one GET puts into the cache what the guard has seen, and the next pass decides.
import { type ObjectKey } from '../common';
import { isNotFound, keyOf, type KubeApi, type KubeObject, type ObjectRef, type ResourceType } from '../kube';
import { isCached } from './children/reduce-child';
import { type ReconcilerPorts } from './reconciler.types';

type Ports = Pick<ReconcilerPorts, 'api' | 'crs' | 'children'>;

/** A CR that is gone stays in the cache until its own event: that event tells everybody. */
export async function readCrAgain(
  { api, crs }: Ports,
  resource: ResourceType,
  cr: KubeObject,
  signal: AbortSignal,
): Promise<void> {
  const found = await find(api, refOf(resource, cr), signal);
  if (found !== undefined) crs.observeWrite(found);
}

export async function readChildAgain(
  { api, children }: Ports,
  resource: ResourceType,
  known: KubeObject,
  signal: AbortSignal,
): Promise<void> {
  const key: ObjectKey = keyOf(known);
  const { uid } = known.metadata;
  const found = await find(api, refOf(resource, known), signal);
  if (uid !== undefined && found?.metadata.uid !== uid) children.observeDelete(resource, key, uid);
  if (found !== undefined && isCached(found)) children.observeWrite(resource, found);
}

function refOf(resource: ResourceType, { metadata: { name, namespace } }: KubeObject): ObjectRef {
  return { resource, name, ...(namespace === undefined ? {} : { namespace }) };
}

async function find(api: KubeApi, ref: ObjectRef, signal: AbortSignal): Promise<KubeObject | undefined> {
  try {
    return await api.get(ref, { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

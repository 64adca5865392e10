// The state that an operator left behind for one Website, without what differs from run to run: two bring-ups that give
// the same snapshot ended in the same place.
import { inventoryName, isJsonObject, type JsonObject, type JsonValue, LABEL } from '../../../src/modules/common';
import { type KubeObject, type ResourceType } from '../../../src/modules/kube';
import { type Plane } from './plane';
import { CHILD_KINDS, CONFIG_MAPS, WEBSITES } from './websites';

/** Of metadata, status and spec: given anew by the server each time. */
const VOLATILE = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'lastTransitionTime',
  'time',
  'clusterIP',
  'clusterIPs',
  'orkestra.orkspace.io/applied',
]);

/** Every object with our label, in all namespaces. */
export async function managedObjects(
  plane: Plane,
  kinds: readonly ResourceType[] = CHILD_KINDS,
): Promise<readonly KubeObject[]> {
  const lists = await Promise.all(
    kinds.map((resource) => plane.api.list({ resource, labelSelector: `${LABEL.managed}=true` })),
  );
  return lists.flatMap(({ items }, index) => items.map((item) => ({ ...item, kind: kinds[index]?.kind ?? '' })));
}

/** Managed objects whose owner doesn't exist. */
export async function orphans(plane: Plane): Promise<readonly string[]> {
  const { items } = await plane.api.list({ resource: WEBSITES });
  const owners = new Set(items.map(({ metadata }) => metadata.uid));
  const managed = await managedObjects(plane);
  return managed.filter(({ metadata }) => !owners.has(metadata.labels?.[LABEL.ownerUid])).map(describe);
}

/** The Website, its children and the inventory. */
export async function snapshot(plane: Plane, name: string): Promise<JsonObject> {
  const cr = await plane.api.get({ resource: WEBSITES, namespace: 'default', name });
  const inventory = await plane.api.get({
    resource: CONFIG_MAPS,
    namespace: 'default',
    name: inventoryName(WEBSITES.plural, WEBSITES.group),
  });
  const children = (await managedObjects(plane))
    .filter(({ metadata }) => metadata.labels?.[LABEL.ownerUid] === cr.metadata.uid)
    .sort((a, b) => (describe(a) < describe(b) ? -1 : 1));
  const state: JsonObject = { cr, children, inventory: inventory['data'] };
  const text = JSON.stringify(steady(state)).replaceAll(name, 'NAME');
  return JSON.parse(text.replaceAll(cr.metadata.uid ?? '-', 'UID')) as JsonObject;
}

function describe({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

function steady(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => steady(item as JsonValue));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !VOLATILE.has(key));
  return Object.fromEntries(
    kept.map(([key, item]) => {
      if (item === undefined) return [key, null];
      return [key, key === 'managedFields' ? byManager(steady(item)) : steady(item)];
    }),
  );
}

/** The server orders writers by the second of their last write: two that follow each other stand in either order. */
function byManager(writers: JsonValue): JsonValue {
  const sorted = (Array.isArray(writers) ? [...writers] : []) as JsonObject[];
  const key = ({ manager, operation, subresource }: JsonObject): string =>
    [manager, operation, subresource ?? ''].join(' ');
  return sorted.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

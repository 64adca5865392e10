import { type JsonObject } from '../../../common';
import { type KubeApi, type KubeObject } from '../../../kube/port';
import { isSelected, labelsOf, part } from '../../kinds';
import { controllerOf, ownerReference, PODS } from './workload-resources';

/** Pods that say that this workload is their controller, and that its selector finds. */
export async function ownedPods(api: KubeApi, workload: KubeObject): Promise<readonly KubeObject[]> {
  const { items } = await api.list({ resource: PODS, namespace: workload.metadata.namespace ?? '' });
  const selector = part(part(workload, 'spec'), 'selector');
  return items.filter((pod) => controllerOf(pod) === workload.metadata.uid && isSelected(selector, labelsOf(pod)));
}

/** A pod of the template of a workload; `metadata` names it, `labels` are added. */
export function podOf(
  workload: KubeObject,
  metadata: JsonObject,
  { labels: more = {}, spec = {} }: { readonly labels?: JsonObject; readonly spec?: JsonObject } = {},
): JsonObject {
  const template = part(part(workload, 'spec'), 'template');
  const { labels, annotations, finalizers } = part(template, 'metadata') ?? {};
  const all = { ...(labels as JsonObject | undefined), ...more };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      namespace: workload.metadata.namespace,
      ...(Object.keys(all).length === 0 ? {} : { labels: all }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(finalizers === undefined ? {} : { finalizers }),
      ownerReferences: [ownerReference(workload)],
    },
    spec: { ...part(template, 'spec'), ...spec },
  };
}

// Empties a namespace that is being deleted, pods first, and lets it go when nothing is left in it.
import { type Clock, jsonEquals, type JsonObject } from '../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef, type ResourceType } from '../../kube/port';
import { items, part, parts } from '../kinds';
import { namespaceConditions, type Remaining } from './namespace-conditions';
import { type ServedResources } from './object-feeds';
import { WorkLine } from './work-line';

const NAMESPACES: ResourceType = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};
const KUBERNETES = 'kubernetes';
const MANAGER = 'kube-controller-manager';

/** PUT of the subresource `finalize`, which no port of the product needs. */
export type FinalizeNamespace = (namespace: JsonObject) => Promise<void>;

export interface NamespacePorts {
  readonly api: KubeApi;
  readonly served: ServedResources;
  readonly clock: Clock;
  readonly finalize: FinalizeNamespace;
}

export class NamespaceController {
  private readonly line = new WorkLine((name) => this.look(name));
  private readonly dying = new Set<string>();

  constructor(private readonly ports: NamespacePorts) {}

  observe(resource: ResourceType, { metadata }: KubeObject, isGone: boolean): void {
    if (resource.plural === 'namespaces' && resource.group === '') {
      if (isGone) this.dying.delete(metadata.name);
      else if (metadata.deletionTimestamp !== undefined) {
        this.dying.add(metadata.name);
        this.line.wake(metadata.name);
      }
      return;
    }
    // Whatever moves in a dying namespace is a reason to look again.
    if (metadata.namespace !== undefined && this.dying.has(metadata.namespace)) this.line.wake(metadata.namespace);
  }

  stop(): Promise<void> {
    return this.line.stop();
  }

  private async look(name: string): Promise<void> {
    try {
      await this.empty(name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  private async empty(name: string): Promise<void> {
    const { api, served, clock, finalize } = this.ports;
    const ref: ObjectRef = { resource: NAMESPACES, name };
    const namespace = await api.get(ref);
    if (namespace.metadata.deletionTimestamp === undefined) return;
    if (!items(part(namespace, 'spec'), 'finalizers').includes(KUBERNETES)) return;
    const all = served.list().filter(({ namespaced }) => namespaced);
    const isPods = ({ group, plural }: ResourceType): boolean => group === '' && plural === 'pods';
    const remaining = { resources: new Map<string, number>(), finalizers: new Map<string, number>() };
    await this.deleteAll(all.filter(isPods), name, remaining);
    // Pods may need what is around them to end well.
    if (remaining.resources.size === 0) {
      await this.deleteAll(
        all.filter((resource) => !isPods(resource)),
        name,
        remaining,
      );
    }
    await this.tell(ref, namespace, remaining, clock.now());
    if (remaining.resources.size > 0) return;
    const current = await api.get(ref);
    const finalizers = items(part(current, 'spec'), 'finalizers').filter((finalizer) => finalizer !== KUBERNETES);
    await finalize({ ...current, spec: { ...part(current, 'spec'), finalizers } });
  }

  private async tell(ref: ObjectRef, namespace: KubeObject, remaining: Remaining, nowMs: number): Promise<void> {
    const conditions = namespaceConditions(part(namespace, 'status'), remaining, nowMs);
    if (jsonEquals(conditions, parts(part(namespace, 'status'), 'conditions'))) return;
    const body = { status: { conditions } };
    await this.ports.api.patch(ref, { type: 'merge', body, subresource: 'status', fieldManager: MANAGER });
  }

  private async deleteAll(
    resources: readonly ResourceType[],
    namespace: string,
    remaining: { readonly resources: Map<string, number>; readonly finalizers: Map<string, number> },
  ): Promise<void> {
    for (const resource of resources) {
      const left = await this.deleteResource(resource, namespace);
      if (left.length === 0) continue;
      remaining.resources.set(`${resource.plural}.${resource.group}`, left.length);
      for (const finalizer of left.flatMap(({ metadata }) => metadata.finalizers ?? [])) {
        remaining.finalizers.set(finalizer, (remaining.finalizers.get(finalizer) ?? 0) + 1);
      }
    }
  }

  /** What is still there after everything was told to go. */
  private async deleteResource(resource: ResourceType, namespace: string): Promise<readonly KubeObject[]> {
    const { api } = this.ports;
    const listed = await listOf(api, resource, namespace);
    if (listed.length === 0) return [];
    for (const { metadata } of listed) {
      if (metadata.deletionTimestamp !== undefined) continue;
      const options = metadata.uid === undefined ? {} : { uid: metadata.uid };
      await api.delete({ resource, namespace, name: metadata.name }, { ...options, propagation: 'Background' });
    }
    return listOf(api, resource, namespace);
  }
}

async function listOf(api: KubeApi, resource: ResourceType, namespace: string): Promise<readonly KubeObject[]> {
  try {
    return (await api.list({ resource, namespace })).items;
  } catch (error) {
    // Not served any more.
    if (isNotFound(error)) return [];
    throw error;
  }
}

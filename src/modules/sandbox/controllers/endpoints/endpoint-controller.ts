// Writes which pods stand behind each Service: EndpointSlices, and Endpoints for older clients.
import { isJsonArray, type JsonObject, jsonEquals, type JsonValue } from '../../../common';
import { isNotFound, type KubeApi, type KubeObject, type ObjectRef, type ResourceType } from '../../../kube/port';
import { part } from '../../kinds';
import { WorkLine } from '../work-line';
import { MANAGER, PODS } from '../workloads/workload-resources';
import { type Backend, backendsOf, hasBackends, isSelectedBy, nodeOf, publishesAll } from './backends';
import { MANAGED_BY, newSlice, SERVICE_LABEL, SLICE_CONTROLLER, sliceContents, sliceLabels } from './endpoint-slices';
import { endpointsLabels, subsetsOf } from './endpoints-object';
import { TriggerTimes } from './trigger-times';

const SERVICES: ResourceType = { group: '', version: 'v1', kind: 'Service', plural: 'services', namespaced: true };
const NODES: ResourceType = { group: '', version: 'v1', kind: 'Node', plural: 'nodes', namespaced: false };
const ENDPOINTS: ResourceType = { group: '', version: 'v1', kind: 'Endpoints', plural: 'endpoints', namespaced: true };
const SLICES: ResourceType = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  namespaced: true,
};

/** A member that should have this value, or not be there. */
type Wanted = Readonly<Record<string, JsonValue | undefined>>;

export class EndpointController {
  private readonly line = new WorkLine((key) => this.work(key));
  private readonly services = new Map<string, KubeObject>();
  private readonly nodes = new Map<string, KubeObject>();
  /** Services that a pod stood behind when it was last seen: its labels may be others by now. */
  private readonly behind = new Map<string, readonly string[]>();
  private readonly triggers = new TriggerTimes();

  constructor(private readonly api: KubeApi) {}

  observe({ group, plural }: ResourceType, object: KubeObject, isGone: boolean): void {
    if (group !== '') return;
    if (plural === PODS.plural) this.seePod(object, isGone);
    else if (plural === NODES.plural) this.seeNode(object, isGone);
    else if (plural === SERVICES.plural) {
      const key = keyOf(object);
      if (isGone) this.services.delete(key);
      else this.services.set(key, object);
      this.line.wake(key);
    }
  }

  stop(): Promise<void> {
    return this.line.stop();
  }

  private seePod(pod: KubeObject, isGone: boolean): void {
    const id = pod.metadata.uid ?? '';
    const { namespace } = pod.metadata;
    const now = [...this.services]
      .filter(([, service]) => service.metadata.namespace === namespace && hasBackends(service))
      .filter(([, service]) => isSelectedBy(service, pod))
      .map(([key]) => key);
    for (const key of [...now, ...(this.behind.get(id) ?? [])]) this.line.wake(key);
    if (isGone || now.length === 0) this.behind.delete(id);
    else this.behind.set(id, now);
  }

  private seeNode(node: KubeObject, isGone: boolean): void {
    const { name } = node.metadata;
    const isNews = this.nodes.has(name) === isGone;
    if (isGone) this.nodes.delete(name);
    else this.nodes.set(name, node);
    if (isNews) for (const key of this.services.keys()) this.line.wake(key);
  }

  private async work(key: string): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const service = this.services.get(key);
    const place: ObjectRef = { resource: ENDPOINTS, namespace, name };
    try {
      if (service === undefined) {
        this.triggers.forget(key);
        await this.api.delete(place, {});
      } else if (hasBackends(service) && service.metadata.deletionTimestamp === undefined) {
        await this.write(key, service, place);
      }
    } catch (error) {
      // Gone already, or its namespace is.
      if (!isNotFound(error)) throw error;
    }
  }

  private async write(key: string, service: KubeObject, place: ObjectRef): Promise<void> {
    const { namespace = '' } = service.metadata;
    const { items } = await this.api.list({ resource: PODS, namespace });
    const backends = backendsOf(service, items);
    const annotations = this.triggers.annotation(key, service, backends);
    const known = backends.filter(({ pod }) => this.hasNode(service, pod));
    await this.writeSlices(service, known, annotations);
    await this.writeEndpoints(place, service, backends, annotations);
  }

  /** A slice has no pod of a node that is not there, unless the Service publishes whatever there is. */
  private hasNode(service: KubeObject, pod: KubeObject): boolean {
    const node = nodeOf(pod);
    return node === '' || publishesAll(service) || this.nodes.has(node);
  }

  private async writeSlices(service: KubeObject, backends: readonly Backend[], annotations: JsonObject): Promise<void> {
    const { namespace = '', name } = service.metadata;
    const labelSelector = `${SERVICE_LABEL}=${name},${MANAGED_BY}=${SLICE_CONTROLLER}`;
    const { items } = await this.api.list({ resource: SLICES, namespace, labelSelector });
    const left = [...items];
    for (const content of sliceContents(service, backends, this.nodes)) {
      // Whoever has these ports already, else whoever is there.
      const same = left.findIndex((slice) => jsonEquals(slice['ports'] ?? null, content.ports));
      const [slice] = left.splice(Math.max(same, 0), 1);
      if (slice === undefined) {
        await this.api.create(SLICES, namespace, newSlice(service, content, annotations));
      } else {
        const ref = { resource: SLICES, namespace, name: slice.metadata.name };
        const { endpoints, ports } = content;
        await this.settle(
          ref,
          slice,
          { endpoints: endpoints ?? [], ports: ports ?? [] },
          sliceLabels(service),
          annotations,
        );
      }
    }
    for (const { metadata } of left) await this.api.delete({ resource: SLICES, namespace, name: metadata.name }, {});
  }

  private async writeEndpoints(
    place: ObjectRef,
    service: KubeObject,
    backends: readonly Backend[],
    annotations: JsonObject,
  ): Promise<void> {
    const subsets = subsetsOf(service, backends);
    const labels = endpointsLabels(service);
    const wanted = { subsets: subsets.length === 0 ? undefined : subsets };
    const found = await this.api.get(place).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (found !== undefined) return this.settle(place, found, wanted, labels, annotations);
    const { name, namespace } = service.metadata;
    await this.api.create(ENDPOINTS, namespace, {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name, namespace, labels, annotations },
      ...(subsets.length === 0 ? {} : { subsets }),
    });
  }

  /** Only when what it tells is not so already: an older time of change stays with what came then. */
  private async settle(
    ref: ObjectRef,
    live: KubeObject,
    content: Wanted,
    labels: JsonObject,
    annotations: JsonObject,
  ): Promise<void> {
    const isSame =
      Object.entries(content).every(([member, value]) => jsonEquals(told(live[member]), told(value))) &&
      jsonEquals(part(live, 'metadata')?.['labels'] ?? {}, labels);
    if (isSame) return;
    const members = Object.entries(content).map(([member, value]) => operation(`/${member}`, live[member], value));
    const hasAnnotations = Object.keys(annotations).length > 0;
    const body = [
      ...members,
      operation('/metadata/labels', live.metadata.labels, labels),
      operation('/metadata/annotations', live.metadata.annotations, hasAnnotations ? annotations : undefined),
    ].flat();
    await this.api.patch(ref, { type: 'json', body, fieldManager: MANAGER });
  }
}

/** The server keeps an empty list as null. */
function told(value: JsonValue | undefined): JsonValue {
  return value === undefined || (isJsonArray(value) && value.length === 0) ? null : value;
}

/** Of a JSON patch: what makes the one value of the other. */
function operation(path: string, live: JsonValue | undefined, value: JsonValue | undefined): readonly JsonObject[] {
  if (value !== undefined) return [{ op: 'add', path, value }];
  return live === undefined ? [] : [{ op: 'remove', path }];
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

// The EndpointSlices of a Service as they should be.
import { type JsonObject } from '../../../common';
import { type KubeObject } from '../../../kube/port';
import {
  type Backend,
  hostnameOf,
  labelsFor,
  nodeOf,
  type PortGroup,
  portGroups,
  publishesAll,
  targetRef,
} from './backends';

export const SERVICE_LABEL = 'kubernetes.io/service-name';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';
const ZONE_LABEL = 'topology.kubernetes.io/zone';
/** More endpoints than this get another slice. */
const MOST_ENDPOINTS = 100;

/** What a slice tells; null where there is nothing to tell. */
export interface SliceContent {
  readonly endpoints: readonly JsonObject[] | null;
  readonly ports: readonly JsonObject[] | null;
}

/** At least one: that a Service has no endpoints is told by a slice without any. */
export function sliceContents(
  service: KubeObject,
  backends: readonly Backend[],
  nodes: ReadonlyMap<string, KubeObject>,
): readonly SliceContent[] {
  const contents = portGroups(service, backends).flatMap((group) => slicesOf(service, group, nodes));
  return contents.length === 0 ? [{ endpoints: null, ports: null }] : contents;
}

function slicesOf(
  service: KubeObject,
  { ports, backends }: PortGroup,
  nodes: ReadonlyMap<string, KubeObject>,
): readonly SliceContent[] {
  const endpoints = backends.map((backend) => endpointOf(service, backend, nodes));
  const amount = Math.ceil(endpoints.length / MOST_ENDPOINTS);
  return Array.from({ length: amount }, (_, index) => ({
    endpoints: endpoints.slice(index * MOST_ENDPOINTS, (index + 1) * MOST_ENDPOINTS),
    ports: ports.length === 0 ? null : ports,
  }));
}

function endpointOf(
  service: KubeObject,
  { pod, address, isReady, isTerminating }: Backend,
  nodes: ReadonlyMap<string, KubeObject>,
): JsonObject {
  const nodeName = nodeOf(pod);
  const zone = nodes.get(nodeName)?.metadata.labels?.[ZONE_LABEL];
  return {
    addresses: [address],
    conditions: {
      ready: publishesAll(service) || (isReady && !isTerminating),
      serving: isReady,
      terminating: isTerminating,
    },
    ...hostnameOf(service, pod),
    targetRef: targetRef(pod),
    ...(nodeName === '' ? {} : { nodeName }),
    ...(zone === undefined ? {} : { zone }),
  };
}

export function sliceLabels(service: KubeObject): JsonObject {
  return labelsFor(service, { [SERVICE_LABEL]: service.metadata.name, [MANAGED_BY]: SLICE_CONTROLLER });
}

export function newSlice(service: KubeObject, content: SliceContent, annotations: JsonObject): JsonObject {
  const { name, namespace, uid } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${name}-`,
      namespace,
      labels: sliceLabels(service),
      annotations,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    addressType: 'IPv4',
    ...content,
  };
}

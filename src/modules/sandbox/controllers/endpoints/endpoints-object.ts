// The older Endpoints of a Service: still written, although clients should read the slices.
import { type JsonObject, jsonText } from '../../../common';
import { type KubeObject } from '../../../kube/port';
import { part, parts } from '../../kinds';
import {
  type Backend,
  hostnameOf,
  labelsFor,
  nodeOf,
  type PortGroup,
  portsOfPod,
  publishesAll,
  targetRef,
} from './backends';

export function endpointsLabels(service: KubeObject): JsonObject {
  return labelsFor(service, { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' });
}

/** Ports that the same pods have share a subset; a pod that ends is in none. */
export function subsetsOf(service: KubeObject, backends: readonly Backend[]): readonly JsonObject[] {
  const all = publishesAll(service);
  const standing = backends.filter(({ isTerminating }) => all || !isTerminating);
  const addresses = (members: readonly Backend[], isReady: boolean): readonly JsonObject[] =>
    members.filter((backend) => (all || backend.isReady) === isReady).map((one) => addressOf(service, one));
  return groupsByPods(service, standing).map(({ ports, backends: members }) => {
    const [ready, waiting] = [addresses(members, true), addresses(members, false)];
    return {
      ...(ready.length === 0 ? {} : { addresses: ready }),
      ...(waiting.length === 0 ? {} : { notReadyAddresses: waiting }),
      ...(ports.length === 0 ? {} : { ports }),
    };
  });
}

function groupsByPods(service: KubeObject, backends: readonly Backend[]): readonly PortGroup[] {
  const isPortless = parts(part(service, 'spec'), 'ports').length === 0;
  if (isPortless) return backends.length === 0 ? [] : [{ ports: [], backends }];
  const having = new Map<string, { readonly port: JsonObject; readonly backends: Backend[] }>();
  for (const backend of backends) {
    for (const port of portsOfPod(service, backend.pod).map(withoutEmptyName)) {
      const key = jsonText(port);
      const entry = having.get(key) ?? { port, backends: [] };
      entry.backends.push(backend);
      having.set(key, entry);
    }
  }
  const groups = new Map<string, { readonly ports: JsonObject[]; readonly backends: readonly Backend[] }>();
  for (const { port, backends: members } of having.values()) {
    const key = members.map(({ pod }) => pod.metadata.name).join('/');
    const group = groups.get(key) ?? { ports: [], backends: members };
    group.ports.push(port);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function withoutEmptyName({ name, ...port }: JsonObject): JsonObject {
  return name === '' ? port : { name, ...port };
}

function addressOf(service: KubeObject, { pod, address }: Backend): JsonObject {
  const nodeName = nodeOf(pod);
  return {
    ip: address,
    ...hostnameOf(service, pod),
    ...(nodeName === '' ? {} : { nodeName }),
    targetRef: targetRef(pod),
  };
}

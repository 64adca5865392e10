// Which pods stand behind a Service, and at which ports. Facts of the endpoints and the endpoint slice controller.
import { type JsonObject, jsonText, type JsonValue, scalarText } from '../../../common';
import { type KubeObject } from '../../../kube/port';
import { isSelected, items, labelsOf, part, parts, textAt } from '../../kinds';
import { isPodReady } from '../workloads/workload-resources';

/** A pod that has an address and runs, or did until it was told to end. */
export interface Backend {
  readonly pod: KubeObject;
  readonly address: string;
  readonly isReady: boolean;
  readonly isTerminating: boolean;
}

/** Backends that have the same ports. */
export interface PortGroup {
  readonly ports: readonly JsonObject[];
  readonly backends: readonly Backend[];
}

export function hasBackends(service: KubeObject): boolean {
  const spec = part(service, 'spec');
  return Object.keys(part(spec, 'selector') ?? {}).length > 0 && textAt(spec, 'type') !== 'ExternalName';
}

export function isSelectedBy(service: KubeObject, pod: KubeObject): boolean {
  return isSelected({ matchLabels: part(part(service, 'spec'), 'selector') ?? {} }, labelsOf(pod) ?? {});
}

export function publishesAll(service: KubeObject): boolean {
  return part(service, 'spec')?.['publishNotReadyAddresses'] === true;
}

/** By the name of the pod. */
export function backendsOf(service: KubeObject, pods: readonly KubeObject[]): readonly Backend[] {
  return pods
    .filter((pod) => isSelectedBy(service, pod) && !hasEnded(pod))
    .flatMap((pod): readonly Backend[] => {
      const address = textAt(part(pod, 'status'), 'podIP');
      if (address === '') return [];
      const isTerminating = pod.metadata.deletionTimestamp !== undefined;
      return [{ pod, address, isReady: isPodReady(pod), isTerminating }];
    })
    .sort((a, b) => (a.pod.metadata.name < b.pod.metadata.name ? -1 : 1));
}

export function nodeOf(pod: KubeObject): string {
  return textAt(part(pod, 'spec'), 'nodeName');
}

function hasEnded(pod: KubeObject): boolean {
  return ['Failed', 'Succeeded'].includes(textAt(part(pod, 'status'), 'phase'));
}

/** In the order in which the groups are met. */
export function portGroups(service: KubeObject, backends: readonly Backend[]): readonly PortGroup[] {
  const groups = new Map<string, { readonly ports: readonly JsonObject[]; readonly backends: Backend[] }>();
  const isPortless = parts(part(service, 'spec'), 'ports').length === 0;
  for (const backend of backends) {
    const ports = portsOfPod(service, backend.pod);
    // Who has none of the ports is reached at none.
    if (ports.length === 0 && !isPortless) continue;
    const key = jsonText(ports);
    const group = groups.get(key) ?? { ports, backends: [] };
    group.backends.push(backend);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The ports of the Service that the pod has. */
export function portsOfPod(service: KubeObject, pod: KubeObject): readonly JsonObject[] {
  return parts(part(service, 'spec'), 'ports').flatMap((port) => {
    const number = targetOf(port['targetPort'], textAt(port, 'protocol'), pod);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, port: number, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
}

function targetOf(target: JsonValue | undefined, protocol: string, pod: KubeObject): number | undefined {
  if (typeof target === 'number') return target;
  const containers = items(part(pod, 'spec'), 'containers') as readonly JsonObject[];
  const named = containers
    .flatMap((container) => parts(container, 'ports'))
    .find((port) => textAt(port, 'name') === scalarText(target) && textAt(port, 'protocol') === protocol);
  return typeof named?.['containerPort'] === 'number' ? named['containerPort'] : undefined;
}

export function targetRef({ metadata }: KubeObject): JsonObject {
  return { kind: 'Pod', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid };
}

/** A pod may have a name of its own below that of the Service. */
export function hostnameOf(service: KubeObject, pod: KubeObject): JsonObject {
  const spec = part(pod, 'spec');
  const hostname = textAt(spec, 'hostname');
  return hostname !== '' && textAt(spec, 'subdomain') === service.metadata.name ? { hostname } : {};
}

/** Labels that the controllers write beside those of the Service. */
export function labelsFor(service: KubeObject, own: JsonObject): JsonObject {
  const isHeadless = textAt(part(service, 'spec'), 'clusterIP') === 'None';
  return { ...labelsOf(service), ...own, ...(isHeadless ? { 'service.kubernetes.io/headless': '' } : {}) };
}

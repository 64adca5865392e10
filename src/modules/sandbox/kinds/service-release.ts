// An update of a Service: what was given before stays where the client left it out, and what the new type does not have
// goes, unless the client changed it too.
import { jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import { numberAt, parts, textAt } from './draft';
import { isExternal, isExternalName } from './service-addresses';
import { hasNodePorts, needsHealthPort, nodePortsOf } from './service-allocation';

const ADDRESSES = ['clusterIP', 'clusterIPs'];
const FAMILIES = ['ipFamilies', 'ipFamilyPolicy'];

export function releaseService(spec: MutableJsonObject, before: JsonObject): void {
  if (!isExternalName(spec) && !isExternalName(before)) keepAddresses(spec, before);
  if (hasNodePorts(spec) && hasNodePorts(before)) keepPorts(spec, before);
  if (needsHealthPort(spec) && needsHealthPort(before)) {
    spec['healthCheckNodePort'] ??= before['healthCheckNodePort'] ?? 0;
  }
  dropAddresses(spec, before);
  dropPorts(spec, before);
  if (!isLoadBalancer(spec) && isLoadBalancer(before)) {
    drop(spec, before, ['allocateLoadBalancerNodePorts', 'loadBalancerClass']);
  }
  if (isExternal(before) && !isExternal(spec)) drop(spec, before, ['externalTrafficPolicy']);
}

function isLoadBalancer(spec: JsonObject): boolean {
  return textAt(spec, 'type') === 'LoadBalancer';
}

/** Takes away what the client left as it was. */
function drop(spec: MutableJsonObject, before: JsonObject, members: readonly string[]): void {
  for (const member of members) if (jsonEquals(spec[member], before[member])) delete spec[member];
}

function keepAddresses(spec: MutableJsonObject, before: JsonObject): void {
  for (const member of [...ADDRESSES, ...FAMILIES]) {
    const isAbsent = spec[member] === undefined || spec[member] === '';
    if (isAbsent && before[member] !== undefined) spec[member] = before[member];
  }
}

function dropAddresses(spec: MutableJsonObject, before: JsonObject): void {
  if (!isExternalName(spec) || isExternalName(before)) return;
  if (ADDRESSES.every((member) => jsonEquals(spec[member], before[member]))) drop(spec, before, ADDRESSES);
  drop(spec, before, FAMILIES);
  delete spec['internalTrafficPolicy'];
}

function dropPorts(spec: MutableJsonObject, before: JsonObject): void {
  const known = new Set(nodePortsOf(before));
  if (hasNodePorts(before) && !hasNodePorts(spec) && nodePortsOf(spec).every((port) => known.has(port))) {
    for (const port of parts(spec, 'ports')) delete port['nodePort'];
  }
  if (needsHealthPort(before) && !needsHealthPort(spec)) drop(spec, before, ['healthCheckNodePort']);
}

/** By name: a port that tells no number keeps that of before, unless another port took it. */
function keepPorts(spec: JsonObject, before: JsonObject): void {
  const now = new Set(nodePortsOf(spec));
  const taken = new Set(nodePortsOf(before).filter((port) => now.has(port)));
  const given = new Map(parts(before, 'ports').map((port) => [textAt(port, 'name'), numberAt(port, 'nodePort') ?? 0]));
  for (const port of parts(spec, 'ports')) {
    const last = given.get(textAt(port, 'name')) ?? 0;
    if ((numberAt(port, 'nodePort') ?? 0) === 0 && last !== 0 && !taken.has(last)) port['nodePort'] = last;
  }
}

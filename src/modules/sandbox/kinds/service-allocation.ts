// Addresses (10.96.0.0/16) and node ports (30000-32767) for services: the lowest that is free in the upper part of the
// range, so that a run gives the same ones again.
import { jsonEquals, type JsonObject, type JsonValue, type MutableJsonObject } from '../../common';
import { type FieldCause, invalidCause } from '../../schema';
import { items, numberAt, parts, textAt } from './draft';
import { clusterIpProblems, isExternalName, isHeadless } from './service-addresses';

const RANGE = '10.96.0.0/16';
const PREFIX = '10.96.';
const FAMILY = 'IPv4';
/** The lower part is for services that ask for an address of their own. */
const FIRST_HOST = 256;
const LAST_HOST = 65_534;
const FIRST_PORT = 30_086;
const LOWEST_PORT = 30_000;
const LAST_PORT = 32_767;

export interface Allocation {
  readonly spec: MutableJsonObject;
  /** The spec of before; undefined for a new service. */
  readonly before: JsonObject | undefined;
  /** The specs of all other services. */
  readonly others: readonly JsonObject[];
  /** Nothing is kept: what is asked for is hardly looked at, what is given is no more than an example. */
  readonly isDryRun: boolean;
}

/** Fills in what the service lacks; what cannot be given is told alone, before the rules of the kind are asked. */
export function allocateService(allocation: Allocation): readonly FieldCause[] {
  for (const step of [allocateFamilies, allocateAddress, allocatePorts, allocateHealthPort]) {
    const problems = step(allocation);
    if (problems.length > 0) return problems;
  }
  return [];
}

/** As a cluster with IPv4 only does. */
function allocateFamilies({ spec, before }: Allocation): readonly FieldCause[] {
  if (isExternalName(spec) || isSettled(spec, before)) return [];
  const hasSelector = Object.keys((spec['selector'] ?? {}) as JsonObject).length > 0;
  // Nobody knows the addresses behind a headless service without a selector: both families are allowed for.
  const isOpen = isHeadless(spec) && !hasSelector;
  spec['ipFamilyPolicy'] ??= before?.['ipFamilyPolicy'] ?? (isOpen ? 'RequireDualStack' : 'SingleStack');
  const wrong = clusterIpProblems(spec);
  if (wrong.length > 0) return wrong;
  if (before !== undefined) dropSecond(spec, before);
  const problems = [...familyCountProblems(spec), ...inferFamilies(spec)];
  if (problems.length > 0) return problems;
  const policy = spec['ipFamilyPolicy'];
  const families = items(spec, 'ipFamilies');
  if (isOpen) {
    const [first = 'IPv4'] = families;
    const isSingle = families.length >= 2 || policy === 'SingleStack';
    spec['ipFamilies'] = isSingle && families.length > 0 ? families : isSingle ? [first] : [first, otherFamily(first)];
    return [];
  }
  const field = 'spec.ipFamilyPolicy';
  if (policy === 'RequireDualStack') {
    problems.push(invalidCause(field, policy, 'this cluster is not configured for dual-stack services'));
  }
  families.forEach((family, index) => {
    if (family !== FAMILY) {
      problems.push(invalidCause(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'));
    }
  });
  if (problems.length === 0 && families.length === 0) spec['ipFamilies'] = [FAMILY];
  return problems;
}

function otherFamily(family: JsonValue): string {
  return family === FAMILY ? 'IPv6' : FAMILY;
}

/** Who prefers two stacks and changes nothing keeps what there is. */
function isSettled(spec: JsonObject, before: JsonObject | undefined): boolean {
  const prefers = (one: JsonObject): boolean => [undefined, 'PreferDualStack'].includes(textAt(one, 'ipFamilyPolicy'));
  return (
    before !== undefined &&
    spec['ipFamilyPolicy'] === 'PreferDualStack' &&
    spec['type'] === before['type'] &&
    prefers(before) &&
    ['clusterIPs', 'ipFamilies'].every((member) => jsonEquals(spec[member], before[member]))
  );
}

/** One stack asked for, and two given before: the second goes. */
function dropSecond(spec: MutableJsonObject, before: JsonObject): void {
  if (spec['ipFamilyPolicy'] !== 'SingleStack') return;
  for (const member of ['clusterIPs', 'ipFamilies']) {
    const list = items(spec, member);
    if (list.length > 1 && jsonEquals(list, before[member])) spec[member] = list.slice(0, 1);
  }
}

function familyCountProblems(spec: JsonObject): readonly FieldCause[] {
  if (spec['ipFamilyPolicy'] !== 'SingleStack') return [];
  return [
    ['clusterIPs', 'cluster IPs'],
    ['ipFamilies', 'IP families'],
  ].flatMap(([member = '', what = '']) => {
    if (items(spec, member).length !== 2) return [];
    const detail = `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
    return [invalidCause('spec.ipFamilyPolicy', 'SingleStack', detail)];
  });
}

/** An address tells its family. */
function inferFamilies(spec: MutableJsonObject): FieldCause[] {
  const problems: FieldCause[] = [];
  const addresses = items(spec, 'clusterIPs');
  for (const [index, address] of addresses.entries()) {
    if (address === 'None' || typeof address !== 'string') break;
    if (index < items(spec, 'ipFamilies').length) continue;
    if (address.includes(':')) {
      problems.push(invalidCause(`spec.clusterIPs[${index}]`, addresses, 'IPv6 is not configured on this cluster'));
    } else spec['ipFamilies'] = [...items(spec, 'ipFamilies'), FAMILY];
  }
  return problems;
}

function allocateAddress({ spec, before, others, isDryRun }: Allocation): readonly FieldCause[] {
  if (isExternalName(spec) || isHeadless(spec)) return [];
  // What a service has it keeps; the rules of the kind say so.
  if (before !== undefined && !isExternalName(before)) return [];
  const used = new Set(others.flatMap((other) => items(other, 'clusterIPs')));
  const [asked] = items(spec, 'clusterIPs');
  if (typeof asked === 'string' && asked !== '') {
    const why = addressProblem(asked, used, isDryRun);
    if (why === undefined) return [];
    return [invalidCause('spec.clusterIPs', items(spec, 'clusterIPs'), `failed to allocate IP ${asked}: ${why}`)];
  }
  const address = isDryRun ? `${PREFIX}0.0` : freeAddress(used);
  if (address === undefined) {
    return [{ reason: 'InternalError', field: 'spec.clusterIPs', message: 'Internal error: range is full' }];
  }
  spec['clusterIP'] = address;
  spec['clusterIPs'] = [address];
  return [];
}

function addressProblem(address: string, used: ReadonlySet<JsonValue>, isDryRun: boolean): string | undefined {
  if (isInRange(address)) return used.has(address) && !isDryRun ? 'provided IP is already allocated' : undefined;
  return isDryRun
    ? `the provided IP (${address}) is not in the valid range. The range of valid IPs is ${RANGE}`
    : 'the provided network does not match the current range';
}

/** Neither the address of the network nor that of everybody in it. */
function isInRange(address: string): boolean {
  return address.startsWith(PREFIX) && address !== `${PREFIX}0.0` && address !== `${PREFIX}255.255`;
}

function freeAddress(used: ReadonlySet<JsonValue>): string | undefined {
  for (let host = FIRST_HOST; host <= LAST_HOST; host++) {
    const address = `${PREFIX}${host >> 8}.${host & 255}`;
    if (!used.has(address)) return address;
  }
  return undefined;
}

/** Numbers, whatever the protocol; the ports of one number of a new service share theirs. */
function allocatePorts({ spec, before, others, isDryRun }: Allocation): readonly FieldCause[] {
  if (!hasNodePorts(spec)) return [];
  const givesPorts = textAt(spec, 'type') === 'NodePort' || spec['allocateLoadBalancerNodePorts'] !== false;
  const used = usedPorts(others);
  const own = parts(spec, 'ports');
  const held = new Set(nodePortsOf(before));
  const byPort = new Map<number, number>();
  for (const [index, port] of own.entries()) {
    const number = numberAt(port, 'port') ?? 0;
    const shared = before === undefined ? (byPort.get(number) ?? requestedPort(own, number)) : 0;
    const asked = (numberAt(port, 'nodePort') ?? 0) || shared;
    if (asked === 0) {
      if (givesPorts) port['nodePort'] = nextPort(used, isDryRun);
    } else {
      port['nodePort'] = asked;
      const isKnown = held.has(asked) || byPort.get(number) === asked;
      const why = isKnown ? undefined : portProblem(asked, used, isDryRun);
      if (why !== undefined) return [invalidCause(`spec.ports[${index}].nodePort`, asked, why)];
      held.add(asked);
    }
    const given = numberAt(port, 'nodePort') ?? 0;
    used.add(given);
    if (!byPort.has(number)) byPort.set(number, given);
  }
  return [];
}

export function hasNodePorts(spec: JsonObject | undefined): boolean {
  return ['NodePort', 'LoadBalancer'].includes(textAt(spec, 'type'));
}

export function nodePortsOf(spec: JsonObject | undefined): readonly number[] {
  return parts(spec, 'ports').flatMap((port) => numberAt(port, 'nodePort') ?? []);
}

function usedPorts(others: readonly JsonObject[]): Set<number> {
  return new Set(others.flatMap((other) => [...nodePortsOf(other), numberAt(other, 'healthCheckNodePort') ?? 0]));
}

function requestedPort(ports: readonly JsonObject[], number: number): number {
  const asked = ports.find((port) => numberAt(port, 'port') === number && (numberAt(port, 'nodePort') ?? 0) !== 0);
  return numberAt(asked, 'nodePort') ?? 0;
}

function portProblem(port: number, used: ReadonlySet<number>, isDryRun: boolean): string | undefined {
  if (!isDryRun && (port < LOWEST_PORT || port > LAST_PORT)) {
    return `provided port is not in the valid range. The range of valid ports is ${LOWEST_PORT}-${LAST_PORT}`;
  }
  return used.has(port) ? 'provided port is already allocated' : undefined;
}

/** A dry run is given numbers behind the range. */
function nextPort(used: ReadonlySet<number>, isDryRun: boolean): number {
  let port = isDryRun ? LAST_PORT + 2 : FIRST_PORT;
  while (used.has(port) && (isDryRun || port < LAST_PORT)) port++;
  return port;
}

/** Where a load balancer asks whether a node has pods of the service. */
function allocateHealthPort({ spec, before, others, isDryRun }: Allocation): readonly FieldCause[] {
  if (!needsHealthPort(spec) || needsHealthPort(before)) return [];
  const used = usedPorts([...others, { ports: spec['ports'] ?? [] }]);
  const asked = numberAt(spec, 'healthCheckNodePort') ?? 0;
  if (asked === 0) {
    spec['healthCheckNodePort'] = nextPort(used, isDryRun);
    return [];
  }
  const why = portProblem(asked, used, isDryRun);
  if (why === undefined) return [];
  const message = `failed to allocate requested HealthCheck NodePort ${asked}: ${why}`;
  return [{ reason: 'InternalError', field: 'spec.healthCheckNodePort', message }];
}

export function needsHealthPort(spec: JsonObject | undefined): boolean {
  return textAt(spec, 'type') === 'LoadBalancer' && textAt(spec, 'externalTrafficPolicy') === 'Local';
}

// Addresses (10.96.0.0/16) and node ports (30000-32767) for services: the lowest that is free in the upper part of the
// range, so that a run gives the same ones again.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause, invalidCause } from '../../schema';
import { items, numberAt, parts, textAt } from './draft';

const RANGE = '10.96.0.0/16';
const PREFIX = '10.96.';
/** The lower part is for services that ask for an address of their own. */
const FIRST_HOST = 256;
const LAST_HOST = 65_534;
const FIRST_PORT = 30_086;
const LOWEST_PORT = 30_000;
const LAST_PORT = 32_767;

export function isHeadless(spec: JsonObject | undefined): boolean {
  return items(spec, 'clusterIPs')[0] === 'None' || textAt(spec, 'clusterIP') === 'None';
}

/** Fills in what the service lacks. `others`: the specs of all other services. */
export function allocateService(spec: MutableJsonObject, others: readonly JsonObject[]): readonly FieldCause[] {
  const type = textAt(spec, 'type');
  if (type === 'ExternalName') return [];
  if (items(spec, 'clusterIPs').length === 0 && textAt(spec, 'clusterIP') !== '') {
    spec['clusterIPs'] = [spec['clusterIP'] ?? ''];
  }
  const problems = [...allocateAddress(spec, others)];
  if (problems.length === 0) fillFamilies(spec);
  const wantsPorts =
    type === 'NodePort' || (type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] !== false);
  if (wantsPorts) problems.push(...allocatePorts(spec, others));
  return problems;
}

function allocateAddress(spec: MutableJsonObject, others: readonly JsonObject[]): readonly FieldCause[] {
  const used = new Set(others.flatMap((other) => items(other, 'clusterIPs')));
  const [asked] = items(spec, 'clusterIPs');
  if (asked === 'None') return [];
  if (typeof asked === 'string') {
    const isInRange = asked.startsWith(PREFIX);
    const why = !isInRange
      ? `the provided IP (${asked}) is not in the valid range. The range of valid IPs is ${RANGE}`
      : used.has(asked)
        ? 'provided IP is already allocated'
        : undefined;
    return why === undefined
      ? []
      : [invalidCause('spec.clusterIPs', items(spec, 'clusterIPs'), `failed to allocate IP ${asked}: ${why}`)];
  }
  for (let host = FIRST_HOST; host <= LAST_HOST; host++) {
    const address = `${PREFIX}${host >> 8}.${host & 255}`;
    if (used.has(address)) continue;
    spec['clusterIP'] = address;
    spec['clusterIPs'] = [address];
    return [];
  }
  return [{ reason: 'InternalError', field: 'spec.clusterIPs', message: 'Internal error: range is full' }];
}

function fillFamilies(spec: MutableJsonObject): void {
  const hasSelector = Object.keys((spec['selector'] ?? {}) as JsonObject).length > 0;
  // Nobody knows the addresses behind a headless service without a selector: both families are allowed for.
  const isOpen = isHeadless(spec) && !hasSelector && spec['ipFamilies'] === undefined;
  if (isOpen && spec['ipFamilyPolicy'] === undefined) {
    spec['ipFamilyPolicy'] = 'RequireDualStack';
    spec['ipFamilies'] = ['IPv4', 'IPv6'];
    return;
  }
  spec['ipFamilyPolicy'] ??= 'SingleStack';
  spec['ipFamilies'] ??= ['IPv4'];
}

function allocatePorts(spec: MutableJsonObject, others: readonly JsonObject[]): readonly FieldCause[] {
  const keyOf = (port: JsonObject): string => `${textAt(port, 'protocol')}/${numberAt(port, 'nodePort') ?? 0}`;
  const used = new Set(others.flatMap((other) => parts(other, 'ports').map(keyOf)));
  const problems: FieldCause[] = [];
  const own = parts(spec, 'ports');
  own.forEach((port, index) => {
    const asked = numberAt(port, 'nodePort') ?? 0;
    if (asked === 0) return;
    const field = `spec.ports[${index}].nodePort`;
    if (asked < LOWEST_PORT || asked > LAST_PORT) {
      const detail = `provided port is not in the valid range. The range of valid ports is ${LOWEST_PORT}-${LAST_PORT}`;
      problems.push(invalidCause(field, asked, detail));
    } else if (used.has(keyOf(port))) problems.push(invalidCause(field, asked, 'provided port is already allocated'));
    used.add(keyOf(port));
  });
  for (const port of own) {
    if ((numberAt(port, 'nodePort') ?? 0) !== 0) continue;
    for (let candidate = FIRST_PORT; candidate <= LAST_PORT; candidate++) {
      if (used.has(`${textAt(port, 'protocol')}/${candidate}`)) continue;
      port['nodePort'] = candidate;
      used.add(keyOf(port));
      break;
    }
  }
  return problems;
}

/** An update: keeps what was given before where the client left it out, and drops what the new type has not. */
export function releaseService(spec: MutableJsonObject, before: JsonObject): void {
  const type = textAt(spec, 'type');
  const oldType = textAt(before, 'type');
  if (type === 'ExternalName') {
    if (oldType !== 'ExternalName') {
      for (const member of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
        if (JSON.stringify(spec[member]) === JSON.stringify(before[member])) delete spec[member];
      }
      for (const member of ['internalTrafficPolicy', 'externalTrafficPolicy', 'allocateLoadBalancerNodePorts']) {
        delete spec[member];
      }
    }
    return;
  }
  if (oldType !== 'ExternalName') {
    for (const member of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
      const isAbsent = spec[member] === undefined || spec[member] === '';
      if (isAbsent && before[member] !== undefined) spec[member] = before[member];
    }
  }
  releasePorts(spec, before);
}

function releasePorts(spec: MutableJsonObject, before: JsonObject): void {
  const type = textAt(spec, 'type');
  const hadPorts = ['NodePort', 'LoadBalancer'].includes(textAt(before, 'type'));
  const hasPorts = type === 'NodePort' || type === 'LoadBalancer';
  if (type !== 'LoadBalancer') delete spec['allocateLoadBalancerNodePorts'];
  if (hadPorts && !hasPorts) {
    const known = new Set(parts(before, 'ports').map((port) => port['nodePort']));
    for (const port of parts(spec, 'ports')) if (known.has(port['nodePort'])) delete port['nodePort'];
    if (items(spec, 'externalIPs').length === 0) delete spec['externalTrafficPolicy'];
  }
  if (!hadPorts || !hasPorts) return;
  const given = new Map(
    parts(before, 'ports').map((port) => [
      `${textAt(port, 'protocol')}/${numberAt(port, 'port') ?? 0}`,
      port['nodePort'],
    ]),
  );
  for (const port of parts(spec, 'ports')) {
    const last = given.get(`${textAt(port, 'protocol')}/${numberAt(port, 'port') ?? 0}`);
    if ((numberAt(port, 'nodePort') ?? 0) === 0 && last !== undefined) port['nodePort'] = last;
  }
}

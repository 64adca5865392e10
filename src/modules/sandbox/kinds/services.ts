// Service: defaults, rules, and the addresses and node ports that it is given.
import { isJsonObject, jsonEquals, type JsonObject, type MutableJsonObject } from '../../common';
import {
  duplicateCause,
  type FieldCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from '../../schema';
import { subdomainProblems } from '../selectors';
import { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
import { internalText } from './go-form';
import { type KindStrategy } from './kind-strategy';
import { labelName, labelsAt, oneOf, portNumber, portReference } from './rules';
import { clusterIpProblems, isExternal, isExternalName, isHeadless } from './service-addresses';
import { allocateService } from './service-allocation';
import { releaseService } from './service-release';
import { serviceStatusProblems } from './status-rules';

const AFFINITY_SECONDS = 10_800;
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function fillService(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' });
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  if (spec['sessionAffinity'] === 'ClientIP') {
    fill(ensurePart(ensurePart(spec, 'sessionAffinityConfig'), 'clientIP'), { timeoutSeconds: AFFINITY_SECONDS });
  }
  for (const port of parts(spec, 'ports')) {
    fill(port, { protocol: 'TCP' });
    const target = port['targetPort'];
    if (target === undefined || target === null || target === 0 || target === '') {
      port['targetPort'] = port['port'] ?? 0;
    }
  }
  const type = spec['type'];
  if (isExternal(spec)) fill(spec, { externalTrafficPolicy: 'Cluster' });
  if (type !== 'ExternalName') fill(spec, { internalTrafficPolicy: 'Cluster' });
  if (type === 'LoadBalancer') fill(spec, { allocateLoadBalancerNodePorts: true });
  const status = part(draft, 'status');
  if (type === 'LoadBalancer') {
    for (const ingress of parts(part(status, 'loadBalancer'), 'ingress')) {
      if (textAt(ingress, 'ip') !== '') fill(ingress, { ipMode: 'VIP' });
    }
  }
}

function serviceProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const ports = parts(spec, 'ports');
  const type = textAt(spec, 'type');
  const problems: FieldCause[] = [];
  const lacksPorts = ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName';
  if (lacksPorts) problems.push(requiredCause('spec.ports'));
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec)) {
    const detail = `may not be set to 'None' for ${type} services`;
    problems.push(invalidCause('spec.clusterIPs[0]', 'None', detail));
  }
  if (type === 'ExternalName') problems.push(...externalNameProblems(spec));
  return [
    ...problems,
    ...portProblems(ports),
    ...labelsAt(spec, 'selector', 'spec.selector'),
    ...oneOf(textAt(spec, 'sessionAffinity'), ['ClientIP', 'None'], 'spec.sessionAffinity'),
    ...(type === 'ExternalName' ? [] : clusterIpProblems(spec)),
    ...oneOf(type, TYPES, 'spec.type'),
    ...repeatedPorts(ports, type),
    ...trafficProblems(spec),
  ];
}

function externalNameProblems(spec: JsonObject | undefined): readonly FieldCause[] {
  const name = textAt(spec, 'externalName').replace(/\.$/, '');
  const forbidden = ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].filter((member) => spec?.[member] !== undefined);
  return [
    ...forbidden.map((member) => forbiddenCause(`spec.${member}`, 'may not be set for ExternalName services')),
    ...(name === ''
      ? [requiredCause('spec.externalName')]
      : subdomainProblems(name).map((text) => invalidCause('spec.externalName', name, text))),
  ];
}

function portProblems(ports: readonly JsonObject[]): readonly FieldCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`;
    const name = textAt(port, 'name');
    const problems: FieldCause[] = [];
    if (name === '') {
      if (ports.length > 1) problems.push(requiredCause(`${at}.name`));
    } else {
      problems.push(...labelName(name, `${at}.name`));
      if (names.has(name)) problems.push(duplicateCause(`${at}.name`, name));
      names.add(name);
    }
    return [
      ...problems,
      ...portNumber(port['port'], `${at}.port`),
      ...oneOf(textAt(port, 'protocol'), PROTOCOLS, `${at}.protocol`),
      ...portReference(port['targetPort'], `${at}.targetPort`),
    ];
  });
}

function repeatedPorts(ports: readonly JsonObject[], type: string): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  if (type === 'ClusterIP') {
    ports.forEach((port, index) => {
      const detail = "may not be used when `type` is 'ClusterIP'";
      if ((numberAt(port, 'nodePort') ?? 0) !== 0) {
        problems.push(forbiddenCause(`spec.ports[${index}].nodePort`, detail));
      }
    });
  }
  const repeats = (member: string, tell: (port: JsonObject, index: number) => FieldCause): void => {
    const seen = new Set<string>();
    ports.forEach((port, index) => {
      if ((numberAt(port, member) ?? 0) === 0) return;
      const key = `${textAt(port, 'protocol')}/${numberAt(port, member)}`;
      if (seen.has(key)) problems.push(tell(port, index));
      seen.add(key);
    });
  };
  repeats('nodePort', (port, index) => duplicateCause(`spec.ports[${index}].nodePort`, port['nodePort']));
  repeats('port', (port, index) => {
    const { protocol, port: number } = port;
    const shown = internalText('core.ServicePort', { protocol, port: number }, 'compact');
    return { ...duplicateCause(`spec.ports[${index}]`, ''), message: `Duplicate value: ${shown}` };
  });
  return problems;
}

function trafficProblems(spec: JsonObject | undefined): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const policy = textAt(spec, 'externalTrafficPolicy');
  const field = 'spec.externalTrafficPolicy';
  if (!isExternal(spec)) {
    if (policy !== '') problems.push(invalidCause(field, policy, 'may only be set for externally-accessible services'));
  } else if (!['Cluster', 'Local'].includes(policy)) {
    problems.push(notSupportedCause(field, policy, ['Cluster', 'Local']));
  }
  if (spec?.['allocateLoadBalancerNodePorts'] !== undefined && textAt(spec, 'type') !== 'LoadBalancer') {
    const detail = "may only be used when `type` is 'LoadBalancer'";
    problems.push(forbiddenCause('spec.allocateLoadBalancerNodePorts', detail));
  }
  return problems;
}

/** The first address stays, unless the service becomes or was ExternalName. */
function addressKept(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const before = part(old, 'spec');
  if ([spec, before].some((one) => textAt(one, 'type') === 'ExternalName')) return [];
  const addresses = items(spec, 'clusterIPs');
  const [first] = items(before, 'clusterIPs');
  if (first === undefined || addresses[0] === first) return [];
  if (addresses.length === 0) {
    return [invalidCause('spec.clusterIPs[0]', addresses, 'primary clusterIP can not be unset')];
  }
  return [invalidCause('spec.clusterIPs[0]', addresses, 'may not change once set')];
}

/** What was written by the server stays when a client leaves it out. */
function keepAllocated(draft: MutableJsonObject, old: JsonObject): void {
  const spec = part(draft, 'spec');
  const before = part(old, 'spec');
  if (spec === undefined || before === undefined) return;
  releaseService(spec, before);
  const haveAddresses = !isExternalName(spec) && !isExternalName(before);
  if (
    haveAddresses &&
    !jsonEquals(spec['clusterIP'], before['clusterIP']) &&
    jsonEquals(spec['clusterIPs'], before['clusterIPs'])
  ) {
    const address = textAt(spec, 'clusterIP');
    if (address !== '') spec['clusterIPs'] = [address];
  }
}

/** clusterIPs follows clusterIP where a client knows only the older field. */
function listAddress(draft: MutableJsonObject): void {
  const spec = part(draft, 'spec');
  const address = textAt(spec, 'clusterIP');
  if (spec !== undefined && address !== '' && items(spec, 'clusterIPs').length === 0) spec['clusterIPs'] = [address];
}

export const services: KindStrategy = {
  default: fillService,
  prepareForCreate: listAddress,
  prepareForUpdate: (draft, old) => {
    keepAllocated(draft, old);
    listAddress(draft);
  },
  allocate: (draft, old, view, isDryRun) => {
    const spec = part(draft, 'spec');
    const name = textAt(part(draft, 'metadata'), 'name');
    const namespace = textAt(part(draft, 'metadata'), 'namespace');
    if (spec === undefined) return [];
    const others = [...view.list('/services')].filter((service) => {
      const metadata = part(service, 'metadata');
      return textAt(metadata, 'name') !== name || textAt(metadata, 'namespace') !== namespace;
    });
    return allocateService({
      spec,
      before: part(old, 'spec'),
      others: others.map((service) => part(service, 'spec')).filter(isJsonObject),
      isDryRun,
    });
  },
  validate: serviceProblems,
  validateUpdate: (object, old, subresource) =>
    subresource === 'status'
      ? serviceStatusProblems(object)
      : [...addressKept(object, old), ...serviceProblems(object)],
  selectableFields: {
    'spec.clusterIP': (object) => textAt(part(object, 'spec'), 'clusterIP'),
    'spec.type': (object) => textAt(part(object, 'spec'), 'type'),
  },
  nameForm: 'label',
};

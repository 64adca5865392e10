// Ingress and NetworkPolicy.
import { type JsonObject } from '../../common';
import { type FieldCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { subdomainProblems } from '../selectors';
import { ensurePart, fill, items, part, parts, textAt } from './draft';
import { type KindStrategy } from './kind-strategy';
import { labelName, labelSelector, portReference } from './rules';
import { ingressStatusProblems } from './status-rules';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];

function backendProblems(backend: JsonObject | undefined, path: string): readonly FieldCause[] {
  const service = part(backend, 'service');
  if (service === undefined) {
    const isEmpty = part(backend, 'resource') === undefined;
    return isEmpty ? [requiredCause(path, 'resource or service backend is required')] : [];
  }
  const name = textAt(service, 'name');
  const problems: FieldCause[] =
    name === '' ? [requiredCause(`${path}.service.name`)] : [...labelName(name, `${path}.service.name`)];
  const port = part(service, 'port');
  const isNumbered = (port?.['number'] ?? 0) !== 0;
  const isNamed = textAt(port, 'name') !== '';
  if (isNumbered && isNamed) problems.push(invalidCause(path, '', 'cannot set both port name & port number'));
  else if (isNamed) problems.push(...portReference(port?.['name'], `${path}.service.port.name`));
  else if (isNumbered) problems.push(...portReference(port?.['number'], `${path}.service.port.number`));
  else problems.push(requiredCause(path, 'port name or number is required'));
  return problems;
}

function ingressProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const rules = parts(spec, 'rules');
  const fallback = part(spec, 'defaultBackend');
  const problems: FieldCause[] = [];
  if (rules.length === 0 && fallback === undefined) {
    problems.push(invalidCause('spec', null, 'either `defaultBackend` or `rules` must be specified'));
  }
  if (fallback !== undefined) problems.push(...backendProblems(fallback, 'spec.defaultBackend'));
  rules.forEach((rule, index) => {
    const at = `spec.rules[${index}]`;
    const host = textAt(rule, 'host');
    if (host !== '' && !host.startsWith('*.')) {
      problems.push(...subdomainProblems(host).map((text) => invalidCause(`${at}.host`, host, text)));
    }
    const http = part(rule, 'http');
    if (http !== undefined) problems.push(...pathProblems(http, `${at}.http`));
  });
  return problems;
}

function pathProblems(http: JsonObject, path: string): readonly FieldCause[] {
  const paths = parts(http, 'paths');
  if (paths.length === 0) return [requiredCause(`${path}.paths`)];
  return paths.flatMap((entry, index) => {
    const at = `${path}.paths[${index}]`;
    const type = textAt(entry, 'pathType');
    // Without a type nothing else of the path is looked at.
    if (type === '') return [requiredCause(`${at}.pathType`, 'pathType must be specified')];
    const place = textAt(entry, 'path');
    const problems: FieldCause[] = [];
    if (!PATH_TYPES.includes(type)) problems.push(notSupportedCause(`${at}.pathType`, type, PATH_TYPES));
    const needsSlash = type !== 'ImplementationSpecific' || place !== '';
    if (needsSlash && !place.startsWith('/')) {
      problems.push(invalidCause(`${at}.path`, place, 'must be an absolute path'));
    }
    return [...problems, ...backendProblems(part(entry, 'backend'), `${at}.backend`)];
  });
}

export const ingresses: KindStrategy = {
  validate: ingressProblems,
  validateUpdate: (object, _old, subresource) =>
    subresource === 'status' ? ingressStatusProblems(object) : ingressProblems(object),
};

function networkPolicyProblems(object: JsonObject): readonly FieldCause[] {
  const spec = part(object, 'spec');
  const problems = [...labelSelector(part(spec, 'podSelector'), 'spec.podSelector')];
  const types = items(spec, 'policyTypes');
  types.forEach((type, index) => {
    if (type !== 'Ingress' && type !== 'Egress') {
      problems.push(notSupportedCause(`spec.policyTypes[${index}]`, type, ['Ingress', 'Egress']));
    }
  });
  for (const direction of ['ingress', 'egress']) {
    parts(spec, direction).forEach((rule, index) => {
      parts(rule, 'ports').forEach((port, position) => {
        const at = `spec.${direction}[${index}].ports[${position}]`;
        if (port['port'] !== undefined) problems.push(...portReference(port['port'], `${at}.port`));
      });
    });
  }
  return problems;
}

export const networkPolicies: KindStrategy = {
  default: (draft) => {
    const spec = ensurePart(draft, 'spec');
    for (const direction of ['ingress', 'egress']) {
      for (const rule of parts(spec, direction)) {
        for (const port of parts(rule, 'ports')) fill(port, { protocol: 'TCP' });
      }
    }
    if (items(spec, 'policyTypes').length === 0) {
      spec['policyTypes'] = items(spec, 'egress').length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
    }
  },
  validate: networkPolicyProblems,
  validateUpdate: networkPolicyProblems,
};

// What the status of some kinds may say: the addresses of load balancers, conditions.
import { type JsonObject } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, notSupportedCause, parseIp, requiredCause } from '../../schema';
import { qualifiedNameProblems, subdomainProblems } from '../selectors';
import { part, parts, textAt } from './draft';

const PATH = 'status.loadBalancer.ingress';
const IP_MODES = ['Proxy', 'VIP'];

/** Of a Service: only one of type LoadBalancer has them. */
export function serviceStatusProblems(service: JsonObject): readonly FieldCause[] {
  const entries = entriesOf(service);
  if (entries.length > 0 && textAt(part(service, 'spec'), 'type') !== 'LoadBalancer') {
    return [forbiddenCause(PATH, "may only be used when `spec.type` is 'LoadBalancer'")];
  }
  return entries.flatMap((entry, index) => {
    const at = `${PATH}[${index}]`;
    return [...addressProblems(entry, at), ...modeProblems(entry, at), ...hostProblems(entry, at)];
  });
}

/** Of an Ingress. */
export function ingressStatusProblems(ingress: JsonObject): readonly FieldCause[] {
  return entriesOf(ingress).flatMap((entry, index) => {
    const at = `${PATH}[${index}]`;
    return [...addressProblems(entry, at), ...hostProblems(entry, at)];
  });
}

function entriesOf(object: JsonObject): readonly JsonObject[] {
  return parts(part(part(object, 'status'), 'loadBalancer'), 'ingress');
}

function addressProblems(entry: JsonObject, at: string): readonly FieldCause[] {
  const address = textAt(entry, 'ip');
  if (address === '' || parseIp(address, { leadingZeros: true }) !== undefined) return [];
  return [invalidCause(`${at}.ip`, address, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
}

function modeProblems(entry: JsonObject, at: string): readonly FieldCause[] {
  const mode = textAt(entry, 'ipMode');
  const hasAddress = textAt(entry, 'ip') !== '';
  if (mode === '') return hasAddress ? [requiredCause(`${at}.ipMode`, 'must be specified when `ip` is set')] : [];
  if (!hasAddress) return [forbiddenCause(`${at}.ipMode`, 'may not be specified when `ip` is not set')];
  return IP_MODES.includes(mode) ? [] : [notSupportedCause(`${at}.ipMode`, mode, IP_MODES)];
}

function hostProblems(entry: JsonObject, at: string): readonly FieldCause[] {
  const host = textAt(entry, 'hostname');
  if (host === '') return [];
  const problems = subdomainProblems(host).map((text) => invalidCause(`${at}.hostname`, host, text));
  const isAddress = parseIp(host, { leadingZeros: true }) !== undefined;
  return isAddress
    ? [...problems, invalidCause(`${at}.hostname`, host, 'must be a DNS name, not an IP address')]
    : problems;
}

/** `metav1.Condition`s, which are held to more than the older conditions of workloads. */
export function conditionProblems(object: JsonObject): readonly FieldCause[] {
  return parts(part(object, 'status'), 'conditions').flatMap((condition, index) => {
    const at = `status.conditions[${index}]`;
    const lacks = (member: string): readonly FieldCause[] =>
      textAt(condition, member) === '' ? [requiredCause(`${at}.${member}`)] : [];
    return [...conditionTypeProblems(condition, `${at}.type`), ...lacks('lastTransitionTime'), ...lacks('reason')];
  });
}

/** The type of a condition is a name like that of a label. */
export function conditionTypeProblems(condition: JsonObject, field: string): readonly FieldCause[] {
  const type = textAt(condition, 'type');
  return qualifiedNameProblems(type).map((text) => invalidCause(field, type, text));
}

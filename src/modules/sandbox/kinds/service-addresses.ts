// What a Service may say of its addresses and their families.
import { type JsonObject, type JsonValue, scalarText } from '../../common';
import { duplicateCause, type FieldCause, invalidCause, notSupportedCause, requiredCause } from '../../schema';
import { items, textAt } from './draft';

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

export function isHeadless(spec: JsonObject | undefined): boolean {
  return items(spec, 'clusterIPs')[0] === 'None' || textAt(spec, 'clusterIP') === 'None';
}

export function isExternalName(spec: JsonObject | undefined): boolean {
  return textAt(spec, 'type') === 'ExternalName';
}

/** Whether somebody outside of the cluster reaches it. */
export function isExternal(spec: JsonObject | undefined): boolean {
  const type = textAt(spec, 'type');
  const hasAddresses = type === 'ClusterIP' && items(spec, 'externalIPs').length > 0;
  return type === 'LoadBalancer' || type === 'NodePort' || hasAddresses;
}

const IPV4 = /^(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

/** Of a Service that has addresses. */
export function clusterIpProblems(spec: JsonObject | undefined): readonly FieldCause[] {
  const address = textAt(spec, 'clusterIP');
  const addresses = items(spec, 'clusterIPs');
  const field = 'spec.clusterIPs';
  const problems: FieldCause[] = [];
  if (address === '' && addresses.length > 0) {
    problems.push(invalidCause(field, addresses, 'must be empty when `clusterIP` is not specified'));
  } else if (address !== '' && addresses.length === 0) problems.push(requiredCause(field));
  else if (address !== '' && addresses[0] !== address) {
    problems.push(invalidCause(field, addresses, 'first value must match `clusterIP`'));
  }
  problems.push(...familyProblems(spec));
  let hasWrong = false;
  const wrong = (at: string, shown: JsonValue, detail: string): void => {
    hasWrong = true;
    problems.push(invalidCause(at, shown, detail));
  };
  addresses.forEach((one, index) => {
    if (index === 0 && one === 'None') {
      if (addresses.length > 1) wrong(field, addresses, "'None' must be the first and only value");
    } else if (!(typeof one === 'string' && (IPV4.test(one) || one.includes(':')))) {
      wrong(`${field}[${index}]`, one, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)');
    }
  });
  if (addresses.length > 2) problems.push(invalidCause(field, addresses, 'may only hold up to 2 values'));
  return hasWrong ? problems : [...problems, ...familyOfAddresses(spec, addresses)];
}

function familyProblems(spec: JsonObject | undefined): readonly FieldCause[] {
  const families = items(spec, 'ipFamilies');
  const policy = textAt(spec, 'ipFamilyPolicy');
  const problems = families.flatMap((family, index) => {
    const at = `spec.ipFamilies[${index}]`;
    return [
      ...(FAMILIES.includes(scalarText(family)) ? [] : [notSupportedCause(at, family, FAMILIES)]),
      ...(families.indexOf(family) < index ? [duplicateCause(at, family)] : []),
    ];
  });
  const isKnown = policy === '' || POLICIES.includes(policy);
  return isKnown ? problems : [...problems, notSupportedCause('spec.ipFamilyPolicy', policy, POLICIES)];
}

function familyOfAddresses(spec: JsonObject | undefined, addresses: readonly JsonValue[]): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const families = addresses.map((address) => (scalarText(address).includes(':') ? 'IPv6' : 'IPv4'));
  if (addresses.length > 1 && new Set(families).size < 2) {
    const detail = 'may specify no more than one IP for each IP family';
    problems.push(invalidCause('spec.clusterIPs', addresses, detail));
  }
  if (isHeadless(spec)) return problems;
  items(spec, 'ipFamilies').forEach((wanted, index) => {
    const address = addresses[index];
    if (address === undefined || families[index] === wanted) return;
    const detail = `expected an ${scalarText(wanted)} value as indicated by \`ipFamilies[${index}]\``;
    problems.push(invalidCause(`spec.clusterIPs[${index}]`, address, detail));
  });
  return problems;
}

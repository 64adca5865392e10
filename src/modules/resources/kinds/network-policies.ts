// networking.k8s.io/v1 NetworkPolicy: docs/reference/katalog.md, network policy.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { list, object, oneOf, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { checkCopiedWhole, compileCopy, copied, copyProperties } from '../parts/copy';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compileNetworkRule, egressRuleField, ingressRuleField, podLabels, selectorPart } from '../parts/network-rules';
import { type Part, profilePart, put } from '../parts/part';
import { NETWORK_POLICY_PROFILES } from '../parts/policy-profiles';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { PLAIN_COMPARE } from './plain-compare';

const PEERS = ['spec.ingress[].from[]', 'spec.egress[].to[]'];

const facts: KindFacts = {
  listKey: 'networkPolicies',
  resource: {
    group: 'networking.k8s.io',
    version: 'v1',
    kind: 'NetworkPolicy',
    plural: 'networkpolicies',
    namespaced: true,
  },
  childKeys: { map: 'networkpolicies', single: 'networkpolicy' },
  order: 4,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: {
    ...PLAIN_COMPARE,
    intOrString: ['spec.ingress[].ports[].port', 'spec.egress[].ports[].port'],
    atomicMaps: ['spec.podSelector', ...PEERS.flatMap((path) => [`${path}.podSelector`, `${path}.namespaceSelector`])],
  },
};

const DECLARED = ['ingress', 'egress', 'policyTypes'] as const;

const entry = object('network policy', {
  ...commonProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  podSelector: optional(podLabels, 'Labels of the pods that the policy is for; default: all of the namespace.'),
  ingress: optional(list(ingressRuleField), 'Who may reach the pods; [] is nobody.'),
  egress: optional(list(egressRuleField), 'Whom the pods may reach; [] is nobody.'),
  policyTypes: optional(list(oneOf(['Ingress', 'Egress'])), 'What is governed; default: what is declared.'),
  profile: optional(
    text,
    'deny-all, deny-all-ingress, deny-all-egress, allow-same-namespace or allow-dns-egress instead of rules.',
  ),
  fromNetworkPolicy: optional(text, 'Copies this NetworkPolicy as a whole.'),
  ...copyProperties,
});

type NetworkPolicy = NonNullable<ReturnType<typeof entry.decode>>;

export const networkPolicies: ResourceKind<NetworkPolicy> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const pods = selectorPart(decoded.podSelector, compiler);
    const rules = compileRules(decoded, compiler);
    const isCopy = decoded.fromNetworkPolicy !== undefined;
    checkCopiedWhole(decoded, 'fromNetworkPolicy', ['podSelector', 'profile', ...DECLARED], compiler);
    const copy = compileCopy(decoded, 'fromNetworkPolicy', decoded.fromNetworkPolicy, compiler);
    return compiler.finish(
      facts,
      decoded,
      name,
      (scope): JsonObject => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: metadata(scope),
        spec: isCopy ? copied(scope, 'spec') : { podSelector: pods?.(scope) ?? {}, ...rules(scope) },
      }),
      copy,
    );
  },
};

/** Absent is "not governed", an empty list is "nobody": the types follow from what is there. */
function compileRules(decoded: NetworkPolicy, compiler: EntryCompiler): Part<JsonObject> {
  const declared = DECLARED.filter((key) => decoded.node.entries.has(key));
  if (decoded.profile !== undefined) {
    if (declared.length > 0) compiler.report(decoded.node, `"profile" excludes ${declared.join(', ')}`);
    return profilePart(decoded.profile, NETWORK_POLICY_PROFILES, 'network policy', compiler);
  }
  const { ingress, egress } = decoded;
  const incoming = ingress?.map((rule) => compileNetworkRule('from', rule.from, rule.ports, compiler));
  const outgoing = egress?.map((rule) => compileNetworkRule('to', rule.to, rule.ports, compiler));
  const types = decoded.policyTypes ?? [
    ...(ingress === undefined ? [] : ['Ingress']),
    ...(egress === undefined ? [] : ['Egress']),
  ];
  return (scope) => {
    const built: MutableJsonObject = {};
    put(
      built,
      'ingress',
      incoming?.map((rule) => rule(scope)),
    );
    put(
      built,
      'egress',
      outgoing?.map((rule) => rule(scope)),
    );
    built['policyTypes'] = types;
    return built;
  };
}

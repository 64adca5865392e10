// networking.k8s.io/v1 NetworkPolicy: docs/reference/katalog.md, network policy.
import { type JsonObject } from '../../common';
import { literal, object, optional, required, text } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { checkCopiedWhole, compileCopy, copied, copyProperties } from '../parts/copy';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compilePolicy, policyProperties } from '../parts/network-rules';
import { NETWORK_POLICY_PROFILES } from '../profiles/policy-values';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { checkExclusive, profilePart } from '../profiles/profile-part';
import { type BuildScope, type KindFacts, type ResourceKind } from '../resource-kind';
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

export const networkPolicyProfiles = profileClass({
  key: 'networkPolicies',
  what: 'network policy',
  site: 'networkPolicies[].profile',
  doc: 'Who may reach pods, and whom they may reach.',
  builtIn: NETWORK_POLICY_PROFILES,
  properties: policyProperties(literal),
  compile(declared, compiler) {
    const { pods, rules } = compilePolicy(declared, compiler);
    return (scope): JsonObject => {
      const podSelector = pods?.(scope);
      return { ...(podSelector === undefined ? {} : { podSelector }), ...rules(scope) };
    };
  },
});

const entry = object('network policy', {
  ...commonProperties,
  name: required(text, 'Object name.'),
  annotations: annotationsProperty,
  ...policyProperties(text),
  profile: profileProperty(networkPolicyProfiles, 'in the place of rules'),
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
    const policy = compileSpec(decoded, compiler);
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
        spec: isCopy ? copied(scope, 'spec') : policy(scope),
      }),
      copy,
    );
  },
};

/** Pods that the entry names are nearer than those of its profile. */
function compileSpec(decoded: NetworkPolicy, compiler: EntryCompiler): (scope: BuildScope) => JsonObject {
  checkExclusive(decoded, compiler, DECLARED);
  const { pods, rules } = compilePolicy(decoded, compiler);
  const { profile } = decoded;
  const named = profile === undefined ? rules : profilePart(profile, networkPolicyProfiles, compiler);
  return (scope) => {
    const { podSelector, ...spec } = named(scope);
    return { podSelector: pods?.(scope) ?? podSelector ?? {}, ...spec };
  };
}

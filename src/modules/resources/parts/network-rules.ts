// Rules of a NetworkPolicy: who may reach the pods, and whom they may reach.
import { type JsonObject, type MutableJsonObject, type SourceText } from '../../common';
import { type Field, integer, list, mapOf, object, type ObjectOf, oneOf, optional, required } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { labelKey } from './key-rules';
import { LABEL_VALUE } from './name-forms';
import { mapPart, type Part, put, requiredValuePart, valuePart } from './part';
import { textListPart } from './text-list';
import { CIDR, PORT_OR_NAME, PROTOCOL } from './values';

function fieldsOf(words: Field<SourceText>) {
  const podLabels = mapOf(words, labelKey);
  const ipBlock = object('ip block', {
    cidr: required(words, 'Addresses: 10.0.0.0/8.'),
    except: optional(list(words), 'Addresses inside of cidr that are left out.'),
  });
  const peer = object('network peer', {
    podSelector: optional(podLabels, 'Labels of pods; of this namespace, or of those of namespaceSelector.'),
    namespaceSelector: optional(podLabels, 'Labels of namespaces; {} is all of them.'),
    ipBlock: optional(ipBlock, 'Addresses instead of pods.'),
  });
  const port = object('network port', {
    protocol: optional(words, 'TCP (default), UDP or SCTP.'),
    port: optional(words, 'Number or name; default: every port.'),
    endPort: optional(integer(1, 65_535), 'Last port of a range that begins with port.'),
  });
  const ports = optional(list(port), 'To which ports; default: all.');
  const ingress = object('ingress rule', { from: optional(list(peer), 'Who may come in; default: everybody.'), ports });
  const egress = object('egress rule', { to: optional(list(peer), 'Where pods may go; default: everywhere.'), ports });
  const policy = {
    podSelector: optional(podLabels, 'Labels of the pods that the policy is for; default: all of the namespace.'),
    ingress: optional(list(ingress), 'Who may reach the pods; [] is nobody.'),
    egress: optional(list(egress), 'Whom the pods may reach; [] is nobody.'),
    policyTypes: optional(list(oneOf(['Ingress', 'Egress'])), 'What is governed; default: what is declared.'),
  } as const;
  return { peer, port, policy };
}

type Fields = ReturnType<typeof fieldsOf>;
type Peer = NonNullable<ReturnType<Fields['peer']['decode']>>;
type Port = NonNullable<ReturnType<Fields['port']['decode']>>;
type Build = (scope: BuildScope) => JsonObject;

/** What a network policy says, in words that may be templates, or may not. */
export function policyProperties(words: Field<SourceText>): Fields['policy'] {
  return fieldsOf(words).policy;
}

/** A network policy without what every entry has. */
export type PolicyFields = ObjectOf<Fields['policy']>;

/** Absent is "not governed", an empty list is "nobody": the types follow from what is there. */
export function compilePolicy(
  { podSelector, ingress, egress, policyTypes }: PolicyFields,
  compiler: EntryCompiler,
): { readonly pods: Part<JsonObject> | undefined; readonly rules: Build } {
  const pods = selectorPart(podSelector, compiler);
  const incoming = ingress?.map((rule) => compileNetworkRule('from', rule.from, rule.ports, compiler));
  const outgoing = egress?.map((rule) => compileNetworkRule('to', rule.to, rule.ports, compiler));
  const types = policyTypes ?? [
    ...(ingress === undefined ? [] : ['Ingress']),
    ...(egress === undefined ? [] : ['Egress']),
  ];
  const rules: Build = (scope) => {
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
  return { pods, rules };
}

/** `peersKey`: the direction, `from` or `to`. */
function compileNetworkRule(
  peersKey: 'from' | 'to',
  peers: readonly Peer[] | undefined,
  ports: readonly Port[] | undefined,
  compiler: EntryCompiler,
): Build {
  const whom = peers?.map((declared) => compilePeer(declared, compiler));
  const where = ports?.map((declared) => compilePort(declared, compiler));
  return (scope) => {
    const built: MutableJsonObject = {};
    put(
      built,
      peersKey,
      whom?.map((item) => item(scope)),
    );
    put(
      built,
      'ports',
      where?.map((item) => item(scope)),
    );
    return built;
  };
}

/** As Kubernetes takes it: `{}` selects everything. */
function selectorPart(
  labels: ReadonlyMap<string, SourceText> | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (labels === undefined) return undefined;
  for (const { text: value, node } of labels.values()) {
    const problem = value.includes('{{') ? undefined : LABEL_VALUE.problem(value);
    if (problem !== undefined) compiler.report(node, problem);
  }
  const values = mapPart(labels, compiler, LABEL_VALUE);
  return (scope) => (values === undefined ? {} : { matchLabels: values(scope) ?? {} });
}

/** A peer that says nothing is every pod of the namespace. */
function compilePeer(declared: Peer, compiler: EntryCompiler): Build {
  const pods = selectorPart(declared.podSelector, compiler);
  const namespaces = selectorPart(declared.namespaceSelector, compiler);
  const block = declared.ipBlock;
  if (block === undefined) {
    return (scope) => {
      const built: MutableJsonObject = {};
      put(built, 'podSelector', namespaces === undefined ? (pods?.(scope) ?? {}) : pods?.(scope));
      put(built, 'namespaceSelector', namespaces?.(scope));
      return built;
    };
  }
  if (pods !== undefined || namespaces !== undefined) {
    compiler.report(declared.node, 'a peer is either an ipBlock or pods and namespaces');
  }
  const cidr = requiredValuePart(block.cidr, compiler, CIDR, 'cidr');
  const except = textListPart(block.except, compiler, CIDR);
  return (scope) => {
    const built: MutableJsonObject = { cidr: cidr?.(scope) ?? '' };
    put(built, 'except', except?.(scope));
    return { ipBlock: built };
  };
}

function compilePort(declared: Port, compiler: EntryCompiler): Build {
  const protocol = valuePart(declared.protocol, compiler, PROTOCOL);
  const number = valuePart(declared.port, compiler, PORT_OR_NAME);
  const { endPort } = declared;
  if (endPort !== undefined && declared.port === undefined) {
    compiler.report(declared.node, '"endPort" needs "port", the first of the range');
  }
  return (scope) => {
    const built: MutableJsonObject = { protocol: protocol?.(scope) ?? 'TCP' };
    put(built, 'port', number?.(scope));
    put(built, 'endPort', endPort);
    return built;
  };
}

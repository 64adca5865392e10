// securityContext of the container, podSecurity of the pod, resources, rolling update: profile or explicit values.
import {
  didYouMean,
  type JsonObject,
  type JsonValue,
  type MutableJsonObject,
  parseQuantity,
  type SourceText,
} from '../../common';
import { bool, integer, list, literal, mapOf, object, optional, text } from '../../schema';
import { CAPABILITIES } from './capabilities';
import { type EntryCompiler } from './common-entry';
import { resourceKey } from './key-rules';
import { type Part, profilePart, put, valuePart } from './part';
import {
  CONTAINER_SECURITY_PROFILES,
  POD_SECURITY_PROFILES,
  RESOURCE_PROFILES,
  ROLLING_UPDATE_PROFILES,
} from './profiles';
import { INT_OR_PERCENT, QUANTITY } from './values';

const capabilities = object('capabilities', {
  add: optional(list(literal), 'Added.'),
  drop: optional(list(literal), 'Taken away.'),
});

export const securityContextField = object('securityContext', {
  profile: optional(text, 'baseline, restricted or hardened; excludes the other keys.'),
  allowPrivilegeEscalation: optional(bool, 'As in Kubernetes.'),
  readOnlyRootFilesystem: optional(bool, 'As in Kubernetes.'),
  runAsNonRoot: optional(bool, 'As in Kubernetes.'),
  runAsUser: optional(integer(0), 'As in Kubernetes.'),
  runAsGroup: optional(integer(0), 'As in Kubernetes.'),
  capabilities: optional(capabilities, 'Linux capabilities.'),
});

export const podSecurityField = object('podSecurity', {
  profile: optional(text, 'baseline, restricted or hardened; excludes the other keys.'),
  runAsNonRoot: optional(bool, 'As in Kubernetes.'),
  runAsUser: optional(integer(0), 'As in Kubernetes.'),
  runAsGroup: optional(integer(0), 'As in Kubernetes.'),
  fsGroup: optional(integer(0), 'As in Kubernetes.'),
});

export const resourcesField = object('resources', {
  profile: optional(
    text,
    'tiny, small, medium, large, burst, steady, compute-heavy, memory-heavy; excludes requests and limits.',
  ),
  requests: optional(mapOf(text, resourceKey), 'Quantities by resource name.'),
  limits: optional(mapOf(text, resourceKey), 'Quantities by resource name.'),
});

export const rollingUpdateField = object('rollingUpdate', {
  profile: optional(text, 'safe, fast or blue-green; excludes the other keys.'),
  maxSurge: optional(text, 'Whole number or percentage.'),
  maxUnavailable: optional(text, 'Whole number or percentage.'),
});

type SecurityContext = NonNullable<ReturnType<typeof securityContextField.decode>>;
type PodSecurity = NonNullable<ReturnType<typeof podSecurityField.decode>>;
type Resources = NonNullable<ReturnType<typeof resourcesField.decode>>;
type RollingUpdate = NonNullable<ReturnType<typeof rollingUpdateField.decode>>;

interface WithProfile {
  readonly node: SecurityContext['node'];
  readonly profile: SourceText | undefined;
}

/** A profile and explicit keys at once: nobody could tell which counts. */
export function checkExclusive(declared: WithProfile, compiler: EntryCompiler): void {
  if (declared.profile === undefined || declared.node.entries.size < 2) return;
  const others = [...declared.node.entries.keys()].filter((key) => key !== 'profile').join(', ');
  compiler.report(declared.node, `"profile" excludes ${others}`);
}

export function compileSecurityContext(
  declared: SecurityContext | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) {
    return profilePart(declared.profile, CONTAINER_SECURITY_PROFILES, 'security', compiler);
  }
  const fixed: MutableJsonObject = {};
  for (const key of [
    'allowPrivilegeEscalation',
    'readOnlyRootFilesystem',
    'runAsNonRoot',
    'runAsUser',
    'runAsGroup',
  ] as const) {
    put(fixed, key, declared[key]);
  }
  const names = (items: readonly SourceText[] | undefined): JsonValue | undefined =>
    items?.map(({ text: name }) => name);
  if (declared.capabilities !== undefined) {
    checkCapabilities([...(declared.capabilities.add ?? []), ...(declared.capabilities.drop ?? [])], compiler);
    const linux: MutableJsonObject = {};
    put(linux, 'add', names(declared.capabilities.add));
    put(linux, 'drop', names(declared.capabilities.drop));
    fixed['capabilities'] = linux;
  }
  return () => fixed;
}

function checkCapabilities(names: readonly SourceText[], compiler: EntryCompiler): void {
  for (const { text: name, node } of names) {
    if (CAPABILITIES.includes(name)) continue;
    const hint = didYouMean(name.replace(/^CAP_/, ''), CAPABILITIES);
    compiler.report(node, `unknown Linux capability "${name}"${hint}; names have no CAP_ in front, as NET_ADMIN`);
  }
}

export function compilePodSecurity(
  declared: PodSecurity | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) return profilePart(declared.profile, POD_SECURITY_PROFILES, 'security', compiler);
  const fixed: MutableJsonObject = {};
  for (const key of ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup'] as const) put(fixed, key, declared[key]);
  return () => fixed;
}

export function compileResources(
  declared: Resources | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) return profilePart(declared.profile, RESOURCE_PROFILES, 'resource', compiler);
  checkRequests(declared, compiler);
  const quantities = (
    source: ReadonlyMap<string, SourceText> | undefined,
  ): readonly { key: string; part: Part<string> | undefined }[] =>
    [...(source ?? [])].map(([key, value]) => ({ key, part: valuePart(value, compiler, QUANTITY) }));
  const groups = [
    { key: 'requests', items: quantities(declared.requests) },
    { key: 'limits', items: quantities(declared.limits) },
  ];
  return (scope) => {
    const built: MutableJsonObject = {};
    for (const group of groups) {
      const values: MutableJsonObject = {};
      for (const { key, part } of group.items) put(values, key, part?.(scope));
      if (Object.keys(values).length > 0) built[group.key] = values;
    }
    return Object.keys(built).length > 0 ? built : undefined;
  };
}

/** The API server refuses a request above its limit; literals are compared at load. */
function checkRequests({ requests, limits }: Resources, compiler: EntryCompiler): void {
  for (const [key, { text: request, node }] of requests ?? []) {
    const limit = limits?.get(key)?.text ?? '';
    const [low, high] = [parseQuantity(request), parseQuantity(limit)];
    if (low !== undefined && high !== undefined && low > high) {
      compiler.report(node, `the request ${request} is more than the limit ${limit}`);
    }
  }
}

export function compileRollingUpdate(
  declared: RollingUpdate | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  if (declared === undefined) return undefined;
  checkExclusive(declared, compiler);
  if (declared.profile !== undefined) {
    return profilePart(declared.profile, ROLLING_UPDATE_PROFILES, 'rolling update', compiler);
  }
  const surge = valuePart(declared.maxSurge, compiler, INT_OR_PERCENT);
  const unavailable = valuePart(declared.maxUnavailable, compiler, INT_OR_PERCENT);
  const isZero = (source: SourceText | undefined): boolean => /^0+%?$/.test(source?.text ?? '');
  if (isZero(declared.maxSurge) && isZero(declared.maxUnavailable)) {
    compiler.report(declared.node, 'maxSurge and maxUnavailable are both 0: no pod could ever be replaced');
  }
  return (scope) => {
    const built: MutableJsonObject = {};
    put(built, 'maxSurge', surge?.(scope));
    put(built, 'maxUnavailable', unavailable?.(scope));
    return built;
  };
}

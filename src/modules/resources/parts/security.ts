// securityContext of the container, podSecurity of the pod: a profile, or explicit values.
import { didYouMean, type JsonObject, type JsonValue, type MutableJsonObject, type SourceText } from '../../common';
import { bool, integer, list, literal, object, type ObjectOf, optional } from '../../schema';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profileOrValues } from '../profiles/profile-part';
import { CONTAINER_SECURITY_PROFILES, POD_SECURITY_PROFILES } from '../profiles/workload-values';
import { CAPABILITIES } from './capabilities';
import { type EntryCompiler } from './common-entry';
import { type Part, put } from './part';

const capabilities = object('capabilities', {
  add: optional(list(literal), 'Added.'),
  drop: optional(list(literal), 'Taken away.'),
});

const containerProperties = {
  allowPrivilegeEscalation: optional(bool, 'As in Kubernetes.'),
  readOnlyRootFilesystem: optional(bool, 'As in Kubernetes.'),
  runAsNonRoot: optional(bool, 'As in Kubernetes.'),
  runAsUser: optional(integer(0), 'As in Kubernetes.'),
  runAsGroup: optional(integer(0), 'As in Kubernetes.'),
  capabilities: optional(capabilities, 'Linux capabilities.'),
} as const;

const podProperties = {
  runAsNonRoot: optional(bool, 'As in Kubernetes.'),
  runAsUser: optional(integer(0), 'As in Kubernetes.'),
  runAsGroup: optional(integer(0), 'As in Kubernetes.'),
  fsGroup: optional(integer(0), 'As in Kubernetes.'),
} as const;

export const containerSecurityProfiles = profileClass({
  key: 'containerSecurity',
  what: 'security',
  site: 'securityContext.profile',
  doc: 'Security of containers.',
  builtIn: CONTAINER_SECURITY_PROFILES,
  properties: containerProperties,
  compile: compileContainer,
});

export const podSecurityProfiles = profileClass({
  key: 'podSecurity',
  what: 'security',
  site: 'podSecurity.profile',
  doc: 'Security of pods.',
  builtIn: POD_SECURITY_PROFILES,
  properties: podProperties,
  compile: compilePod,
});

export const securityContextField = object('securityContext', {
  profile: profileProperty(containerSecurityProfiles, 'excludes the other keys'),
  ...containerProperties,
});

export const podSecurityField = object('podSecurity', {
  profile: profileProperty(podSecurityProfiles, 'excludes the other keys'),
  ...podProperties,
});

type SecurityContext = NonNullable<ReturnType<typeof securityContextField.decode>>;
type PodSecurity = NonNullable<ReturnType<typeof podSecurityField.decode>>;

export function compileSecurityContext(
  declared: SecurityContext | undefined,
  compiler: EntryCompiler,
): Part<JsonObject> | undefined {
  return profileOrValues(declared, containerSecurityProfiles, compiler, compileContainer);
}

function compileContainer(declared: ObjectOf<typeof containerProperties>, compiler: EntryCompiler): () => JsonObject {
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
  return profileOrValues(declared, podSecurityProfiles, compiler, compilePod);
}

function compilePod(declared: ObjectOf<typeof podProperties>): () => JsonObject {
  const fixed: MutableJsonObject = {};
  for (const key of ['runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup'] as const) put(fixed, key, declared[key]);
  return () => fixed;
}

// The pod of a workload: one container whose name is that of the object.
import {
  isDnsLabel,
  type JsonObject,
  type JsonValue,
  LABEL,
  labelValue,
  type MutableJsonObject,
  type SourceText,
} from '../../common';
import { type Decoded, list, literal, type Located, mapOf, optional, required, text } from '../../schema';
import { type KubeObject } from '../../kube';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { compileResources, resourcesField } from './compute-resources';
import { compileEnvironment, envField, envFromField } from './environment';
import { NAME_FORMS } from './name-forms';
import { type Part, put, requiredTextPart, textPart, valuePart } from './part';
import { labelKey } from './key-rules';
import { compileProbes, probesField } from './probes';
import { compilePodSecurity, compileSecurityContext, podSecurityField, securityContextField } from './security';
import { checkLabelValues } from './selected-workload';
import { PORT, PROTOCOL } from './values';
import {
  checkMountedVolumes,
  compileMounts,
  compileVolumes,
  volumeMountsField,
  type VolumeName,
  volumesField,
} from './volumes';

/** Spread into the description of every workload. */
export const podProperties = {
  image: required(text, 'Container image.'),
  command: optional(list(text), 'What the container runs, in the place of the entry point of the image.'),
  args: optional(list(text), 'Arguments of the command.'),
  port: optional(text, 'Port of the container.'),
  protocol: optional(text, 'TCP, UDP or SCTP.'),
  env: optional(envField, 'Environment variables.'),
  envFrom: optional(envFromField, 'Variables from Secrets and ConfigMaps.'),
  resources: optional(resourcesField, 'Requests and limits.'),
  probes: optional(probesField, 'Health checks.'),
  securityContext: optional(securityContextField, 'Security of the container.'),
  podSecurity: optional(podSecurityField, 'Security of the pod.'),
  volumes: optional(volumesField, 'Volumes of the pod.'),
  volumeMounts: optional(volumeMountsField, 'Where they are mounted.'),
  imagePullSecrets: optional(list(text), 'Names of Secrets for the registry.'),
  serviceAccountName: optional(text, 'ServiceAccount of the pod.'),
  nodeSelector: optional(mapOf(literal, labelKey), 'Labels that the node must have.'),
  workingDirectory: optional(text, 'Working directory of the container.'),
} as const;

export type PodFields = Decoded<typeof podProperties> & Located;

/** What a kind adds to its pods. */
export interface PodExtras {
  /** Tag of the image, in a field of its own. */
  readonly tag?: SourceText | undefined;
  /** Volumes that do not stand in the pod spec: their names for the checks, their mounts in front of the others. */
  readonly claims?: { readonly names: readonly VolumeName[]; readonly mounts: readonly Part[] };
}

/** Builds `spec.template`; the labels are those of the object with the system labels. */
export type PodTemplatePart = (scope: BuildScope, labels: JsonObject) => JsonObject;

export function compilePodTemplate(
  fields: PodFields,
  compiler: EntryCompiler,
  extras: PodExtras = {},
): PodTemplatePart {
  const container = compileContainer(fields, compiler, extras);
  const volumes = compileVolumes(fields.volumes, compiler);
  checkMountedVolumes(fields, extras.claims?.names ?? [], compiler);
  checkLabelValues(fields.nodeSelector, compiler);
  const security = compilePodSecurity(fields.podSecurity, compiler);
  const serviceAccount = textPart(fields.serviceAccountName, compiler, NAME_FORMS.subdomain);
  const pullSecrets = (fields.imagePullSecrets ?? []).map((name) => textPart(name, compiler, NAME_FORMS.subdomain));
  const nodeSelector = literalMap(fields.nodeSelector);
  return (scope, labels) => {
    const spec: MutableJsonObject = { containers: [container(scope)] };
    if (volumes.length > 0) spec['volumes'] = buildAll(volumes, scope);
    put(spec, 'securityContext', security?.(scope));
    put(spec, 'serviceAccountName', serviceAccount?.(scope));
    const secrets = pullSecrets.map((part) => part?.(scope)).filter((name) => name !== undefined);
    if (secrets.length > 0) spec['imagePullSecrets'] = secrets.map((name) => ({ name }));
    put(spec, 'nodeSelector', nodeSelector);
    return { metadata: { labels }, spec };
  };
}

function compileContainer(
  fields: PodFields,
  compiler: EntryCompiler,
  { tag: tagText, claims }: PodExtras,
): (scope: BuildScope) => JsonObject {
  const image = fields.image === undefined ? undefined : requiredTextPart(fields.image, compiler, 'image');
  const tag = textPart(tagText, compiler);
  const command = commandPart(fields.command, compiler);
  const args = commandPart(fields.args, compiler);
  const port = valuePart(fields.port, compiler, PORT);
  const protocol = valuePart(fields.protocol, compiler, PROTOCOL);
  const environment = compileEnvironment(fields.env, fields.envFrom, compiler);
  const probes = compileProbes(fields.probes, fields.node.entries.has('port'), compiler);
  const resources = compileResources(fields.resources, compiler);
  const security = compileSecurityContext(fields.securityContext, compiler);
  const mounts = [...(claims?.mounts ?? []), ...compileMounts(fields.volumeMounts, compiler)];
  const workingDir = textPart(fields.workingDirectory, compiler);
  return (scope) => {
    const built: MutableJsonObject = {
      name: containerName(scope.name),
      image: [image?.(scope) ?? '', tag?.(scope)].filter((part) => part !== undefined).join(':'),
    };
    put(built, 'command', command?.(scope));
    put(built, 'args', args?.(scope));
    put(built, 'workingDir', workingDir?.(scope));
    const containerPort = port?.(scope);
    if (containerPort !== undefined) built['ports'] = [{ containerPort, protocol: protocol?.(scope) ?? 'TCP' }];
    if (environment.env.length > 0) built['env'] = buildAll(environment.env, scope);
    if (environment.envFrom.length > 0) built['envFrom'] = buildAll(environment.envFrom, scope);
    put(built, 'resources', resources?.(scope));
    for (const probe of probes) built[probe.key] = probe.build(scope, containerPort);
    put(built, 'securityContext', security?.(scope));
    if (mounts.length > 0) built['volumeMounts'] = buildAll(mounts, scope);
    return built;
  };
}

/** Words of a command: one that renders empty stays, because those behind it would mean something else. */
function commandPart(
  words: readonly SourceText[] | undefined,
  compiler: EntryCompiler,
): Part<readonly string[]> | undefined {
  if (words === undefined || words.length === 0) return undefined;
  const templates = words.map((word) => compiler.text(word));
  return ({ data, evaluation }) => templates.map((template) => template.resolve(data, evaluation));
}

/** The name of the object where it can name a container, too; an object's name may be longer and hold dots. */
function containerName(name: string): string {
  return isDnsLabel(name) ? name : labelValue(name.replaceAll('.', '-'));
}

function buildAll(parts: readonly Part[], scope: BuildScope): JsonValue[] {
  const built: JsonValue[] = [];
  for (const part of parts) {
    const value = part(scope);
    if (value !== undefined) built.push(value);
  }
  return built;
}

export function literalMap(source: ReadonlyMap<string, SourceText> | undefined): JsonObject | undefined {
  return source === undefined || source.size === 0
    ? undefined
    : Object.fromEntries([...source].map(([key, value]) => [key, value.text]));
}

/** Labels of pods that no selector of their workload finds. */
export function podLabels({ name, ownerName, systemLabels }: BuildScope, userLabels: JsonObject): JsonObject {
  return {
    ...userLabels,
    ...systemLabels,
    [LABEL.owner]: labelValue(ownerName),
    [LABEL.component]: labelValue(name),
  };
}

export interface WorkloadSelection {
  readonly selector: JsonObject;
  readonly podLabels: JsonObject;
}

/**
 * Selector and pod labels of a workload (engine contract §6): new selectors carry the component, selectors of existing
 * objects are immutable and kept, and the pods keep every label that the selector asks for.
 */
export function selectPods(scope: BuildScope, userLabels: JsonObject): WorkloadSelection {
  const existing = existingSelector(scope.live);
  const selector = existing ?? {
    [LABEL.owner]: labelValue(scope.ownerName),
    [LABEL.component]: labelValue(scope.name),
  };
  return { selector, podLabels: { ...podLabels(scope, userLabels), ...existing } };
}

function existingSelector(live: KubeObject | undefined): JsonObject | undefined {
  const spec = live?.['spec'] as JsonObject | undefined;
  const selector = spec?.['selector'] as JsonObject | undefined;
  return selector?.['matchLabels'] as JsonObject | undefined;
}

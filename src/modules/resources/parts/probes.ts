// startup, liveness and readiness probes: docs/reference/katalog.md, probe.
import { type JsonObject } from '../../common';
import { integer, object, oneOf, optional, text } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { type Part, profilePart, textPart } from './part';
import { PROBE_PROFILES, type ProbeTimings } from './profiles';
import { valueError } from './values';

const probe = object('probe', {
  type: optional(oneOf(['http', 'tcp']), 'http when a path is given.'),
  path: optional(text, 'Path of the HTTP check.'),
  port: optional(integer(1, 65_535), 'Port; default: the port of the container.'),
  profile: optional(text, 'Named timings: fast, standard, patient, slow-start.'),
  initialDelaySeconds: optional(integer(0), 'Overrides the profile.'),
  periodSeconds: optional(integer(1), 'Overrides the profile.'),
  failureThreshold: optional(integer(1), 'Overrides the profile.'),
  successThreshold: optional(integer(1), 'Overrides the profile.'),
  timeoutSeconds: optional(integer(1), 'Overrides the profile.'),
});

export const probesField = object('probes', {
  startup: optional(probe, 'Holds the others back until it passes.'),
  liveness: optional(probe, 'Restarts the container when it fails.'),
  readiness: optional(probe, 'Takes the pod out of Services when it fails.'),
});

type Probe = NonNullable<ReturnType<typeof probe.decode>>;
type Probes = NonNullable<ReturnType<typeof probesField.decode>>;
const TIMINGS = [
  'initialDelaySeconds',
  'periodSeconds',
  'failureThreshold',
  'successThreshold',
  'timeoutSeconds',
] as const;

/** Container key -> probe. */
export type CompiledProbes = readonly {
  readonly key: 'startupProbe' | 'livenessProbe' | 'readinessProbe';
  readonly build: (scope: BuildScope, port: number | undefined) => JsonObject;
}[];

export function compileProbes(probes: Probes | undefined, hasPort: boolean, compiler: EntryCompiler): CompiledProbes {
  const result: { key: CompiledProbes[number]['key']; build: CompiledProbes[number]['build'] }[] = [];
  for (const name of ['startup', 'liveness', 'readiness'] as const) {
    const declared = probes?.[name];
    if (declared?.successThreshold !== undefined && declared.successThreshold > 1 && name !== 'readiness') {
      compiler.report(declared.node, `the successThreshold of a ${name} probe can only be 1`);
    }
    if (declared !== undefined) result.push({ key: `${name}Probe`, build: compileProbe(declared, hasPort, compiler) });
  }
  return result;
}

const NEEDS_PORT = 'a probe needs a "port", because the container has none';

/** Looks at what is written, not at what could be read: one mistake is one problem. */
function checkProbe(
  { node, path }: Probe,
  type: 'http' | 'tcp' | undefined,
  hasPort: boolean,
  compiler: EntryCompiler,
): void {
  const has = (key: string): boolean => node.entries.has(key);
  if (!has('type') && !has('path')) compiler.report(node, 'a probe needs a "path" (http) or "type: tcp"');
  if (type === 'http' && !has('path')) compiler.report(node, 'an http probe needs a "path"');
  if (type === 'tcp' && path !== undefined) compiler.report(path.node, 'a tcp probe has no "path"');
  if (!has('port') && !hasPort) compiler.report(node, NEEDS_PORT);
}

function compileProbe(declared: Probe, hasPort: boolean, compiler: EntryCompiler): CompiledProbes[number]['build'] {
  const type = declared.type ?? (declared.path === undefined ? undefined : 'http');
  checkProbe(declared, type, hasPort, compiler);
  const path: Part<string> | undefined = textPart(declared.path, compiler);
  const profile =
    declared.profile === undefined
      ? undefined
      : profilePart<ProbeTimings>(declared.profile, PROBE_PROFILES, 'probe', compiler);
  return (scope, containerPort) => {
    const port = declared.port ?? containerPort;
    if (port === undefined) throw valueError(NEEDS_PORT, declared);
    const timings: { [key: string]: number } = { ...(profile?.(scope) ?? PROBE_PROFILES['standard']) };
    for (const key of TIMINGS) {
      const value = declared[key];
      if (value !== undefined) timings[key] = value;
    }
    const check: JsonObject =
      type === 'tcp' ? { tcpSocket: { port } } : { httpGet: { path: path?.(scope) ?? '/', port, scheme: 'HTTP' } };
    return { ...check, ...timings };
  };
}

// startup, liveness and readiness probes: docs/reference/katalog.md, probe.
import { type JsonObject } from '../../common';
import { integer, object, oneOf, optional, text } from '../../schema';
import { profileClass, profileProperty } from '../profiles/profile-class';
import { profilePart } from '../profiles/profile-part';
import { PROBE_PROFILES, type ProbeTimings } from '../profiles/workload-values';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { type Part, textPart } from './part';
import { valueError } from './values';

const TIMINGS = [
  'initialDelaySeconds',
  'periodSeconds',
  'failureThreshold',
  'successThreshold',
  'timeoutSeconds',
] as const;
type TimingKey = (typeof TIMINGS)[number];

const timings = {
  initialDelaySeconds: optional(integer(0), 'Overrides the profile.'),
  periodSeconds: optional(integer(1), 'Overrides the profile.'),
  failureThreshold: optional(integer(1), 'Overrides the profile.'),
  successThreshold: optional(integer(1), 'Overrides the profile.'),
  timeoutSeconds: optional(integer(1), 'Overrides the profile.'),
} as const;

/** What counts where nothing is said. */
const STANDARD = PROBE_PROFILES.standard;

export const probeProfiles = profileClass({
  key: 'probes',
  what: 'probe',
  site: 'probes.*.profile',
  doc: 'Timings of probes.',
  builtIn: PROBE_PROFILES,
  isExact: true,
  properties: {
    initialDelaySeconds: optional(integer(0), 'Seconds before the first check.', atStandard('initialDelaySeconds')),
    periodSeconds: optional(integer(1), 'Seconds between checks.', atStandard('periodSeconds')),
    failureThreshold: optional(integer(1), 'Failures in a row that count.', atStandard('failureThreshold')),
    successThreshold: optional(integer(1), 'Successes in a row that count.', atStandard('successThreshold')),
    timeoutSeconds: optional(integer(1), 'Seconds that a check may take.', atStandard('timeoutSeconds')),
  },
  compile(declared) {
    const built: Record<TimingKey, number> = { ...STANDARD };
    for (const key of TIMINGS) built[key] = declared[key] ?? built[key];
    return () => built;
  },
});

function atStandard(key: TimingKey): { readonly default: string } {
  return { default: String(STANDARD[key]) };
}

const probe = object('probe', {
  type: optional(oneOf(['http', 'tcp']), 'http when a path is given.'),
  path: optional(text, 'Path of the HTTP check.'),
  port: optional(integer(1, 65_535), 'Port; default: the port of the container.'),
  profile: profileProperty(probeProfiles, 'without one the timings are those of standard'),
  ...timings,
});

export const probesField = object('probes', {
  startup: optional(probe, 'Holds the others back until it passes.'),
  liveness: optional(probe, 'Restarts the container when it fails.'),
  readiness: optional(probe, 'Takes the pod out of Services when it fails.'),
});

type Probe = NonNullable<ReturnType<typeof probe.decode>>;
type Probes = NonNullable<ReturnType<typeof probesField.decode>>;

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
    if (declared === undefined) continue;
    const build = compileProbe(declared, { hasPort, isReadiness: name === 'readiness' }, compiler);
    result.push({ key: `${name}Probe`, build });
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

/** As the API server has it: such a probe passed, or it did not. */
function onlyOneSuccess({ successThreshold }: ProbeTimings): string | undefined {
  if (successThreshold === 1) return undefined;
  return `its successThreshold is ${successThreshold}, and only that of a readiness probe can be other than 1`;
}

function compileProbe(
  declared: Probe,
  { hasPort, isReadiness }: { readonly hasPort: boolean; readonly isReadiness: boolean },
  compiler: EntryCompiler,
): CompiledProbes[number]['build'] {
  const type = declared.type ?? (declared.path === undefined ? undefined : 'http');
  checkProbe(declared, type, hasPort, compiler);
  const path: Part<string> | undefined = textPart(declared.path, compiler);
  const misfit = isReadiness || declared.successThreshold !== undefined ? undefined : onlyOneSuccess;
  const profile =
    declared.profile === undefined ? undefined : profilePart(declared.profile, probeProfiles, compiler, misfit);
  return (scope, containerPort) => {
    const port = declared.port ?? containerPort;
    if (port === undefined) throw valueError(NEEDS_PORT, declared);
    const timings: { [key: string]: number } = { ...(profile?.(scope) ?? STANDARD) };
    for (const key of TIMINGS) {
      const value = declared[key];
      if (value !== undefined) timings[key] = value;
    }
    const check: JsonObject =
      type === 'tcp' ? { tcpSocket: { port } } : { httpGet: { path: path?.(scope) ?? '/', port, scheme: 'HTTP' } };
    return { ...check, ...timings };
  };
}

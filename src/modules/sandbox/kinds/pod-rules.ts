// What the real server checks of a pod spec, as far as users meet it: containers, ports, environment, volumes and their
// mounts, probes, policies.
import { type JsonObject } from '../../common';
import {
  duplicateCause,
  type FieldCause,
  invalidCause,
  notFoundCause,
  notSupportedCause,
  requiredCause,
} from '../../schema';
import { subdomainProblems } from '../selectors';
import { items, numberAt, part, parts, textAt } from './draft';
import {
  labelName,
  labelsAt,
  nonNegative,
  oneOf,
  portNameProblems,
  portNumber,
  portReference,
  resourceAmounts,
} from './rules';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];

/** Of `spec` of a pod or of a template. */
export function podSpecProblems(spec: JsonObject | undefined, path: string): readonly FieldCause[] {
  const volumes = parts(spec, 'volumes');
  const named = new Set(volumes.map((volume) => textAt(volume, 'name')));
  const problems: FieldCause[] = [...volumeProblems(volumes, `${path}.volumes`)];
  const containers = parts(spec, 'containers');
  if (containers.length === 0) problems.push(requiredCause(`${path}.containers`));
  const names = new Set<string>();
  const check = (container: JsonObject, at: string): void => {
    problems.push(...containerProblems(container, at, named));
    const name = textAt(container, 'name');
    if (names.has(name)) problems.push(duplicateCause(`${at}.name`, name));
    names.add(name);
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
      problems.push(...probeProblems(part(container, probe), `${at}.${probe}`));
    }
  };
  containers.forEach((container, index) => check(container, `${path}.containers[${index}]`));
  parts(spec, 'initContainers').forEach((container, index) => check(container, `${path}.initContainers[${index}]`));
  problems.push(
    ...oneOf(textAt(spec, 'restartPolicy'), ['Always', 'OnFailure', 'Never'], `${path}.restartPolicy`),
    ...oneOf(
      textAt(spec, 'dnsPolicy'),
      ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
      `${path}.dnsPolicy`,
    ),
    ...deadlineProblems(spec, path),
    ...labelsAt(spec, 'nodeSelector', `${path}.nodeSelector`),
    ...accountProblems(spec, path),
  );
  return problems;
}

const MAX_SECONDS = 2_147_483_647;

function deadlineProblems(spec: JsonObject | undefined, path: string): readonly FieldCause[] {
  const seconds = numberAt(spec, 'activeDeadlineSeconds');
  if (seconds === undefined || (seconds >= 1 && seconds <= MAX_SECONDS)) return [];
  const detail = `must be between 1 and ${MAX_SECONDS}, inclusive`;
  return [invalidCause(`${path}.activeDeadlineSeconds`, seconds, detail)];
}

function accountProblems(spec: JsonObject | undefined, path: string): readonly FieldCause[] {
  const account = textAt(spec, 'serviceAccountName');
  const problems = account === '' ? [] : subdomainProblems(account);
  return problems.map((text) => invalidCause(`${path}.serviceAccountName`, account, text));
}

function containerProblems(container: JsonObject, path: string, volumes: ReadonlySet<string>): readonly FieldCause[] {
  const name = textAt(container, 'name');
  return [
    ...(name === '' ? [requiredCause(`${path}.name`)] : labelName(name, `${path}.name`)),
    ...imageProblems(textAt(container, 'image'), `${path}.image`),
    ...oneOf(
      textAt(container, 'terminationMessagePolicy'),
      ['File', 'FallbackToLogsOnError'],
      `${path}.terminationMessagePolicy`,
    ),
    ...containerPortProblems(parts(container, 'ports'), `${path}.ports`),
    ...environmentProblems(parts(container, 'env'), `${path}.env`),
    ...mountProblems(parts(container, 'volumeMounts'), `${path}.volumeMounts`, volumes),
    ...oneOf(textAt(container, 'imagePullPolicy'), PULL_POLICIES, `${path}.imagePullPolicy`),
    ...resourceAmounts(part(container, 'resources'), `${path}.resources`),
  ];
}

function imageProblems(image: string, path: string): readonly FieldCause[] {
  if (image === '') return [requiredCause(path)];
  return image.trim() === image ? [] : [invalidCause(path, image, 'must not have leading or trailing whitespace')];
}

function containerPortProblems(ports: readonly JsonObject[], path: string): readonly FieldCause[] {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(port, 'name');
    const problems = name === '' ? [] : portNameProblems(name).map((text) => invalidCause(`${at}.name`, name, text));
    if (name !== '' && problems.length === 0) {
      if (names.has(name)) problems.push(duplicateCause(`${at}.name`, name));
      names.add(name);
    }
    const number = numberAt(port, 'containerPort') ?? 0;
    return [
      ...problems,
      ...(number === 0 ? [requiredCause(`${at}.containerPort`)] : portNumber(number, `${at}.containerPort`)),
      ...(port['hostPort'] === undefined ? [] : portNumber(port['hostPort'], `${at}.hostPort`)),
      ...oneOf(textAt(port, 'protocol'), PROTOCOLS, `${at}.protocol`),
    ];
  });
}

function environmentProblems(variables: readonly JsonObject[], path: string): readonly FieldCause[] {
  return variables.flatMap((variable, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(variable, 'name');
    const problems: FieldCause[] = [];
    if (name === '') problems.push(requiredCause(`${at}.name`));
    else if (!/^[ -<>-~]+$/.test(name)) {
      const detail = "a valid environment variable name must consist only of printable ASCII characters other than '='";
      problems.push(invalidCause(`${at}.name`, name, detail));
    }
    const source = part(variable, 'valueFrom');
    if (source !== undefined && textAt(variable, 'value') !== '') {
      problems.push(invalidCause(`${at}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    }
    for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
      const reference = part(source, kind);
      if (reference !== undefined && textAt(reference, 'key') === '') {
        problems.push(requiredCause(`${at}.valueFrom.${kind}.key`));
      }
    }
    return problems;
  });
}

function mountProblems(
  mounts: readonly JsonObject[],
  path: string,
  volumes: ReadonlySet<string>,
): readonly FieldCause[] {
  const places = new Set<string>();
  return mounts.flatMap((mount, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(mount, 'name');
    const place = textAt(mount, 'mountPath');
    const problems: FieldCause[] = [];
    if (name === '') problems.push(requiredCause(`${at}.name`));
    if (!volumes.has(name)) problems.push(notFoundCause(`${at}.name`, name));
    if (place === '') problems.push(requiredCause(`${at}.mountPath`));
    if (places.has(place)) problems.push(invalidCause(`${at}.mountPath`, place, 'must be unique'));
    places.add(place);
    return problems;
  });
}

function volumeProblems(volumes: readonly JsonObject[], path: string): readonly FieldCause[] {
  const names = new Set<string>();
  return volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`;
    const name = textAt(volume, 'name');
    const problems: FieldCause[] = [...volumeSourceProblems(volume, at)];
    problems.push(...(name === '' ? [requiredCause(`${at}.name`)] : labelName(name, `${at}.name`)));
    if (names.has(name)) problems.push(duplicateCause(`${at}.name`, name));
    if (problems.length === 0) names.add(name);
    return problems;
  });
}

function volumeSourceProblems(volume: JsonObject, path: string): readonly FieldCause[] {
  const sources = Object.keys(volume).filter((member) => member !== 'name');
  const problems = sources.slice(1).map((member): FieldCause => ({
    reason: 'FieldValueForbidden',
    field: `${path}.${member}`,
    message: 'Forbidden: may not specify more than 1 volume type',
  }));
  const needs = (source: string, member: string): void => {
    const found = part(volume, source);
    if (found !== undefined && textAt(found, member) === '') {
      problems.push(requiredCause(`${path}.${source}.${member}`));
    }
  };
  needs('hostPath', 'path');
  needs('secret', 'secretName');
  needs('configMap', 'name');
  needs('persistentVolumeClaim', 'claimName');
  return problems;
}

function probeProblems(probe: JsonObject | undefined, path: string): readonly FieldCause[] {
  if (probe === undefined) return [];
  const handlers = HANDLERS.filter((handler) => part(probe, handler) !== undefined);
  const problems: FieldCause[] = [];
  if (handlers.length === 0) problems.push(requiredCause(path, 'must specify a handler type'));
  handlers.slice(1).forEach((handler) =>
    problems.push({
      reason: 'FieldValueForbidden',
      field: `${path}.${handler}`,
      message: 'Forbidden: may not specify more than 1 handler type',
    }),
  );
  const http = part(probe, 'httpGet');
  if (http !== undefined) {
    problems.push(...portReference(http['port'], `${path}.httpGet.port`));
    const scheme = textAt(http, 'scheme');
    if (!['HTTP', 'HTTPS'].includes(scheme)) {
      problems.push(notSupportedCause(`${path}.httpGet.scheme`, scheme, ['HTTP', 'HTTPS']));
    }
  }
  const socket = part(probe, 'tcpSocket');
  if (socket !== undefined) problems.push(...portReference(socket['port'], `${path}.tcpSocket.port`));
  const exec = part(probe, 'exec');
  if (exec !== undefined && items(exec, 'command').length === 0) problems.push(requiredCause(`${path}.exec.command`));
  for (const member of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ]) {
    problems.push(...nonNegative(probe, member, path));
  }
  const wanted = numberAt(probe, 'successThreshold') ?? 1;
  if (!path.endsWith('readinessProbe') && wanted !== 1 && wanted >= 0) {
    problems.push(invalidCause(`${path}.successThreshold`, wanted, 'must be 1'));
  }
  return problems;
}

/** Of a template: what its metadata and its pods say. */
export function podTemplateProblems(template: JsonObject | undefined, path: string): readonly FieldCause[] {
  return [
    ...labelsAt(part(template, 'metadata'), 'labels', `${path}.labels`),
    ...podSpecProblems(part(template, 'spec'), `${path}.spec`),
  ];
}

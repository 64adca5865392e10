// Defaults of pods and pod templates (core/v1 defaults of the real server).
import { type JsonObject, type MutableJsonObject } from '../../common';
import { ensurePart, fill, items, part, parts, textAt } from './draft';

const VOLUME_MODE = 0o644;
const HOUR_SECONDS = 3_600;
const CONTAINER_LISTS = ['initContainers', 'containers'] as const;

/** Of every pod spec, in templates too. */
export function fillPodSpec(spec: MutableJsonObject | undefined): void {
  if (spec === undefined) return;
  fill(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  });
  if (typeof spec['serviceAccountName'] === 'string') spec['serviceAccount'] = spec['serviceAccountName'];
  else if (typeof spec['serviceAccount'] === 'string') spec['serviceAccountName'] = spec['serviceAccount'];
  for (const volume of parts(spec, 'volumes')) fillVolume(volume);
  for (const list of [...CONTAINER_LISTS, 'ephemeralContainers']) parts(spec, list).forEach(fillContainer);
  if (spec['hostNetwork'] === true) CONTAINER_LISTS.forEach((list) => fillHostPorts(spec, list));
}

/** Of a pod itself, beyond those of its spec. */
export function fillPod(pod: MutableJsonObject): void {
  const spec = part(pod, 'spec');
  fillPodSpec(spec);
  if (spec === undefined) return;
  fill(spec, { enableServiceLinks: true });
  for (const list of CONTAINER_LISTS) parts(spec, list).forEach(fillRequests);
}

function fillHostPorts(spec: JsonObject, list: string): void {
  for (const container of parts(spec, list)) {
    for (const port of parts(container, 'ports')) {
      if ((port['hostPort'] ?? 0) === 0 && port['containerPort'] !== undefined) {
        port['hostPort'] = port['containerPort'];
      }
    }
  }
}

/** A limit without a request asks for as much. */
function fillRequests(container: MutableJsonObject): void {
  const resources = part(container, 'resources');
  const limits = part(resources, 'limits');
  if (resources === undefined || limits === undefined) return;
  fill(ensurePart(resources, 'requests'), limits);
}

function fillContainer(container: MutableJsonObject): void {
  fill(container, {
    imagePullPolicy: pullPolicyOf(textAt(container, 'image')),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of parts(container, 'ports')) fill(port, { protocol: 'TCP' });
  for (const variable of parts(container, 'env')) {
    fill(part(part(variable, 'valueFrom'), 'fieldRef'), { apiVersion: 'v1' });
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) fillProbe(part(container, name));
  const lifecycle = part(container, 'lifecycle');
  for (const hook of ['postStart', 'preStop']) fillHttpGet(part(lifecycle, hook));
}

function fillProbe(probe: MutableJsonObject | undefined): void {
  if (probe === undefined) return;
  for (const member of ['timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']) {
    if (probe[member] === 0) delete probe[member];
  }
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  fillHttpGet(probe);
  fill(part(probe, 'grpc'), { service: '' });
}

function fillHttpGet(handler: MutableJsonObject | undefined): void {
  fill(part(handler, 'httpGet'), { path: '/', scheme: 'HTTP' });
}

function fillVolume(volume: MutableJsonObject): void {
  if (Object.keys(volume).every((member) => member === 'name')) volume['emptyDir'] = {};
  for (const source of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    fill(part(volume, source), { defaultMode: VOLUME_MODE });
  }
  fill(part(volume, 'hostPath'), { type: '' });
  fillDownwardItems(part(volume, 'downwardAPI'));
  for (const source of parts(part(volume, 'projected'), 'sources')) {
    fill(part(source, 'serviceAccountToken'), { expirationSeconds: HOUR_SECONDS });
    fillDownwardItems(part(source, 'downwardAPI'));
  }
  fill(part(volume, 'iscsi'), { iscsiInterface: 'default' });
  fill(part(volume, 'rbd'), { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' });
  fill(part(volume, 'azureDisk'), { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' });
  const claim = part(part(part(volume, 'ephemeral'), 'volumeClaimTemplate'), 'spec');
  fill(claim, { volumeMode: 'Filesystem' });
  const image = part(volume, 'image');
  if (image !== undefined) fill(image, { pullPolicy: pullPolicyOf(textAt(image, 'reference')) });
}

function fillDownwardItems(source: JsonObject | undefined): void {
  if (items(source, 'items').length === 0) return;
  for (const item of parts(source, 'items')) fill(part(item, 'fieldRef'), { apiVersion: 'v1' });
}

/** Host and names in lower case, then a tag and a digest. */
const REFERENCE =
  /^(?:[a-zA-Z0-9][-a-zA-Z0-9.]*(?::[0-9]+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z0-9.+_-]+:[0-9a-fA-F]{32,})?$/;

/** An image without tag and digest is `latest`, which is pulled each time. What is no image has no tag. */
function pullPolicyOf(image: string): string {
  if (!REFERENCE.test(image)) return 'IfNotPresent';
  const [name = '', digest] = image.split('@');
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  const tag = colon < 0 ? (digest === undefined ? 'latest' : '') : last.slice(colon + 1);
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

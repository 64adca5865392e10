// Pod: what the server and its admission plugins add, what of a pod may change, how it ends.
import { isJsonObject, type JsonObject, type MutableJsonObject } from '../../common';
import { type FieldCause } from '../../schema';
import { ensurePart, fill, items, numberAt, part, parts, textAt } from './draft';
import { type KindStrategy } from './kind-strategy';
import { fillPod } from './pod-defaults';
import { admitPriority } from './pod-priority';
import { podSpecProblems } from './pod-rules';
import { podUpdateProblems } from './pod-update';
import { nanoOf } from './rules';
import { conditionTypeProblems } from './status-rules';

const TOLERATION_SECONDS = 300;
const GONE_NODES = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const GRACE_SECONDS = 30;

/** A pod stays a while on a node that is not there. */
function addTolerations(spec: MutableJsonObject): void {
  const own = parts(spec, 'tolerations');
  const added = GONE_NODES.filter((key) => !own.some((toleration) => isTolerated(toleration, key))).map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: TOLERATION_SECONDS,
  }));
  if (added.length > 0) spec['tolerations'] = [...items(spec, 'tolerations'), ...added];
}

function isTolerated(toleration: JsonObject, key: string): boolean {
  const isKey = [key, ''].includes(textAt(toleration, 'key'));
  return isKey && ['NoExecute', ''].includes(textAt(toleration, 'effect'));
}

/** Guaranteed: limits equal to requests for cpu and memory everywhere; BestEffort: neither anywhere. */
export function qualityOf(spec: JsonObject | undefined): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...parts(spec, 'containers'), ...parts(spec, 'initContainers')];
  const amount = (container: JsonObject, member: string, name: string): bigint =>
    nanoOf(part(part(container, 'resources'), member)?.[name]) ?? 0n;
  const names = ['cpu', 'memory'];
  const hasAny = containers.some((container) =>
    names.some((name) => amount(container, 'requests', name) > 0n || amount(container, 'limits', name) > 0n),
  );
  if (!hasAny) return 'BestEffort';
  const isGuaranteed = containers.every((container) =>
    names.every((name) => {
      const limit = amount(container, 'limits', name);
      return limit > 0n && limit === amount(container, 'requests', name);
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

function prepare(draft: MutableJsonObject): void {
  const spec = ensurePart(draft, 'spec');
  addTolerations(spec);
  const conditions = items(spec, 'schedulingGates').length === 0 ? {} : { conditions: [gated(draft)] };
  draft['status'] = { phase: 'Pending', ...conditions, qosClass: qualityOf(spec) };
}

function podConditionProblems(pod: JsonObject): readonly FieldCause[] {
  return parts(part(pod, 'status'), 'conditions').flatMap((condition, index) =>
    // Written with a capital there.
    conditionTypeProblems(condition, `status.conditions[${index}].Type`),
  );
}

function gated(draft: JsonObject): JsonObject {
  return {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: part(draft, 'metadata')?.['creationTimestamp'] ?? null,
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  };
}

function podProblems(object: JsonObject): readonly FieldCause[] {
  return podSpecProblems(part(object, 'spec'), 'spec');
}

export const pods: KindStrategy = {
  default: (draft) => {
    fillPod(draft);
    // Whoever writes the status need not know the class.
    const status = draft['status'];
    if (isJsonObject(status)) fill(ensurePart(draft, 'status'), { qosClass: qualityOf(ensurePart(draft, 'spec')) });
  },
  admit: admitPriority,
  prepareForCreate: prepare,
  prepareForUpdate: (draft, old) => {
    const spec = ensurePart(draft, 'spec');
    addTolerations(spec);
    for (const member of ['priority', 'preemptionPolicy']) spec[member] ??= part(old, 'spec')?.[member] ?? null;
  },
  validate: podProblems,
  validateUpdate: (object, old, subresource) => [
    ...podProblems(object),
    ...podUpdateProblems(object, old),
    ...(subresource === 'status' ? podConditionProblems(object) : []),
  ],
  // A pod that runs nowhere, or has ended, waits for nobody.
  gracePeriodSeconds: (pod) => {
    const hasEnded = ['Failed', 'Succeeded'].includes(textAt(part(pod, 'status'), 'phase'));
    if (hasEnded || textAt(part(pod, 'spec'), 'nodeName') === '') return 0;
    return numberAt(part(pod, 'spec'), 'terminationGracePeriodSeconds') ?? GRACE_SECONDS;
  },
  returnsDeleted: true,
  statusKeeps: ['deletionTimestamp', 'ownerReferences'],
  selectableFields: {
    'spec.nodeName': (pod) => textAt(part(pod, 'spec'), 'nodeName'),
    'spec.restartPolicy': (pod) => textAt(part(pod, 'spec'), 'restartPolicy'),
    'spec.schedulerName': (pod) => textAt(part(pod, 'spec'), 'schedulerName'),
    'spec.serviceAccountName': (pod) => textAt(part(pod, 'spec'), 'serviceAccountName'),
    'spec.hostNetwork': (pod) => String(part(pod, 'spec')?.['hostNetwork'] === true),
    'status.phase': (pod) => textAt(part(pod, 'status'), 'phase'),
    'status.podIP': (pod) => textAt(part(pod, 'status'), 'podIP'),
    'status.nominatedNodeName': (pod) => textAt(part(pod, 'status'), 'nominatedNodeName'),
  },
};

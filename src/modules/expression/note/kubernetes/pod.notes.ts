// Pods of a workload, from the summaries that `enrich: pods` puts into it (docs/reference/notes.md, pods and node).
import { type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { at, conditionOf, countAt, isConditionTrue, joined, listAt, textAt } from './object';
import { pathNotes } from './path-notes';

const MANY_RESTARTS = 2;
/** Reasons of a waiting or ended container that do not pass by themselves, with the note that looks for each. */
const REASONS = [
  ['podCrashLoopDetected', 'CrashLoopBackOff'],
  ['podImagePullBackOffDetected', 'ImagePullBackOff'],
  ['podErrImagePullDetected', 'ErrImagePull'],
  ['podErrorDetected', 'Error'],
  ['podOOMKilledDetected', 'OOMKilled'],
  ['podRunContainerErrorDetected', 'RunContainerError'],
  ['podCreateContainerErrorDetected', 'CreateContainerError'],
  ['podInvalidImageNameDetected', 'InvalidImageName'],
  ['podPreStartHookErrorDetected', 'PreStartHookError'],
  ['podPostStartHookErrorDetected', 'PostStartHookError'],
] as const;

const CHILDREN = {
  children: {
    statefulset: {
      _pods: [
        {
          ...{ name: 'db-0', ip: '10.0.0.1', phase: 'Running', node: 'n1', ready: true, restartCount: 1, ordinal: 0 },
          containers: [{ name: 'app', state: 'Running', reason: '' }],
        },
        {
          ...{ name: 'db-1', ip: '10.0.0.2', phase: 'Pending', node: 'n2', ready: false, restartCount: 4, ordinal: 1 },
          containers: [{ name: 'app', state: 'Waiting', reason: 'CrashLoopBackOff' }],
        },
      ],
    },
    pod: { _node: { name: 'n1', zone: 'eu-1a', region: 'eu-1', instanceType: 'm5' } },
    node: {
      spec: { taints: [{ key: 'gpu' }, { key: 'spot' }] },
      status: {
        allocatable: { cpu: '4', memory: '16Gi' },
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  },
};
const pods = notesOf('pods');
const { of, size, texts } = pathNotes(pods, '.children.statefulset', CHILDREN);
const nodeWriter = notesOf('node');
const node = pathNotes(nodeWriter, '.children.node', CHILDREN);
const onNode = pathNotes(nodeWriter, '.children.pod', CHILDREN);

function podsOf(object: Value): readonly Value[] {
  return listAt(object, '_pods');
}

function reasonsOf(object: Value): readonly string[] {
  return podsOf(object).flatMap((pod) => listAt(pod, 'containers').map((container) => textAt(container, 'reason')));
}

function hasReason(object: Value, wanted: string): boolean {
  return reasonsOf(object).includes(wanted);
}

function hasCrashingPod(object: Value): boolean {
  return (
    podsOf(object).some((pod) => countAt(pod, 'restartCount') > MANY_RESTARTS) ||
    REASONS.some(([, reason]) => hasReason(object, reason))
  );
}

/** A pod without an ordinal is none of a StatefulSet. */
function podByOrdinal(object: Value, ordinal: number | bigint): Value {
  return podsOf(object).find((pod) => at(pod, 'ordinal') !== undefined && countAt(pod, 'ordinal') === Number(ordinal));
}

function containerState(object: Value, ordinal: number | bigint, name: string): string {
  const containers = listAt(podByOrdinal(object, ordinal), 'containers');
  return textAt(
    containers.find((container) => at(container, 'name') === name),
    'state',
  );
}

export const podNotes: readonly NoteSpec[] = [
  texts('podNames', '_pods', 'name', 'The names of the pods (enrich: pods, as for all of this domain).', 'db-0, db-1'),
  texts('podIPs', '_pods', 'ip', 'Their addresses.', '10.0.0.1, 10.0.0.2'),
  texts('podPhases', '_pods', 'phase', 'Their phases.', 'Running, Pending'),
  texts('podNodes', '_pods', 'node', 'Their nodes.', 'n1, n2'),
  size('podCount', '_pods', 'How many pods.', '2'),
  of('readyPodCount(object any) int', 'How many of them are ready.', '1', (object) =>
    podsOf(object).reduce<number>((count, pod) => count + (at(pod, 'ready') === true ? 1 : 0), 0),
  ),
  of('podMaxRestarts(object any) int', 'The most restarts of one pod.', '4', (object) =>
    podsOf(object).reduce<number>((most, pod) => Math.max(most, countAt(pod, 'restartCount')), 0),
  ),
  of(
    'hasCrashingPod(object any) bool',
    'Whether a pod has restarted more than twice, or a container has a reason that one of the notes below looks for.',
    'true',
    hasCrashingPod,
  ),
  pods.note(
    'podByOrdinal(object any, ordinal int) any',
    'The summary of a pod of a StatefulSet; nil when it is missing.',
    ['{{ (podByOrdinal .children.statefulset 1).ip }}', '10.0.0.2', CHILDREN],
    podByOrdinal,
  ),
  pods.note(
    'podContainerState(object any, ordinal int, container string) string',
    'The state of a container of a pod of a StatefulSet.',
    ['{{ podContainerState .children.statefulset 0 "app" }}', 'Running', CHILDREN],
    containerState,
  ),
  of(
    'podContainerReasons(object any) string',
    'The reasons of all containers, each once.',
    'CrashLoopBackOff',
    (object) => joined([...new Set(reasonsOf(object))]),
  ),
  ...REASONS.map(([name, reason]) =>
    of(
      `${name}(object any) bool`,
      `Whether a container has the reason ${reason}.`,
      String(reason === 'CrashLoopBackOff'),
      (object) => hasReason(object, reason),
    ),
  ),
];

export const nodeNotes: readonly NoteSpec[] = [
  node.of('nodeReady(object any) bool', 'Whether its Ready condition is True.', 'true', (object) =>
    isConditionTrue(object, 'Ready'),
  ),
  nodeWriter.note(
    'nodeCondition(object any, type string) string',
    'The status of a condition; empty when it is missing.',
    ['{{ nodeCondition .children.node "Ready" }}', 'True', CHILDREN],
    (object: Value, type: string) => textAt(conditionOf(object, type), 'status'),
  ),
  node.text('nodeAllocatableCPU', 'status.allocatable.cpu', 'The CPU that pods can have.', '4'),
  node.text('nodeAllocatableMemory', 'status.allocatable.memory', 'The memory that pods can have.', '16Gi'),
  node.texts('nodeTaints', 'spec.taints', 'key', 'The keys of the taints.', 'gpu, spot'),
  onNode.text('podNodeName', '_node.name', 'The node of a pod (enrich: node).', 'n1'),
  onNode.text('podNodeZone', '_node.zone', 'The zone of that node (enrich: node).', 'eu-1a'),
  onNode.text('podNodeRegion', '_node.region', 'The region of that node (enrich: node).', 'eu-1'),
  onNode.text('podNodeInstanceType', '_node.instanceType', 'The instance type of that node (enrich: node).', 'm5'),
];

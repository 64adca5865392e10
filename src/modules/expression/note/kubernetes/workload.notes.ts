// Workloads (docs/reference/notes.md, replica, replicaset, statefulset and container).
import { Float, fieldOf, isMap, kindOf, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { toCount } from '../values/numbers';
import { at, countAt, joined, listAt, textAt } from './object';
import { pathNotes } from './path-notes';

const REVISION = 'deployment.kubernetes.io/revision';
const TEMPLATE = {
  spec: {
    containers: [
      {
        ...{ name: 'app', image: 'nginx:1.27', env: [{ name: 'MODE', value: 'fast' }] },
        ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 9090 }],
      },
    ],
  },
};
const CHILDREN = {
  children: {
    deployment: {
      metadata: { annotations: { [REVISION]: '2' } },
      spec: { replicas: 3, template: TEMPLATE },
      status: { readyReplicas: 3, availableReplicas: 2, updatedReplicas: 3 },
      _replicaSets: [
        { metadata: { name: 'web-1', annotations: { [REVISION]: '1' } } },
        { metadata: { name: 'web-2', annotations: { [REVISION]: '2' } } },
      ],
      _owner: { name: 'web', kind: 'Deployment' },
    },
    statefulset: { status: { currentRevision: 'db-7', updateRevision: 'db-8' }, _pvcs: [{}, {}] },
  },
};
const replica = pathNotes(notesOf('replica'), '.children.deployment', CHILDREN);
const replicaSet = pathNotes(notesOf('replicaset'), '.children.deployment', CHILDREN);
const statefulSet = pathNotes(notesOf('statefulset'), '.children.statefulset', CHILDREN);
const container = notesOf('container');
const pod = pathNotes(container, '.children.deployment', CHILDREN);

/** Kubernetes defaults to 1; an explicit 0 is 0. */
function desiredReplicas(object: Value): number {
  const replicas = at(object, 'spec', 'replicas');
  return replicas === undefined ? 1 : toCount(replicas);
}

function nameOf(object: Value): string {
  return textAt(object, 'metadata', 'name');
}

/** All but the current one; none while nobody can tell which that is. */
function oldReplicaSets(object: Value): string {
  const sets = listAt(object, '_replicaSets');
  const revision = textAt(object, 'metadata', 'annotations', REVISION);
  const ofRevision = sets.find(
    (set) => revision !== '' && textAt(set, 'metadata', 'annotations', REVISION) === revision,
  );
  const current = textAt(object, 'status', 'currentReplicaSet') || nameOf(ofRevision);
  return current === '' ? '' : joined(sets.map(nameOf).filter((name) => name !== current));
}

type Index = number | bigint;

function containers(object: Value): readonly Value[] {
  return listAt(object, 'spec', 'template', 'spec', 'containers');
}

function containerAt(object: Value, index: Index): Value {
  return index < 0 ? undefined : containers(object)[Number(index)];
}

function ports(object: Value, index: Index): readonly Value[] {
  return listAt(containerAt(object, index), 'ports');
}

function containerEnv(object: Value, index: Index, name: string): string {
  return textAt(
    listAt(containerAt(object, index), 'env').find((variable) => at(variable, 'name') === name),
    'value',
  );
}

function isNumber(value: Value): boolean {
  const kind = kindOf(value);
  return kind === 'int' || kind === 'float' || value instanceof Float;
}

function hasPort(object: Value, index: Index, wanted: Index): boolean {
  return ports(object, index).some((port) => {
    const number = isMap(port) ? fieldOf(port, 'containerPort') : undefined;
    return isNumber(number) && toCount(number) === Number(wanted);
  });
}

export const replicaNotes: readonly NoteSpec[] = [
  replica.of('desiredReplicas(object any) int', 'The wanted replicas; 1 when nothing says so.', '3', desiredReplicas),
  replica.count('readyReplicas', 'status.readyReplicas', 'The ready replicas.', '3'),
  replica.count('availableReplicas', 'status.availableReplicas', 'The available replicas.', '2'),
  replica.count('updatedReplicas', 'status.updatedReplicas', 'The replicas of the newest template.', '3'),
  replica.of(
    'allReplicasReady(object any) bool',
    'Whether as many replicas are ready as are wanted.',
    'true',
    (object) => countAt(object, 'status', 'readyReplicas') === desiredReplicas(object),
  ),
  replica.of(
    'rolloutComplete(object any) bool',
    'Whether all wanted replicas are of the newest template.',
    'true',
    (object) => countAt(object, 'status', 'updatedReplicas') === desiredReplicas(object),
  ),
];

export const replicaSetNotes: readonly NoteSpec[] = [
  replicaSet.size('deploymentReplicaSetCount', '_replicaSets', 'How many ReplicaSets (enrich: replicasets).', '2'),
  replicaSet.texts('deploymentReplicaSets', '_replicaSets', 'metadata.name', 'Their names.', 'web-1, web-2'),
  replicaSet.of(
    'oldDeploymentReplicaSets(object any) string',
    'The names of the ReplicaSets that are not the current one.',
    'web-1',
    oldReplicaSets,
  ),
  replicaSet.text('replicaSetOwnerName', '_owner.name', 'The name of the owner (enrich: owner).', 'web'),
  replicaSet.text('replicaSetOwnerKind', '_owner.kind', 'The kind of the owner (enrich: owner).', 'Deployment'),
];

export const statefulSetNotes: readonly NoteSpec[] = [
  statefulSet.text('statefulSetCurrentRevision', 'status.currentRevision', 'The current revision.', 'db-7'),
  statefulSet.text('statefulSetUpdateRevision', 'status.updateRevision', 'The revision that is rolled out.', 'db-8'),
  statefulSet.size('statefulSetPVCCount', '_pvcs', 'How many claims it has (enrich: pvcs).', '2'),
];

export const containerNotes: readonly NoteSpec[] = [
  container.note(
    'containerImage(object any, index int) string',
    'The image of a container of the pod template.',
    ['{{ containerImage .children.deployment 0 }}', 'nginx:1.27', CHILDREN],
    (object: Value, index: Index) => textAt(containerAt(object, index), 'image'),
  ),
  container.note(
    'containerEnv(object any, index int, name string) string',
    'The literal value of an environment variable of a container.',
    ['{{ containerEnv .children.deployment 0 "MODE" }}', 'fast', CHILDREN],
    containerEnv,
  ),
  container.note(
    'containerPort(object any, index int, port int) bool',
    'Whether a container exposes this port.',
    ['{{ containerPort .children.deployment 0 8080 }}', 'true', CHILDREN],
    hasPort,
  ),
  container.note(
    'containerPortByName(object any, index int, name string) int',
    'The number of a named port of a container; 0 when it has none.',
    ['{{ containerPortByName .children.deployment 0 "http" }}', '8080', CHILDREN],
    (object: Value, index: Index, name: string) =>
      countAt(
        ports(object, index).find((port) => at(port, 'name') === name),
        'containerPort',
      ),
  ),
  container.note(
    'containerPorts(object any, index int) string',
    'The port numbers of a container, with commas between.',
    ['{{ containerPorts .children.deployment 0 }}', '8080,9090', CHILDREN],
    (object: Value, index: Index) =>
      ports(object, index)
        .map((port) => countAt(port, 'containerPort'))
        .join(','),
  ),
  pod.of('containerCount(object any) int', 'How many containers.', '1', (object) => containers(object).length),
];

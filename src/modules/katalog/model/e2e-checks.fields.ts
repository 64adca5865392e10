// What a checkpoint of an E2E file runs, and what it expects of the output.
import {
  bool,
  dnsLabel,
  duration,
  integer,
  list,
  literal,
  mapOf,
  object,
  oneOf,
  optional,
  pattern,
  required,
  text,
} from '../../schema';
import { filePath } from './file-path';

/** All that are given have to hold, of the output without blanks around it. */
const output = {
  equals: optional(text, 'It is this text.'),
  notEquals: optional(text, 'It is another text.'),
  outputContains: optional(text, 'It holds this text.'),
  outputNotContains: optional(text, 'It does not hold this text.'),
  regex: optional(pattern, 'It matches this RE2 pattern somewhere.'),
  oneOf: optional(list(text), 'It is one of these texts.'),
  notOneOf: optional(list(text), 'It is none of these texts.'),
  exists: optional(bool, 'It is not empty.'),
  notExists: optional(bool, 'It is empty.'),
  greaterThan: optional(text, 'It is a greater number.'),
  lessThan: optional(text, 'It is a smaller number.'),
  greaterThanOrEqual: optional(text, 'It is this number or greater.'),
  lessThanOrEqual: optional(text, 'It is this number or smaller.'),
  between: optional(text, 'It is a number in lo,hi (inclusive).'),
  notBetween: optional(text, 'It is a number outside lo,hi.'),
} as const;

const exitCode = optional(integer(0, 255), 'What the command ends with.', { default: '0' });
const namespace = optional(literal, 'Namespace.', { default: 'default' });
const kind = required(literal, 'Any kind that kubectl knows.');
const named = { kind, name: required(literal, 'Name.'), namespace };
const jq = optional(text, 'Filter of jq for the output.');
const yq = optional(text, 'Filter of yq for the output.');
const pods = {
  name: optional(literal, 'Name.'),
  labelSelector: optional(literal, 'In place of a name.'),
};

const leaderElection = optional(
  object('leader', {
    lease: required(literal, 'Name of the Lease.'),
    namespace: optional(literal, 'Namespace.', { default: 'default' }),
  }),
  'The pod that holds a Lease.',
);

/** One command of a shell. */
export const commandField = object('command', {
  run: required(text, 'For sh -c; both outputs are read as one.'),
  exitCode,
  ...output,
});

const ready = optional(bool, 'Waits until all are ready.', { default: 'false' });

/** Changes come before questions, each in the order of this list. */
export const kubectlField = object('kubectl', {
  apply: optional(
    list(
      object('kubectl apply', {
        file: optional(filePath, 'A manifest.'),
        inline: optional(text, 'Its text.'),
        namespace,
        exitCode,
        ...output,
      }),
    ),
    'Manifests; with an exitCode that is not 0 they have to be refused.',
  ),
  patch: optional(
    list(
      object('kubectl patch', {
        ...named,
        type: optional(oneOf(['merge', 'strategic', 'json']), 'Kind of patch.', { default: 'merge' }),
        patch: required(text, 'The patch.'),
        ...output,
      }),
    ),
    'Patches.',
  ),
  restart: optional(list(object('kubectl restart', { ...named, ready, ...output })), 'Rollouts.'),
  scale: optional(
    list(object('kubectl scale', { ...named, replicas: required(integer(0), 'How many.'), ready, ...output })),
    'Numbers of replicas.',
  ),
  delete: optional(
    list(
      object('kubectl delete', {
        file: optional(filePath, 'A manifest.'),
        kind: optional(literal, 'Any kind that kubectl knows.'),
        name: optional(literal, 'Name.'),
        namespace,
        leaderElection,
        ignoreNotFound: optional(bool, 'What is not there is no failure.', { default: 'false' }),
        ...output,
      }),
    ),
    'What goes: a file, an object, or the pod that leads.',
  ),
  get: optional(
    list(
      object('kubectl get', {
        ...named,
        field: optional(text, 'A path of kubectl (jsonpath).'),
        format: optional(oneOf(['json', 'yaml']), 'The whole object.'),
        jq,
        yq,
        ...output,
      }),
    ),
    'Objects, or fields of them.',
  ),
  logs: optional(
    list(
      object('kubectl logs', {
        ...pods,
        leaderElection,
        namespace,
        container: optional(dnsLabel, 'Container.'),
        since: optional(duration, 'Only what is not older.'),
        jq,
        ...output,
      }),
    ),
    'Logs of one pod: by name, labelSelector or leaderElection.',
  ),
  describe: optional(list(object('kubectl describe', { kind, ...pods, namespace, ...output })), 'Descriptions.'),
  exec: optional(
    list(
      object('kubectl exec', {
        ...pods,
        namespace,
        container: optional(dnsLabel, 'Container.'),
        command: required(list(text), 'Command and arguments.'),
        jq,
        yq,
        ...output,
      }),
    ),
    'Commands in a container.',
  ),
  'port-forward': optional(
    list(
      object('kubectl port-forward', {
        service: optional(literal, 'Name of a Service.'),
        pod: optional(literal, 'Name of a pod.'),
        leaderElection,
        namespace,
        port: required(integer(1, 65_535), 'Its port.'),
        path: optional(literal, 'Path of the request.', { default: '/' }),
        method: optional(literal, 'Method of the request.', { default: 'GET' }),
        headers: optional(mapOf(text), 'Headers; ${NAME} is a variable of the environment.'),
        body: optional(text, 'Body; ${NAME} is a variable of the environment.'),
        wait: optional(duration, 'Pause before the request.'),
        jq,
        yq,
        ...output,
      }),
    ),
    'HTTP requests to a Service or a pod.',
  ),
  events: optional(
    list(
      object('kubectl events', {
        kind: optional(literal, 'Kind of their object.'),
        name: optional(literal, 'Name of their object.'),
        namespace,
        ...output,
      }),
    ),
    'Events.',
  ),
  auth: optional(
    list(
      object('kubectl auth', {
        verb: required(literal, 'Verb.'),
        resource: required(literal, 'Resource.'),
        namespace,
        as: optional(literal, 'User who is asked for.'),
        ...output,
      }),
    ),
    'Rights; the output is yes or no.',
  ),
  cp: optional(
    list(
      object('kubectl cp', {
        ...pods,
        namespace,
        container: optional(dnsLabel, 'Container.'),
        src: required(text, 'Path in the container.'),
        jq,
        yq,
        ...output,
      }),
    ),
    'Files of a container.',
  ),
  top: optional(
    list(
      object('kubectl top', {
        kind: required(oneOf(['pod', 'node']), 'What is measured.'),
        ...pods,
        namespace,
        containers: optional(bool, 'Each container.', { default: 'false' }),
        ...output,
      }),
    ),
    'Use of CPU and memory.',
  ),
});

export type KubectlFields = NonNullable<ReturnType<typeof kubectlField.decode>>;

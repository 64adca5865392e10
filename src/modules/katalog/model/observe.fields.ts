// Other resources whose changes wake CRs: docs/reference/katalog.md, observe.
import { isQualifiedName } from '../../common';
import {
  apiVersion,
  dataPath,
  dnsLabel,
  format,
  identifier,
  kindName,
  list,
  literal,
  mapOf,
  object,
  objectName,
  oneOf,
  optional,
  required,
} from '../../schema';
import { gateField } from './gates.fields';
import { include, orIncluded } from './include';

const on = list(oneOf(['create', 'update', 'delete']));

const keyFrom = object('keyFrom', {
  label: optional(
    format({ words: 'the key of a label', test: isQualifiedName }),
    'The label of the watched object that names the CR (ns/name or name); excludes name.',
  ),
  name: optional(objectName, 'One CR by its name; excludes label.'),
  namespace: optional(dnsLabel, 'Namespace of that CR.'),
});

const waking = {
  on: optional(on, 'Which changes count.', { default: 'all' }),
  keyFrom: optional(keyFrom, 'Which CR is woken.', { default: 'the owner of the object, else every CR' }),
  enqueueGate: optional(gateField, 'What does not pass wakes nobody.'),
};

const watch = object('watch', {
  apiVersion: required(apiVersion, 'Of the watched resource.'),
  kind: required(kindName, 'Of the watched resource.'),
  namespace: optional(dnsLabel, 'Only in this namespace.', { default: 'all' }),
  name: optional(objectName, 'Only the object of this name.', { default: 'all' }),
  ...waking,
  index: optional(
    list(
      object('index', {
        name: required(identifier, 'Name of the index.'),
        field: required(dataPath, 'Path whose values are looked up.'),
      }),
    ),
    'Indexes of the cache.',
  ),
  include: include('watch'),
});

const reference = object('object reference', {
  apiVersion: optional(apiVersion, 'As in Kubernetes.'),
  kind: optional(kindName, 'As in Kubernetes.'),
  name: optional(objectName, 'As in Kubernetes.'),
  namespace: optional(dnsLabel, 'As in Kubernetes.'),
  uid: optional(literal, 'As in Kubernetes.'),
  fieldPath: optional(literal, 'As in Kubernetes.'),
  resourceVersion: optional(literal, 'As in Kubernetes.'),
});

const event = object('observed Event', {
  reason: optional(literal, 'Why it was written.'),
  action: optional(literal, 'What was done.'),
  type: optional(oneOf(['Normal', 'Warning']), 'How bad it is.'),
  reportingController: optional(literal, 'Who wrote it.'),
  reportingInstance: optional(literal, 'Which process wrote it.'),
  regarding: optional(reference, 'What it is about.'),
  related: optional(reference, 'What else it is about.'),
  namespace: optional(dnsLabel, 'Of the Event.'),
  name: optional(objectName, 'Of the Event.'),
  ...waking,
  include: include('events'),
});

export const observeField = object('observe', {
  watch: optional(list(orIncluded(watch, 'watch')), 'Resources of other kinds.'),
  events: optional(
    mapOf(orIncluded(event, 'events')),
    'Events of events.k8s.io/v1, by a name of your own; every field must match.',
  ),
  include: include('watch'),
});

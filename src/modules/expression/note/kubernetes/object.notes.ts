// Any object (docs/reference/notes.md, kubernetes and fields).
import { fieldOf, isList, isMap, printValue, type Value } from '../../template/value';
import { notesOf } from '../notes-of';
import { type NoteSpec } from '../registry';
import { isEmptyValue } from '../values/conditional.notes';
import { toCount } from '../values/numbers';
import { at, conditionOf, isConditionTrue, mapAt, textAt } from './object';
import { pathNotes } from './path-notes';

const WEB = {
  metadata: {
    ...{ name: 'web', namespace: 'shop', uid: '7f3a', resourceVersion: '41', generation: 4 },
    creationTimestamp: '2026-03-04T10:00:00Z',
    labels: { app: 'web', weight: '12' },
    annotations: { team: 'blue', retries: '3' },
    ownerReferences: [{ kind: 'Website', name: 'shop' }],
  },
  spec: { resources: { requests: { cpu: '250m', memory: '64Mi' } } },
  status: {
    ...{ phase: 'Running', observedGeneration: 3, readyReplicas: 2 },
    conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicas', message: 'has two replicas' }],
  },
};
const kubernetes = notesOf('kubernetes');
const { note } = kubernetes;
const { text, of, count } = pathNotes(kubernetes, '.', WEB);
const fields = pathNotes(notesOf('fields'), '.', WEB);

/** A part that is a map; an empty map, never nil, when it is missing. */
function part(name: string, path: readonly string[], output: string): NoteSpec {
  return note(
    `${name}(object any) map`,
    `\`${path.join('.')}\`; an empty map when it is missing.`,
    [`{{ toJson (${name} .) }}`, output, WEB],
    (object: Value) => mapAt(object, ...path),
  );
}

function getNote(root: Value, ...keys: readonly string[]): Value {
  return keys.reduce<Value>((value, key) => (isMap(value) ? fieldOf(value, key) : undefined), root);
}

function isTerminating(object: Value): boolean {
  const time = at(object, 'metadata', 'deletionTimestamp');
  return time !== undefined && time !== '' && time !== 'null';
}

function labelMatches(object: Value, ...pairs: readonly string[]): boolean {
  if (pairs.length % 2 !== 0) return false;
  return pairs.every((key, index) => index % 2 === 1 || at(object, 'metadata', 'labels', key) === pairs[index + 1]);
}

function statusText(object: Value, key: string): string {
  const value = at(object, 'status', key);
  return value === undefined || isList(value) || isMap(value) ? '' : printValue(value);
}

/** The four notes about labels, or about annotations. */
function metadataNotes(kind: 'labels' | 'annotations', noun: string, key: string, number: string): readonly NoteSpec[] {
  const name = noun === 'label' ? 'Label' : 'Annotation';
  const output = noun === 'label' ? ['web', '12'] : ['blue', '3'];
  return [
    note(
      `get${name}(object any, key string) string`,
      `The value of ${noun === 'label' ? 'a' : 'an'} ${noun}; empty when it is missing.`,
      [`{{ get${name} . "${key}" }}`, output[0] ?? '', WEB],
      (object: Value, wanted: string) => textAt(object, 'metadata', kind, wanted),
    ),
    note(
      `get${name}Int(object any, key string) int`,
      `The leading number of ${noun === 'label' ? 'a' : 'an'} ${noun}, else 0.`,
      [`{{ get${name}Int . "${number}" }}`, output[1] ?? '', WEB],
      (object: Value, wanted: string) => toCount(at(object, 'metadata', kind, wanted)),
    ),
    note(
      `has${name}(object any, key string) bool`,
      `Whether the ${noun} is there and not empty.`,
      [`{{ has${name} . "${key}" }}`, 'true', WEB],
      (object: Value, wanted: string) => textAt(object, 'metadata', kind, wanted) !== '',
    ),
  ];
}

export const objectNotes: readonly NoteSpec[] = [
  note(
    'meta(object any) map',
    '`metadata`; an empty map when it is missing.',
    ['{{ (meta .).name }}', 'web', WEB],
    (object: Value) => mapAt(object, 'metadata'),
  ),
  part('labels', ['metadata', 'labels'], '{"app":"web","weight":"12"}'),
  part('annotations', ['metadata', 'annotations'], '{"retries":"3","team":"blue"}'),
  part('spec', ['spec'], '{"resources":{"requests":{"cpu":"250m","memory":"64Mi"}}}'),
  note(
    'status(object any) map',
    '`status`; an empty map when it is missing.',
    ['{{ (status .).phase }}', 'Running', WEB],
    (object: Value) => mapAt(object, 'status'),
  ),
  note(
    'get(object any, path string...) any',
    'The value at a path of keys; nil when a step is missing. It never fails, as `.spec.tls.secret` does.',
    ['{{ get . "spec" "resources" "requests" "cpu" }}', '250m', WEB],
    getNote,
  ),
  text('phase', 'status.phase', '`status.phase`.', 'Running'),
  text('ownerKind', 'metadata.ownerReferences.0.kind', 'The kind of the first owner.', 'Website'),
  text('ownerName', 'metadata.ownerReferences.0.name', 'The name of the first owner.', 'shop'),
  note(
    'hasCondition(object any, type string) bool',
    'Whether the condition of this type is True.',
    ['{{ hasCondition . "Available" }}', 'true', WEB],
    isConditionTrue,
  ),
  note(
    'conditionReason(object any, type string) string',
    'The reason of the condition of this type, whatever its status.',
    ['{{ conditionReason . "Available" }}', 'MinimumReplicas', WEB],
    (object: Value, type: string) => textAt(conditionOf(object, type), 'reason'),
  ),
  note(
    'conditionMessage(object any, type string) string',
    'The message of the condition of this type, whatever its status.',
    ['{{ conditionMessage . "Available" }}', 'has two replicas', WEB],
    (object: Value, type: string) => textAt(conditionOf(object, type), 'message'),
  ),
  of(
    'resourceExists(object any) bool',
    'Whether the object is there.',
    'true',
    (object) => isMap(object) && at(object, '_placeholder') !== true,
  ),
  of('isTerminating(object any) bool', 'Whether the object is being deleted.', 'false', isTerminating),
  count('generation', 'metadata.generation', '`metadata.generation`.', '4'),
  count('observedGeneration', 'status.observedGeneration', '`status.observedGeneration`.', '3'),
  of(
    'isSynced(object any) bool',
    'Whether the controller of the object has seen its newest spec: both generations are equal.',
    'false',
    (object) => toCount(at(object, 'metadata', 'generation')) === toCount(at(object, 'status', 'observedGeneration')),
  ),
  text('resourceCPU', 'spec.resources.requests.cpu', 'The requested CPU of its own spec, when it is a text.', '250m'),
  text('resourceMemory', 'spec.resources.requests.memory', 'The requested memory of its own spec.', '64Mi'),
  ...metadataNotes('labels', 'label', 'app', 'weight'),
  ...metadataNotes('annotations', 'annotation', 'team', 'retries'),
  note(
    'labelMatches(object any, pairs string...) bool',
    'Whether the object has every label of these pairs of key and value.',
    ['{{ labelMatches . "app" "web" }}', 'true', WEB],
    labelMatches,
  ),
  note(
    'getStatus(object any, key string) string',
    'A text, number or boolean of the status as text; empty for anything else.',
    ['{{ getStatus . "readyReplicas" }}', '2', WEB],
    statusText,
  ),
  note(
    'hasStatus(object any, key string) bool',
    'Whether the field of the status is there and not empty, as empty has it.',
    ['{{ hasStatus . "conditions" }}', 'true', WEB],
    (object: Value, key: string) => !isEmptyValue(at(object, 'status', key)),
  ),
  text('name', 'metadata.name', 'Short for resourceName.', 'web'),
  text('namespace', 'metadata.namespace', 'Short for resourceNamespace.', 'shop'),
];

export const fieldNotes: readonly NoteSpec[] = [
  fields.text('resourceName', 'metadata.name', '`metadata.name`.', 'web'),
  fields.text('resourceNamespace', 'metadata.namespace', '`metadata.namespace`.', 'shop'),
  fields.text('resourceUID', 'metadata.uid', '`metadata.uid`.', '7f3a'),
  fields.text('resourceVersion', 'metadata.resourceVersion', '`metadata.resourceVersion`.', '41'),
  fields.text(
    'creationTimestamp',
    'metadata.creationTimestamp',
    'When the object was created; made for timeAgo.',
    '2026-03-04T10:00:00Z',
  ),
];

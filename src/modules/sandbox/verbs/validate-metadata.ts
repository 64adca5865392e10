// Rules of metadata that hold for every kind (apimachinery api/validation): names, labels, annotations, owners,
// finalizers, and what an update may not change.
import { isJsonObject, type JsonObject, jsonEquals, type JsonValue, parseApiVersion, scalarText } from '../../common';
import { type FieldCause, forbiddenCause, invalidCause, invalidStructCause, requiredCause } from '../../schema';
import { type KindStrategy } from '../kinds/kind-strategy';
import {
  labelProblems,
  labelValueProblems,
  pathPrefixProblems,
  pathSegmentProblems,
  qualifiedNameProblems,
  rfc1035LabelProblems,
  subdomainProblems,
} from '../selectors';

import { finalizersOf, listOf, metaOf } from './object-meta';

const NAME_PROBLEMS = {
  subdomain: subdomainProblems,
  label: labelProblems,
  rfc1035Label: rfc1035LabelProblems,
  pathSegment: pathSegmentProblems,
} as const;

function problemsOfName(form: keyof typeof NAME_PROBLEMS, name: string): readonly string[] {
  return NAME_PROBLEMS[form](name);
}

const MAX_ANNOTATION_BYTES = 256 * 1024;
const STANDARD_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);
const IMMUTABLE = 'field is immutable';

/** Of a new object. `isQualifiedFinalizer`: built-in kinds want finalizers with a domain. */
export function metadataProblems(
  object: JsonObject,
  isNamespaced: boolean,
  nameForm: KindStrategy['nameForm'] = 'subdomain',
): readonly FieldCause[] {
  const metadata = metaOf(object);
  const problems: FieldCause[] = [];
  const invalidTexts = (field: string, value: string, texts: readonly string[]): void =>
    void problems.push(...texts.map((text) => invalidCause(field, value, text)));
  const generateName = scalarText(metadata['generateName']);
  if (generateName !== '') {
    const prefix = nameForm === 'pathSegment' ? generateName : generateName.replace(/-+$/, 'a');
    const texts = nameForm === 'pathSegment' ? pathPrefixProblems(prefix) : problemsOfName(nameForm, prefix);
    invalidTexts('metadata.generateName', generateName, texts);
  }
  const name = scalarText(metadata['name']);
  if (name === '') problems.push(requiredCause('metadata.name', 'name or generateName is required'));
  else invalidTexts('metadata.name', name, problemsOfName(nameForm, name));
  const namespace = scalarText(metadata['namespace']);
  if (isNamespaced) {
    if (namespace === '') problems.push(requiredCause('metadata.namespace'));
    else invalidTexts('metadata.namespace', namespace, labelProblems(namespace));
  } else if (namespace !== '') problems.push(forbiddenCause('metadata.namespace', 'not allowed on this type'));
  const { generation } = metadata;
  if (typeof generation === 'number' && generation < 0) {
    problems.push(invalidCause('metadata.generation', generation, 'must be greater than or equal to 0'));
  }
  problems.push(...commonProblems(metadata), ...finalizerProblems(finalizersOf(object)));
  return problems;
}

/** Of an object inside of another one: it needs no name. */
export function embeddedMetadataProblems(metadata: JsonObject, path: string): readonly FieldCause[] {
  const isNamespaced = scalarText(metadata['namespace']) !== '';
  const named = scalarText(metadata['name']) === '' ? { ...metadata, name: 'any' } : metadata;
  const problems = metadataProblems({ metadata: named }, isNamespaced, 'pathSegment');
  return problems.map((problem) => ({ ...problem, field: path + problem.field.slice('metadata'.length) }));
}

/** What an update may not do. The generic checks run twice on the real server for most kinds: causes are repeated. */
export function metadataUpdateProblems(object: JsonObject, old: JsonObject): readonly FieldCause[] {
  const metadata = metaOf(object);
  const before = metaOf(old);
  const problems: FieldCause[] = [];
  if (before['deletionTimestamp'] !== undefined) {
    const known = new Set(finalizersOf(old));
    const added = finalizersOf(object).filter((finalizer) => !known.has(finalizer));
    if (added.length > 0) {
      const list = [...new Set(added)].sort().map((name) => JSON.stringify(name));
      problems.push(
        forbiddenCause(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list.join(', ')}}`,
        ),
      );
    }
  }
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ]) {
    if (!jsonEquals(metadata[field], before[field])) {
      problems.push(invalidCause(`metadata.${field}`, metadata[field], IMMUTABLE));
    }
  }
  problems.push(...commonProblems(metadata));
  return problems;
}

function commonProblems(metadata: JsonObject): readonly FieldCause[] {
  return [
    ...labelsProblems(metadata['labels']),
    ...annotationProblems(metadata['annotations']),
    ...ownerProblems(metadata['ownerReferences']),
  ];
}

function labelsProblems(labels: JsonValue | undefined): readonly FieldCause[] {
  if (!isJsonObject(labels)) return [];
  const problems: FieldCause[] = [];
  for (const key of Object.keys(labels)) {
    const value = scalarText(labels[key]);
    for (const text of qualifiedNameProblems(key)) problems.push(invalidCause('metadata.labels', key, text));
    for (const text of labelValueProblems(value)) problems.push(invalidCause('metadata.labels', value, text));
  }
  return problems;
}

function annotationProblems(annotations: JsonValue | undefined): readonly FieldCause[] {
  if (!isJsonObject(annotations)) return [];
  const problems: FieldCause[] = [];
  let bytes = 0;
  for (const key of Object.keys(annotations)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(scalarText(annotations[key]));
    for (const text of qualifiedNameProblems(key.toLowerCase())) {
      problems.push(invalidCause('metadata.annotations', key, text));
    }
  }
  if (bytes > MAX_ANNOTATION_BYTES) {
    problems.push({
      reason: 'FieldValueTooLong',
      message: `Too long: may not be more than ${MAX_ANNOTATION_BYTES} bytes`,
      field: 'metadata.annotations',
    });
  }
  return problems;
}

function ownerProblems(owners: JsonValue | undefined): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  const field = 'metadata.ownerReferences';
  let controller: string | undefined;
  for (const owner of listOf(owners)) {
    if (!isJsonObject(owner)) continue;
    const text = (member: string): string => scalarText(owner[member]);
    if (parseApiVersion(text('apiVersion')).version === '') {
      problems.push(invalidCause(`${field}.apiVersion`, text('apiVersion'), 'version must not be empty'));
    }
    for (const member of ['kind', 'name', 'uid']) {
      if (text(member) === '') problems.push(invalidCause(`${field}.${member}`, '', 'must not be empty'));
    }
    if (text('apiVersion') === 'v1' && text('kind') === 'Event') {
      problems.push(invalidStructCause(field, owner, '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (owner['controller'] !== true) continue;
    const current = `${text('kind')}/${text('name')}`;
    if (controller === undefined) controller = current;
    else {
      const detail = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      problems.push(invalidStructCause(field, owners, detail));
    }
  }
  return problems;
}

function finalizerProblems(finalizers: readonly string[]): readonly FieldCause[] {
  const problems: FieldCause[] = [];
  finalizers.forEach((finalizer) => {
    for (const text of qualifiedNameProblems(finalizer)) {
      problems.push(invalidCause('metadata.finalizers', finalizer, text));
    }
  });
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const detail = 'finalizer orphan and foregroundDeletion cannot be both set';
    problems.push(invalidCause('metadata.finalizers', [...finalizers], detail));
  }
  return problems;
}

/** Built-in kinds of the core API only take finalizers with a domain, or the standard ones. */
export function unqualifiedFinalizers(object: JsonObject): readonly FieldCause[] {
  return finalizersOf(object).flatMap((finalizer, index) =>
    finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)
      ? []
      : [
          invalidCause(
            `metadata.finalizers[${index}]`,
            finalizer,
            'name is neither a standard finalizer name nor is it fully qualified',
          ),
        ],
  );
}

// The annotation of client-side `kubectl apply`: a user who changes to server-side apply with kubectl keeps the fields
// that the annotation names, and the annotation follows.
import { isJsonObject, type JsonObject, parseJsonObject, stableStringify } from '../../common';
import { checkTypes } from './check-types';
import { compareObjects } from './compare-objects';
import { FieldSet } from './field-set';
import { type ManagedType } from './managed-type';
import { TypeMismatch } from './merge.errors';
import { toFieldSet } from './owned-fields';
import { shapeOf } from './shape';

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

function annotationOf(object: JsonObject): string {
  const metadata = object['metadata'];
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  const text = isJsonObject(annotations) && Object.hasOwn(annotations, ANNOTATION) ? annotations[ANNOTATION] : '';
  return typeof text === 'string' ? text : '';
}

/** Fields that the last client-side apply set and that still have the value it gave them. */
export function allowedByLastApplied(type: ManagedType, live: JsonObject): FieldSet {
  const last = parsedAnnotation(live);
  const schema = type.schemaOf(type.apiVersion);
  if (last === undefined || schema === undefined || last['apiVersion'] !== type.apiVersion) return FieldSet.EMPTY;
  const shape = shapeOf(schema);
  try {
    checkTypes(live, shape);
    checkTypes(last, shape);
    const { added, modified, removed } = compareObjects(last, live, shape);
    return toFieldSet(last, shape).difference(modified).difference(added).difference(removed);
  } catch (error) {
    if (error instanceof TypeMismatch) return FieldSet.EMPTY;
    throw error;
  }
}

function parsedAnnotation(live: JsonObject): JsonObject | undefined {
  const text = annotationOf(live);
  return text === '' ? undefined : parseJsonObject(text);
}

/** After an apply of kubectl an object with the annotation carries the applied configuration in it. */
export function withLastApplied(object: JsonObject, config: JsonObject, manager: string): JsonObject {
  if (manager !== 'kubectl' || annotationOf(object) === '') return object;
  const metadata = object['metadata'] as JsonObject;
  const annotations = metadata['annotations'] as JsonObject;
  const text = `${stableStringify(withoutAnnotation(config))}\n`;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [ANNOTATION]: text } } };
}

function withoutAnnotation(config: JsonObject): JsonObject {
  const metadata = config['metadata'];
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  if (!isJsonObject(metadata) || !isJsonObject(annotations)) return config;
  const { [ANNOTATION]: _, ...rest } = annotations;
  return { ...config, metadata: { ...metadata, annotations: rest } };
}

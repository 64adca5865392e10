// metadata of an object: name, namespace, and the labels and annotations of the entry.
import { type MutableJsonObject, type SourceText } from '../../common';
import { mapOf, optional, text } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { type EntryCompiler } from './common-entry';
import { annotationKey } from './key-rules';
import { LABEL_VALUE } from './name-forms';
import { mapPart, put } from './part';

/** Annotations of the object itself; on workloads they do not reach the pods. */
export const annotationsProperty = optional(mapOf(text, annotationKey), 'Annotations; values are templates.');

interface WithMetadata {
  readonly labels: ReadonlyMap<string, SourceText> | undefined;
  readonly annotations: ReadonlyMap<string, SourceText> | undefined;
}

/** Key order is fixed: the hash of the object depends on it. */
export function metadataPart(decoded: WithMetadata, compiler: EntryCompiler): (scope: BuildScope) => MutableJsonObject {
  const labels = mapPart(decoded.labels, compiler, LABEL_VALUE);
  const annotations = mapPart(decoded.annotations, compiler);
  return (scope) => {
    const metadata: MutableJsonObject = { name: scope.name };
    put(metadata, 'namespace', scope.namespace);
    metadata['labels'] = labels?.(scope) ?? {};
    put(metadata, 'annotations', annotations?.(scope));
    return metadata;
  };
}

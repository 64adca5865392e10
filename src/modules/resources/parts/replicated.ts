// What Deployments, ReplicaSets and StatefulSets share: a number of pods of one template, found by a selector.
import { type JsonObject } from '../../common';
import { type Decoded, type Located, optional, text, unsupported } from '../../schema';
import { type BuildScope } from '../resource-kind';
import { commonProperties, type EntryCompiler } from './common-entry';
import { annotationsProperty, metadataPart } from './metadata';
import { valuePart } from './part';
import { compilePodTemplate, type PodExtras, podProperties, selectPods } from './pod-template';
import { REPLICAS } from './values';

/** Spread into the description of such a kind. */
export const replicatedProperties = {
  ...commonProperties,
  annotations: annotationsProperty,
  ...podProperties,
  replicas: optional(text, 'Number of pods; default 1.'),
  autoscale: unsupported('condition-driven scaling of workloads'),
} as const;

type Replicated = Decoded<typeof replicatedProperties> & Located;

/** Metadata and spec; `more` comes between selector and template. */
export type ReplicatedPart = (
  scope: BuildScope,
  more?: JsonObject,
) => { readonly metadata: JsonObject; readonly spec: JsonObject };

export function compileReplicated(fields: Replicated, compiler: EntryCompiler, extras?: PodExtras): ReplicatedPart {
  const metadata = metadataPart(fields, compiler);
  const replicas = valuePart(fields.replicas, compiler, REPLICAS);
  const template = compilePodTemplate(fields, compiler, extras);
  return (scope, more = {}) => {
    const built = metadata(scope);
    const { selector, podLabels } = selectPods(scope, built['labels'] as JsonObject);
    return {
      metadata: built,
      spec: {
        replicas: replicas?.(scope) ?? 1,
        selector: { matchLabels: selector },
        ...more,
        template: template(scope, podLabels),
      },
    };
  };
}

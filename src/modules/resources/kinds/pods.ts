// v1 Pod: docs/reference/katalog.md, pod.
import { type JsonObject, LABEL, labelValue } from '../../common';
import { object } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationsProperty, metadataPart } from '../parts/metadata';
import { compilePodTemplate, podProperties } from '../parts/pod-template';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

const facts: KindFacts = {
  listKey: 'pods',
  resource: { group: '', version: 'v1', kind: 'Pod', plural: 'pods', namespaced: true },
  childKeys: { map: 'pods', single: 'pod' },
  order: 24,
  nameForm: 'subdomain',
  isWorkload: true,
  createOnly: false,
  // Of a pod only images, labels and annotations change; for the rest there has to be another one.
  recreatedOn: { field: 'spec', reason: 'FieldValueForbidden' },
  defaultDeletionPolicy: 'delete',
  compare: podCompare('spec'),
};

const entry = object('pod', { ...commonProperties, annotations: annotationsProperty, ...podProperties });

export const pods: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const template = compilePodTemplate(decoded, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const built = metadata(scope);
      // The reconciler adds the others.
      const labels = { ...(built['labels'] as JsonObject), [LABEL.component]: labelValue(scope.name) };
      const { spec } = template(scope, labels);
      return { apiVersion: 'v1', kind: 'Pod', metadata: { ...built, labels }, spec };
    });
  },
};

// apps/v1 Deployment: docs/reference/katalog.md, deployment.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { mapOf, object, optional, text, unsupported } from '../../schema';
import { commonProperties, EntryCompiler, nameSource } from '../parts/common-entry';
import { annotationKey } from '../parts/key-rules';
import { LABEL_VALUE } from '../parts/name-forms';
import { mapPart, put, valuePart } from '../parts/part';
import { compilePodTemplate, podProperties, selectPods } from '../parts/pod-template';
import { compileRollingUpdate, rollingUpdateField } from '../parts/security';
import { REPLICAS } from '../parts/values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { POD_COMPARE } from './pod-compare';

const facts: KindFacts = {
  listKey: 'deployments',
  resource: { group: 'apps', version: 'v1', kind: 'Deployment', plural: 'deployments', namespaced: true },
  childKeys: { map: 'deployments', single: 'deployment' },
  order: 14,
  nameForm: 'subdomain',
  isWorkload: true,
  replicasPath: ['spec', 'replicas'],
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: POD_COMPARE,
};

const entry = object('deployment', {
  ...commonProperties,
  ...podProperties,
  replicas: optional(text, 'Number of pods; default 1.'),
  annotations: optional(mapOf(text, annotationKey), 'Annotations of the Deployment.'),
  rollingUpdate: optional(rollingUpdateField, 'How pods are replaced.'),
  autoscale: unsupported('condition-driven scaling of workloads'),
});

export const deployments: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const replicas = valuePart(decoded.replicas, compiler, REPLICAS);
    const labels = mapPart(decoded.labels, compiler, LABEL_VALUE);
    const annotations = mapPart(decoded.annotations, compiler);
    const template = compilePodTemplate(decoded, compiler);
    const rollingUpdate = compileRollingUpdate(decoded.rollingUpdate, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const userLabels: JsonObject = labels?.(scope) ?? {};
      const { selector, podLabels } = selectPods(scope, userLabels);
      const metadata: MutableJsonObject = { name: scope.name, namespace: scope.namespace, labels: userLabels };
      put(metadata, 'annotations', annotations?.(scope));
      const spec: MutableJsonObject = { replicas: replicas?.(scope) ?? 1, selector: { matchLabels: selector } };
      const update = rollingUpdate?.(scope);
      if (update !== undefined) spec['strategy'] = { type: 'RollingUpdate', rollingUpdate: update };
      spec['template'] = template(scope, podLabels);
      return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec };
    });
  },
};

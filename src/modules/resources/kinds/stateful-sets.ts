// apps/v1 StatefulSet: docs/reference/katalog.md, stateful set.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { object, optional, text } from '../../schema';
import { claimTemplatesField, compileClaims } from '../parts/claim-templates';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { textPart } from '../parts/part';
import { compileReplicated, replicatedProperties } from '../parts/replicated';
import { compileOrderedUpdate, orderedUpdateField } from '../parts/ordered-update';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

const CLAIMS = 'spec.volumeClaimTemplates';

const facts: KindFacts = {
  listKey: 'statefulSets',
  resource: { group: 'apps', version: 'v1', kind: 'StatefulSet', plural: 'statefulsets', namespaced: true },
  childKeys: { map: 'statefulsets', single: 'statefulset' },
  order: 18,
  nameForm: 'subdomain',
  isWorkload: true,
  replicasPath: ['spec', 'replicas'],
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: podCompare('spec.template.spec', {
    quantities: [`${CLAIMS}[].spec.resources.requests.*`],
    intOrString: ['spec.updateStrategy.rollingUpdate.maxUnavailable'],
    completedItems: [CLAIMS],
  }),
};

const entry = object('stateful set', {
  ...replicatedProperties,
  tag: optional(text, 'Tag of the image: the container gets image:tag.'),
  serviceName: optional(
    text,
    'The headless Service that names the pods, which is not made by this entry; default: name.',
  ),
  volumeClaimTemplates: optional(claimTemplatesField, 'One volume for each pod. The claims outlive the StatefulSet.'),
  rollingUpdate: optional(
    orderedUpdateField,
    'Pods are replaced one after the other; without it a changed pod is replaced when somebody deletes it.',
  ),
});

export const statefulSets: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const claims = compileClaims(decoded.volumeClaimTemplates, compiler);
    const workload = compileReplicated(decoded, compiler, { tag: decoded.tag, claims });
    const serviceName = textPart(decoded.serviceName, compiler);
    const rollingUpdate = compileOrderedUpdate(decoded.rollingUpdate, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const more: MutableJsonObject = {
        serviceName: serviceName?.(scope) ?? scope.name,
        podManagementPolicy: 'Parallel',
        updateStrategy: rollingUpdate?.(scope) ?? { type: 'OnDelete' },
      };
      if (claims.templates.length > 0) {
        more['volumeClaimTemplates'] = claims.templates.map((template) => template(scope) ?? {});
      }
      return { apiVersion: 'apps/v1', kind: 'StatefulSet', ...workload(scope, more) };
    });
  },
};

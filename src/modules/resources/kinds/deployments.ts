// apps/v1 Deployment: docs/reference/katalog.md, deployment.
import { type JsonObject } from '../../common';
import { object, optional } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { compileReplicated, replicatedProperties } from '../parts/replicated';
import { compileRollingUpdate, rollingUpdateField } from '../parts/rolling-update';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

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
  compare: podCompare('spec.template.spec', {
    intOrString: ['spec.strategy.rollingUpdate.maxSurge', 'spec.strategy.rollingUpdate.maxUnavailable'],
  }),
};

const entry = object('deployment', {
  ...replicatedProperties,
  rollingUpdate: optional(rollingUpdateField, 'How pods are replaced.'),
});

export const deployments: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const workload = compileReplicated(decoded, compiler);
    const rollingUpdate = compileRollingUpdate(decoded.rollingUpdate, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const update = rollingUpdate?.(scope);
      const strategy: JsonObject =
        update === undefined ? {} : { strategy: { type: 'RollingUpdate', rollingUpdate: update } };
      return { apiVersion: 'apps/v1', kind: 'Deployment', ...workload(scope, strategy) };
    });
  },
};

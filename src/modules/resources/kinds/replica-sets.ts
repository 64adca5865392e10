// apps/v1 ReplicaSet: docs/reference/katalog.md, replica set.
import { type JsonObject } from '../../common';
import { object, unsupported } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { compileReplicated, replicatedProperties } from '../parts/replicated';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

const facts: KindFacts = {
  listKey: 'replicaSets',
  resource: { group: 'apps', version: 'v1', kind: 'ReplicaSet', plural: 'replicasets', namespaced: true },
  childKeys: { map: 'replicasets', single: 'replicaset' },
  order: 13,
  nameForm: 'subdomain',
  isWorkload: true,
  replicasPath: ['spec', 'replicas'],
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: podCompare('spec.template.spec'),
};

const entry = object('replica set', {
  ...replicatedProperties,
  rollingUpdate: unsupported('a ReplicaSet never replaces its pods; use a Deployment'),
});

export const replicaSets: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const workload = compileReplicated(decoded, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      ...workload(scope),
    }));
  },
};

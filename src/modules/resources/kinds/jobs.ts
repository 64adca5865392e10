// batch/v1 Job: docs/reference/katalog.md, job.
import { type JsonObject } from '../../common';
import { integer, object, optional, unsupported } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { compileJobSpec, jobProperties } from '../parts/job-spec';
import { metadataPart } from '../parts/metadata';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

const DEFAULT_BACKOFF = 3;

const facts: KindFacts = {
  listKey: 'jobs',
  resource: { group: 'batch', version: 'v1', kind: 'Job', plural: 'jobs', namespaced: true },
  childKeys: { map: 'jobs', single: 'job' },
  order: 16,
  nameForm: 'subdomain',
  // Its pods end: no Service routes to them, and no budget holds them.
  isWorkload: false,
  createOnly: true,
  defaultDeletionPolicy: 'delete',
  compare: podCompare('spec.template.spec'),
};

const entry = object('job', {
  ...jobProperties,
  backoffLimit: optional(integer(0, 2_147_483_647), `Retries until the Job has failed; default ${DEFAULT_BACKOFF}.`),
  ttlSecondsAfterFinished: unsupported(
    'a Job that the cluster takes away when it has finished would be made and run again, for ever',
  ),
});

export const jobs: ResourceKind<NonNullable<ReturnType<typeof entry.decode>>> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    const metadata = metadataPart(decoded, compiler);
    const job = compileJobSpec({ ...decoded, backoffLimit: decoded.backoffLimit ?? DEFAULT_BACKOFF }, compiler);
    if (decoded.reconcile === true) {
      compiler.warn(decoded.node, '"reconcile" has no effect here: a Job is made once, and never changed');
    }
    const compiled = compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const built = metadata(scope);
      const spec = job(scope, built['labels'] as JsonObject);
      return { apiVersion: 'batch/v1', kind: 'Job', metadata: built, spec };
    });
    // What has run is not undone when a condition turns false, and does not run again.
    return { ...compiled, isReconciled: false };
  },
};

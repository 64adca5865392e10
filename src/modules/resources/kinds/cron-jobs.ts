// batch/v1 CronJob: docs/reference/katalog.md, cron job.
import { type JsonObject, type MutableJsonObject } from '../../common';
import { integer, object, optional, required, text } from '../../schema';
import { EntryCompiler, nameSource } from '../parts/common-entry';
import { compileJobSpec, jobProperties } from '../parts/job-spec';
import { metadataPart } from '../parts/metadata';
import { type Part, put, valuePart } from '../parts/part';
import { podLabels } from '../parts/pod-template';
import { CONCURRENCY, SCHEDULE, TIME_ZONE } from '../parts/schedule';
import { COUNT, TRUTH, valueError } from '../parts/values';
import { type KindFacts, type ResourceKind } from '../resource-kind';
import { compileName } from './compile-name';
import { podCompare } from './pod-compare';

const MOST = 2_147_483_647;
/** The controller adds eleven characters to the name of a Job. */
const LONGEST_NAME = 52;

const facts: KindFacts = {
  listKey: 'cronJobs',
  resource: { group: 'batch', version: 'v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true },
  childKeys: { map: 'cronjobs', single: 'cronjob' },
  order: 17,
  nameForm: 'subdomain',
  isWorkload: false,
  createOnly: false,
  defaultDeletionPolicy: 'delete',
  compare: podCompare('spec.jobTemplate.spec.template.spec'),
};

const entry = object('cron job', {
  ...jobProperties,
  schedule: required(text, 'When a Job is made: five cron fields, or a word such as @daily.'),
  timeZone: optional(text, 'Time zone of the schedule, such as Europe/Berlin; default: that of the cluster.'),
  concurrencyPolicy: optional(text, 'While the Job before still runs: Allow (default), Forbid or Replace.'),
  suspend: optional(text, 'true: no Job is made; default false.'),
  startingDeadlineSeconds: optional(text, 'A Job that could not be made in this time is left out.'),
  successfulJobsHistoryLimit: optional(text, 'Successful Jobs that stay; default 3.'),
  failedJobsHistoryLimit: optional(text, 'Failed Jobs that stay; default 1.'),
  backoffLimit: optional(integer(0, MOST), 'Retries until a Job has failed; default 6.'),
  ttlSecondsAfterFinished: optional(integer(0, MOST), 'Finished Jobs go after this time.'),
});

type CronJob = NonNullable<ReturnType<typeof entry.decode>>;

export const cronJobs: ResourceKind<CronJob> = {
  facts,
  entry,
  compile(decoded, context) {
    const compiler = new EntryCompiler(context);
    const name = compileName(nameSource(facts.listKey, decoded.name), decoded, compiler, facts.nameForm);
    if (decoded.name !== undefined && name.isStatic && name.source.length > LONGEST_NAME) {
      const message = `the name of a CronJob has at most ${LONGEST_NAME} characters, because those of its Jobs are longer`;
      compiler.report(decoded.name.node, message);
    }
    const metadata = metadataPart(decoded, compiler);
    const schedule = compileSchedule(decoded, compiler);
    const job = compileJobSpec(decoded, compiler);
    return compiler.finish(facts, decoded, name, (scope): JsonObject => {
      const built = metadata(scope);
      const labels = built['labels'] as JsonObject;
      const jobSpec: MutableJsonObject = {};
      put(jobSpec, 'ttlSecondsAfterFinished', decoded.ttlSecondsAfterFinished);
      const jobTemplate = {
        metadata: { labels: podLabels(scope, labels) },
        spec: { ...jobSpec, ...job(scope, labels) },
      };
      return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: built, spec: { ...schedule(scope), jobTemplate } };
    });
  },
};

function compileSchedule(decoded: CronJob, compiler: EntryCompiler): (scope: Parameters<Part>[0]) => JsonObject {
  const schedule = valuePart(decoded.schedule, compiler, SCHEDULE);
  if (decoded.schedule?.text === '') compiler.report(decoded.schedule.node, 'schedule is empty');
  const timeZone = valuePart(decoded.timeZone, compiler, TIME_ZONE);
  const policy = valuePart(decoded.concurrencyPolicy, compiler, CONCURRENCY);
  const suspend = valuePart(decoded.suspend, compiler, TRUTH);
  const deadline = valuePart(decoded.startingDeadlineSeconds, compiler, COUNT);
  const successful = valuePart(decoded.successfulJobsHistoryLimit, compiler, COUNT);
  const failed = valuePart(decoded.failedJobsHistoryLimit, compiler, COUNT);
  return (scope) => {
    const when = schedule?.(scope);
    if (when === undefined) throw valueError('schedule is empty', decoded.schedule ?? decoded);
    const spec: MutableJsonObject = { schedule: when };
    put(spec, 'timeZone', timeZone?.(scope));
    spec['concurrencyPolicy'] = policy?.(scope) ?? 'Allow';
    spec['suspend'] = suspend?.(scope) ?? false;
    put(spec, 'startingDeadlineSeconds', deadline?.(scope));
    spec['successfulJobsHistoryLimit'] = successful?.(scope) ?? 3;
    spec['failedJobsHistoryLimit'] = failed?.(scope) ?? 1;
    return spec;
  };
}

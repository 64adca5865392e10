// Jobs and CronJobs.
import { COMMON } from './common';
import { field, type FieldCase } from './field-case';
import { podFields } from './pod-fields';
import { ANNOTATIONS } from './workloads';

const JOB_POD = 'spec.template.spec';
const CRON_POD = `spec.jobTemplate.spec.template.spec`;

function jobFields(pod: string): readonly FieldCase[] {
  const spec = pod.slice(0, -'.template.spec'.length);
  const count = (key: string, wrong: string): FieldCase =>
    field(key, `${key}: 2`, `${spec}.${key}`, 2, `${key}: §${wrong}`, 'expected integer');
  return [
    ANNOTATIONS,
    ...podFields(pod),
    count('completions', '0'),
    count('parallelism', '-1'),
    count('activeDeadlineSeconds', '1h'),
    count('backoffLimit', '1.5'),
  ];
}

export const JOB: readonly FieldCase[] = [
  // A Job is written once, whatever the entry says.
  ...COMMON.map((it) => (it.field === 'reconcile' ? { ...it, value: false } : it)),
  ...jobFields(JOB_POD),
];

const text = (key: string, right: string, value: unknown, wrong: string, says: string): FieldCase =>
  field(key, `${key}: ${right}`, `spec.${key}`, value, `${key}: §${wrong}`, says);

export const CRON_JOB: readonly FieldCase[] = [
  ...COMMON,
  ...jobFields(CRON_POD),
  text('schedule', '"*/5 2 * * mon-fri"', '*/5 2 * * mon-fri', '"0 25 * * *"', 'expected a schedule'),
  text('timeZone', 'Europe/Berlin', 'Europe/Berlin', 'Europe/Belrin', 'expected a time zone'),
  text('concurrencyPolicy', 'forbid', 'Forbid', 'Forbit', '(did you mean "Forbid"?)'),
  text('suspend', '"yes"', true, 'sometimes', 'expected true or false'),
  text('startingDeadlineSeconds', '"{{ .spec.replicas }}"', 2, '1m', 'expected a whole number'),
  text('successfulJobsHistoryLimit', '0', 0, 'all', 'expected a whole number'),
  text('failedJobsHistoryLimit', '5', 5, '-1', 'expected a whole number'),
  field(
    'ttlSecondsAfterFinished',
    'ttlSecondsAfterFinished: 0',
    'spec.jobTemplate.spec.ttlSecondsAfterFinished',
    0,
    'ttlSecondsAfterFinished: §soon',
    'expected integer',
  ),
];
